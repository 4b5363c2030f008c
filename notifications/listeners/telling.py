"""`tells` is how a room says that people hear of one of its facts."""

from collections.abc import Iterator

from networks.registers import HandedFact, listens_inside
from notifications.registers import MessageKind, Recipient, add_kind
from notifications.steps.telling import tell
from people.models import Person


def tells(kind: MessageKind) -> MessageKind:
    """Adds the kind, and writes its messages in the transaction that settles its fact."""

    def write(fact: HandedFact) -> None:
        for recipient in kind.audience(fact):
            tell(kind, recipient=recipient, dedupe_key=str(fact.id))

    listens_inside(kind.fact, name=f"notifications.{kind.key}")(write)
    return add_kind(kind)


def person_of(fact: HandedFact) -> Person | None:
    person: Person | None = Person.objects.select_related("network").filter(pk=fact.payload["person"]).first()
    return person


def the_person(fact: HandedFact) -> Iterator[Recipient]:
    if person := person_of(fact):
        yield Recipient(person)
