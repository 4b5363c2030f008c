"""Staff write down what whoever receives a family should know."""

from kit.command import command
from networks.steps.journal import note as write_line
from people.models import Person
from programmes.signup.models import Registration


@command
def write_note(*, registration: Registration, note: str, by: Person) -> Registration:
    """An empty one takes the note away. The journal says that there was a change, not what was written."""
    row: Registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if row.note == note.strip():
        return row
    row.note = note.strip()
    row.save(update_fields=["note"])
    write_line("signup.registration_noted", subject=row, actor=by, changed=["note"])
    return row
