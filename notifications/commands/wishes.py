"""Somebody says how she wants to be told."""

from dataclasses import asdict, replace

from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from notifications.models import Preference
from notifications.queries.wishes import wishes_of
from notifications.rules.wishes import Wishes, against_wishes
from people.models import Person


@command
def keep_wishes(*, person: Person, wishes: Wishes) -> bool:
    """False when nothing is different."""
    refuse_if(against_wishes(wishes))
    return _keep(person, wishes)


@command
def stop_emails(*, person: Person) -> bool:
    """From the button in an e-mail: all but the necessary ones."""
    return _keep(person, replace(wishes_of(person), by_email=False))


def _keep(person: Person, wishes: Wishes) -> bool:
    Person.objects.select_for_update().get(pk=person.pk)
    before, after = asdict(wishes_of(person)), asdict(wishes)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return False
    row, _made = Preference.objects.update_or_create(person=person, defaults=after)
    note("notifications.wishes_kept", subject=row, actor=person, changed=changed)
    return True
