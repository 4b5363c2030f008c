"""Who came in the demo: to the sessions of the last weeks nearly nine families of ten, let in by those who work there.

A session is gone through once, when it is over and nobody has let anybody in by hand.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from django.db.models import Exists, OuterRef

from config.demo.sign_ups import BACK
from kit.command import command
from people.choices import Role
from people.models import Grant, Person
from programmes.door.choices import BY_THEMSELVES, Outcome, Way
from programmes.door.models import CheckIn, DeskDevice, PrintedCode, Scan, Screen
from programmes.door.rules.outcomes import CLOSES_AFTER
from programmes.planning.choices import PlaceKind
from programmes.signup.choices import Source, State
from programmes.signup.models import Registration

# One family of so many stays at home; of as many others one child does.
STAYS, LEAVES_ONE = 7, 19
# Where a code hangs, all but one family of so many check themselves in.
LET_IN = 3
# At the door of one session of so many nobody stood.
UNKEPT = 53
# From so many minutes before a session to some after its beginning they come.
EARLIEST, SPREAD = 24, 31
# One family of so many, where a tablet stood at the door by then.
_BY_TABLET = 2
_WAYS = (Way.CAMERA, Way.CAMERA, Way.SCANNER, Way.CAMERA, Way.TYPED, Way.NAME)


@command
def let_families_in(*, by: Person, at: datetime) -> None:
    """`by`: where nobody works at the place itself."""
    found, tablets, alone = keepers(), _tablets(at), _self_check_in()
    came = list(_who_came(_registrations(at)))
    scans = [_scan(number, row, found, by) for number, row in enumerate(came)]
    for number, scan in enumerate(scans):
        venue = came[number].session.venue_id
        if number % LET_IN and venue in alone and came[number].source == Source.FAMILY:
            scan.way, scan.by_id = alone[venue], came[number].by_id
    for scan in (one for one in scans[::_BY_TABLET] if one.way not in BY_THEMSELVES):
        _by_tablet(scan, tablets)
    Scan.objects.bulk_create(scans, batch_size=2_000)
    CheckIn.objects.bulk_create(
        (
            CheckIn(seat_id=seat, session_id=scan.session_id, scan=scan, at=scan.at)
            for number, scan in enumerate(scans)
            for seat in _seats(number, came[number])
        ),
        batch_size=2_000,
    )


def _who_came(rows: Iterable[Registration]) -> Iterable[Registration]:
    """The first family of a session always comes: so one sees that it has been gone through."""
    before = None
    for number, row in enumerate(row for row in rows if row.session_id % UNKEPT):
        if row.session_id != before or number % STAYS != STAYS - 3:
            yield row
        before = row.session_id


def _registrations(at: datetime) -> Sequence[Registration]:
    """Of sessions whose doors have closed, and where nobody has been asked for yet."""
    asked = Scan.objects.filter(session=OuterRef("session"))
    rows = Registration.objects.filter(
        ~Exists(asked),
        ended_at=None,
        state=State.HOLDS,
        session__called_off_at=None,
        session__starts_at__gt=at - BACK,
        session__ends_at__lt=at - timedelta(minutes=CLOSES_AFTER),
    ).exclude(session__place_kind=PlaceKind.STREAM)
    return list(
        rows.select_related("session__area")
        .prefetch_related("seats")
        .order_by("session__starts_at", "session_id", "pk")
    )


def _scan(number: int, row: Registration, found: dict[str, Person], planner: Person) -> Scan:
    came_at = row.session.starts_at + timedelta(minutes=number * 7 % SPREAD - EARLIEST, seconds=number * 13 % 60)
    return Scan(
        client_id=uuid5(NAMESPACE_OID, row.code),
        session=row.session,
        registration=row,
        outcome=Outcome.ADMITTED,
        way=_WAYS[number % len(_WAYS)],
        at=came_at,
        received_at=came_at,
        by=found.get(row.session.area.path, planner),
    )


def _by_tablet(scan: Scan, tablets: dict[str, DeskDevice]) -> None:
    tablet = tablets.get(scan.session.area.path)
    if tablet is not None and tablet.joined_at is not None and tablet.joined_at < scan.at:
        scan.by, scan.desk_device, scan.way = None, tablet, Way.CAMERA


def _tablets(at: datetime) -> dict[str, DeskDevice]:
    """Those that are good, by the path of their area."""
    rows = DeskDevice.objects.filter(revoked_at=None, expires_at__gt=at, joined_at__isnull=False)
    return {row.area.path: row for row in rows.select_related("area").order_by("-pk")}


def _seats(number: int, row: Registration) -> Iterable[int]:
    live = sorted(seat.pk for seat in row.seats.all() if seat.ended_at is None)
    return live[1:] if len(live) > 2 and number % LEAVES_ONE == 0 else live


def keepers() -> dict[str, Person]:
    """Of each space, by the path of its area."""
    rows = Grant.objects.filter(role=Role.KEEPER, ends_at=None).select_related("person", "area").order_by("-pk")
    return {row.area.path: row.person for row in rows}


def _self_check_in() -> dict[int, Way]:
    """Of each venue where families check themselves in, by which code."""
    screens = dict.fromkeys(Screen.objects.filter(withdrawn_at=None).values_list("venue_id", flat=True), Way.SCREEN)
    printed = PrintedCode.objects.filter(ended_at=None).values_list("venue_id", flat=True)
    return dict.fromkeys(printed, Way.PRINTED) | screens
