"""签退: children are handed over to those who may fetch them, others leave by a scan; what was wrong is taken back."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from kit.command import command
from kit.refusals import refuse_if
from networks.models import Network
from networks.steps.journal import note
from networks.steps.outbox import post_each
from people.models import Person
from programmes.door import messages as facts
from programmes.door.choices import LeftHow
from programmes.door.models import DeskDevice, Leaving
from programmes.door.queries.leaving import hands_over, here_in, not_fetched
from programmes.door.rules.outcomes import CLOSES_AFTER
from programmes.door.rules.signing_out import against_signing_out
from programmes.door.steps.letting_in import note_tick
from programmes.door.steps.signing_out import Out, undo_leaving, write_leavings
from programmes.planning.models import Session
from programmes.signup.models import Seat
from programmes.signup.queries.fetching import alone_in

# A session that closed while the service stood still is looked at for so long.
_LOOKS_BACK = timedelta(days=2)


@command
def sign_out(*, session: Session, seats: Collection[Seat], out: Out, by: Person | None) -> int:
    """How many of them left by this. The same request again changes nothing."""
    if Leaving.objects.filter(client_id=out.client_id).exists():
        return 0
    chosen = {seat.pk for seat in seats}
    refuse_if(
        against_signing_out(
            out.how,
            note=out.note,
            chosen=chosen,
            here=here_in(session, chosen),
            alone=alone_in({seat.registration_id for seat in seats}) if out.how == LeftHow.ALONE else (),
            hands_over=hands_over(session),
        )
    )
    left = set(write_leavings(sorted(chosen), out))
    if out.how == LeftHow.OTHER:
        for seat in seats:
            if seat.pk in left:
                note("door.handed_to_other", subject=seat, actor=by, changed=["note"])
    return len(left)


@command
def take_back(*, seat: Seat, by: Person | None, at: datetime, desk_device: DeskDevice | None = None) -> bool:
    """This one is still here. Pressed twice it stays as it is."""
    is_undone = undo_leaving(seat.pk, by=by.pk if by is not None else None, at=at)
    if is_undone:
        note_tick("door.leaving_undone", seat, by, desk_device)
    return is_undone


@command
def close_doors(*, network: Network, at: datetime) -> int:
    """Where some signed out and nobody is handed over, the others have left by the end, and it says that the clock said so."""
    closed = at - timedelta(minutes=network.rules.get("door_closes_minutes", CLOSES_AFTER))
    rows = Session.objects.filter(
        leavings__undone_at=None, leavings__isnull=False, ends_at__lte=closed, ends_at__gt=at - _LOOKS_BACK
    ).exclude(activity__signup_terms__hand_over=True)
    return sum(_close(session, at) for session in rows.distinct().order_by("pk"))


def _close(session: Session, at: datetime) -> int:
    key = uuid5(NAMESPACE_OID, f"door.closed {session.code}")
    out = Out(key, LeftHow.AUTOMATIC, session.ends_at, at)
    return len(write_leavings(sorted(here_in(session)), out))


@command
def look_for_children(*, network: Network, at: datetime) -> None:
    """A fact for each family that has not fetched; the key sees to it that nothing is posted twice."""
    families = sorted({(seat.session_id, seat.registration_id) for seat in not_fetched(network.rules, at=at)})
    post_each(
        facts.NOT_FETCHED, lines=[({"registration": family}, f"{session}.{family}") for session, family in families]
    )
