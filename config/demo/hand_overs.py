"""Who fetches the children in the demo, and who fetched them: where they stay without an adult.

Of the session that was over last one child has not been signed out. What a family said stands, and a session is handed over once.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5
from zlib import crc32

from django.db.models import Prefetch

from config.demo.sign_ups import BACK
from kit import sealed
from kit.command import command
from networks.models import Network
from people.models import Member
from programmes.door.choices import LeftHow
from programmes.door.models import CheckIn, Leaving
from programmes.signup.choices import State
from programmes.signup.models import Fetcher, GoesAlone, Registration
from programmes.signup.models.fetching import FETCHER
from programmes.signup.rules.fetching import may_go_alone

# Of so many families one names somebody outside it, and one has not said anything yet.
NEIGHBOUR, SILENT = 5, 6
_OTHERS = (("赵敏", "邻居"), ("钱立", "舅舅"), ("孙婷", "托管班老师"))


@command
def hand_over(*, network: Network, at: datetime) -> None:
    rows = list(_registrations(at))
    said = list(Fetcher.objects.filter(registration__in=rows).order_by("pk"))
    known = {one.registration_id for one in said}
    made = [one for row in rows if row.pk not in known for one in _fetchers(network, row, at)]
    Fetcher.objects.bulk_create(made, batch_size=2_000)
    GoesAlone.objects.bulk_create(list(_alone(rows)), batch_size=2_000)
    first = {one.registration_id: one for one in reversed([*said, *made])}
    Leaving.objects.bulk_create(list(_leavings(rows, first, at)), batch_size=2_000)


def _registrations(at: datetime) -> Iterable[Registration]:
    members = Member.objects.filter(left_at=None).order_by("joined_at", "pk")
    return (
        Registration.objects.filter(
            session__activity__signup_terms__hand_over=True,
            session__called_off_at=None,
            session__starts_at__gt=at - BACK,
            ended_at=None,
            state=State.HOLDS,
            household__isnull=False,
        )
        .exclude(session__leavings__isnull=False)
        .select_related("session__activity__signup_terms", "household")
        .prefetch_related("seats__child", "seats__goes_alone", Prefetch("household__members", members))
        .order_by("session__starts_at", "session_id", "pk")
    )


def _fetchers(network: Network, row: Registration, at: datetime) -> Iterator[Fetcher]:
    number = crc32(row.code.encode())
    if number % SILENT == SILENT - 1:
        return
    members = list(row.household.members.all())
    for member in members[: 1 + number % 2]:
        yield Fetcher(registration=row, person_id=member.person_id, made_at=min(at, row.made_at))
    if number % NEIGHBOUR == 0:
        name, relation = _OTHERS[number // NEIGHBOUR % len(_OTHERS)]
        phone = sealed.seal(f"+861390013{number % 10_000:04}", network_code=network.code, purpose=FETCHER)
        yield Fetcher(registration=row, name=name, relation=relation, phone_sealed=phone, made_at=min(at, row.made_at))


def _alone(rows: Iterable[Registration]) -> Iterator[GoesAlone]:
    """Every third who is old enough."""
    for row in rows:
        terms, day = row.session.activity.signup_terms, row.session.starts_at.date()
        for seat in row.seats.all():
            born = seat.child.birth_month if seat.child is not None and seat.ended_at is None else None
            is_chosen = seat.pk % 3 == 0 and not hasattr(seat, "goes_alone")
            if is_chosen and born is not None and may_go_alone(terms, born, day):
                yield GoesAlone(seat=seat, by_id=row.by_id, said_at=row.made_at)


def _leavings(rows: list[Registration], first: dict[int, Fetcher], at: datetime) -> Iterator[Leaving]:
    """Within twenty minutes after the end, all but the very last."""
    over = {row.pk: row for row in rows if row.session.ends_at < at - timedelta(minutes=25)}
    came = CheckIn.objects.filter(seat__registration__in=over, undone_at=None)
    seats = list(came.select_related("seat", "scan").order_by("session__ends_at", "pk"))
    for number, check_in in enumerate(seats[:-1]):
        row = over[check_in.seat.registration_id]
        left_at = row.session.ends_at + timedelta(minutes=number * 7 % 20 - 5)
        fetcher = first.get(row.pk)
        yield Leaving(
            client_id=uuid5(NAMESPACE_OID, f"out {row.code}"),
            seat=check_in.seat,
            session_id=row.session_id,
            how=LeftHow.FETCHED,
            fetcher=fetcher,
            person_id=row.by_id if fetcher is None else None,
            at=max(left_at, check_in.at),
            received_at=max(left_at, check_in.at),
            by_id=check_in.scan.by_id,
        )
