"""Who stood at a door without a network: written and signed by us into the roster, since somebody else may bring it back."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing

from people.models import Device, Person
from programmes.door.models import DeskDevice
from programmes.planning.models import Session

_ASKER = "programmes.door.roster"
# A phone in a drawer brings back what it let in.
_GOOD_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Asked:
    """`since`: when the roster was given; None where nothing of ours came along."""

    by: Person | None = None
    device: Device | None = None
    desk_device: DeskDevice | None = None
    since: datetime | None = None


def asker_of(session: Session, asked: Asked) -> str:
    rows = (asked.by, asked.device, asked.desk_device)
    since = int(asked.since.timestamp() * 1000) if asked.since is not None else 0
    return signing.dumps([session.pk, *(row.pk if row is not None else 0 for row in rows), since], salt=_ASKER)


def asked_by(asker: str, session: Session) -> Asked:
    """At most three statements. What is not of our making, or of another session, says nothing."""
    try:
        of, by, device, desk_device, since = signing.loads(asker, salt=_ASKER, max_age=_GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return Asked()
    if of != session.pk:
        return Asked()
    return Asked(
        Person.objects.filter(pk=by).first() if by else None,
        Device.objects.filter(pk=device, person=by).first() if device else None,
        DeskDevice.objects.filter(pk=desk_device).first() if desk_device else None,
        datetime.fromtimestamp(since / 1000, tz=UTC),
    )
