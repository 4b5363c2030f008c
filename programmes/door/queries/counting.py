"""A head count as its page shows it: the sums of a day, and whose hands they come from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, Sum
from django.utils.translation import pgettext

from people.rules.names import masked
from programmes.door.choices import TallyKind
from programmes.door.models import Headcount, Tally
from programmes.door.queries.attendance import Heads
from programmes.door.queries.desk import Line
from programmes.planning.models import Session
from programmes.signup.choices import Way
from programmes.signup.models import Terms

# Of the newest lines that somebody wrote down or put right.
_SHOWN = 8


@dataclass(frozen=True)
class Hand:
    """Who counted, and how many by taps."""

    name: str
    heads: int


@dataclass(frozen=True)
class DayCount:
    """`written`: what came from paper or was put right, newest first."""

    day: date
    heads: Heads
    hands: list[Hand]
    written: list[Tally]


def count_on(session: Session, day: date) -> DayCount:
    """Three statements."""
    row = Headcount.objects.filter(session=session, day=day).first()
    if row is None:
        return DayCount(day, Heads(), [], [])
    lines = Tally.objects.filter(headcount=row)
    taps = lines.filter(kind=TallyKind.TAP).order_by().values("by", "by__name")
    sums = taps.annotate(heads=Sum("adults") + Sum("children")).order_by("-heads", "by")
    hands = [Hand(_called(one["by__name"]), one["heads"]) for one in sums]
    written = lines.exclude(kind=TallyKind.TAP).select_related("by").order_by("-at", "-pk")[:_SHOWN]
    return DayCount(day, Heads(row.adults, row.children), hands, list(written))


def sums_by_day(session: Session) -> dict[date, Heads]:
    """One statement."""
    rows = Headcount.objects.filter(session=session)
    return {row.day: Heads(row.adults, row.children) for row in rows}


def counted_in(session: Session) -> int:
    """Beside those who are checked in, on all its days. One statement."""
    return sum(heads.all for heads in sums_by_day(session).values())


def with_counts(lines: Iterable[Line]) -> list[Line]:
    """Two statements, however many they are."""
    rows = list(lines)
    counts = Headcount.objects.filter(session__in=[line.session for line in rows]).order_by().values_list("session")
    counted = dict(counts.annotate(heads=Sum(F("adults") + F("children"))))
    free = without_sign_up(line.session for line in rows)
    return [
        replace(line, counted=counted.get(line.session.pk, 0), is_free=line.session.pk in free and not line.expected)
        for line in rows
    ]


def without_sign_up(sessions: Iterable[Session]) -> set[int]:
    """Ids of those to which everybody comes as they like. One statement."""
    rows = list(sessions)
    terms = Terms.objects.filter(activity__in={session.activity_id for session in rows}).exclude(way=Way.FREE)
    signed_up_for = set(terms.values_list("activity", flat=True))
    return {session.pk for session in rows if session.activity_id not in signed_up_for}


def _called(name: str | None) -> str:
    return masked(name) if name else pgettext("a head count", "somebody")
