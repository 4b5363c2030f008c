"""Who stood at a door without a network: written and signed by us into the roster, since somebody else may bring it back."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing

from people.models import Device, Person
from programmes.planning.models import Session

_ASKER = "programmes.door.roster"
# A phone in a drawer brings back what it let in.
_GOOD_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Asked:
    """`since`: when the roster was given; None where nothing of ours came along."""

    by: Person | None = None
    device: Device | None = None
    since: datetime | None = None


def asker_of(session: Session, *, by: Person, device: Device | None, at: datetime) -> str:
    told = [session.pk, by.pk, device.pk if device is not None else 0, int(at.timestamp() * 1000)]
    return signing.dumps(told, salt=_ASKER)


def asked_by(asker: str, session: Session) -> Asked:
    """At most two statements. What is not of our making, or of another session, says nothing."""
    try:
        of, by, device, since = signing.loads(asker, salt=_ASKER, max_age=_GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return Asked()
    if of != session.pk:
        return Asked()
    return Asked(
        Person.objects.filter(pk=by).first(),
        Device.objects.filter(pk=device, person=by).first() if device else None,
        datetime.fromtimestamp(since / 1000, tz=UTC),
    )
