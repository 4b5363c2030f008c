"""How many came in the demo where nobody signs up: by taps of several hands today and at some before, else from paper.

A day of a session is gone through once, while nobody has counted on it by hand.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db.models import Exists, OuterRef
from django.utils import timezone

from config.demo.sign_ups import BACK
from kit.command import command
from people.choices import Role
from people.models import Grant, Person
from programmes.door.choices import Method, TallyKind
from programmes.door.models import Headcount, Tally
from programmes.door.rules.counting import days_of
from programmes.planning.choices import PlaceKind
from programmes.planning.models import Session
from programmes.signup.choices import Way
from programmes.signup.models import Terms

# Who runs sessions at a place, or above it.
COUNTING = (Role.KEEPER, Role.PLANNER)
HANDS, TAPPED = 3, 0.2
_WRITTEN = (
    (Method.COUNTED, "纸质签到表"),
    (Method.COUNTED, ""),
    (Method.ESTIMATED, "人多，按座位估计"),
    (Method.GATE, "闸机读数，已减去工作人员"),
)


@command
def count_heads(*, by: Person, at: datetime) -> None:
    """`by`: where nobody works at the place itself."""
    hands = _hands()
    made: list[Tally] = []
    for row in _rows(at):
        lines = list(_lines(row, _at_hand(row.session, hands) or [by], at))
        row.adults, row.children = sum(line.adults for line in lines), sum(line.children for line in lines)
        made += lines
    Headcount.objects.bulk_create({id(line.headcount): line.headcount for line in made}.values(), batch_size=2_000)
    Tally.objects.bulk_create(made, batch_size=2_000)


def _rows(at: datetime) -> Iterator[Headcount]:
    """One for each day on which nobody has counted yet, until today."""
    sessions, today = list(_sessions(at)), timezone.localtime(at).date()
    done = set(Headcount.objects.filter(session__in=sessions).values_list("session", "day"))
    for session in sessions:
        for day in days_of(session):
            if day <= today and (session.pk, day) not in done:
                yield Headcount(session=session, day=day)


def _hours(row: Headcount) -> tuple[datetime, datetime]:
    """Of what goes on for days, on this one."""
    begins, ends = (timezone.localtime(one) for one in (row.session.starts_at, row.session.ends_at))
    first, last = (datetime.combine(row.day, one.time(), tzinfo=begins.tzinfo) for one in (begins, ends))
    return (first, last) if first < last else (begins, ends)


def _lines(row: Headcount, hands: Sequence[Person], at: datetime) -> Iterator[Tally]:
    dice = Random(f"{row.session.code} {row.day}")  # noqa: S311 - the same at every start
    if row.day == timezone.localtime(at).date() or dice.random() < TAPPED:
        yield from _taps(row, hands, at, dice)
        return
    method, note = dice.choice(_WRITTEN)
    written_at = _hours(row)[1] + timedelta(minutes=dice.randrange(5, 40))
    if written_at < at:
        adults, children = dice.randrange(14, 46), dice.randrange(18, 64)
        yield Tally(
            client_id=_key(row, 0),
            headcount=row,
            adults=adults,
            children=children,
            kind=TallyKind.LIST,
            method=method,
            note=note,
            at=written_at,
            received_at=written_at,
            by=hands[0],
        )


def _taps(row: Headcount, hands: Sequence[Person], at: datetime, dice: Random) -> Iterator[Tally]:
    """One every few minutes, until now."""
    begins, ends = _hours(row)
    seen_at, number = begins + timedelta(minutes=1), 0
    while seen_at < min(at, ends):
        number += 1
        is_child = dice.random() < 0.6
        yield Tally(
            client_id=_key(row, number),
            headcount=row,
            adults=0 if is_child else 1,
            children=1 if is_child else 0,
            at=seen_at,
            received_at=seen_at + timedelta(seconds=1),
            by=hands[dice.randrange(len(hands))],
        )
        seen_at += timedelta(seconds=dice.randrange(20, 400))


def _sessions(at: datetime) -> Iterable[Session]:
    """Public ones to which everybody comes, begun of late."""
    free = Terms.objects.filter(activity=OuterRef("activity"), way=Way.FREE)
    rows = Session.objects.filter(
        Exists(free),
        published_at__isnull=False,
        called_off_at=None,
        starts_at__gt=at - BACK,
        starts_at__lt=at,
    ).exclude(place_kind=PlaceKind.STREAM)
    return rows.select_related("area").order_by("starts_at", "pk")


def _hands() -> list[tuple[str, Person]]:
    """Who may count, and below which path; those of the smallest area first."""
    rows = Grant.objects.filter(role__in=COUNTING, ends_at=None).select_related("person", "area").order_by("pk")
    return sorted(((row.area.path, row.person) for row in rows), key=lambda one: -len(one[0]))


def _at_hand(session: Session, hands: Sequence[tuple[str, Person]]) -> list[Person]:
    found = [person for path, person in hands if session.area.path.startswith(path)]
    return list({person.pk: person for person in found}.values())[:HANDS]


def _key(row: Headcount, number: int) -> UUID:
    return uuid5(NAMESPACE_OID, f"{row.session.code} {row.day} {number}")
