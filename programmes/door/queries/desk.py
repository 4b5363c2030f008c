"""The sessions of a day at whose doors somebody stands, with how many are here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from programmes.door.models import CheckIn
from programmes.door.rules.outcomes import closes_at, opens_at
from programmes.planning.models import Session
from programmes.planning.queries.session_table import midnight, sessions_within
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import clock_words
from programmes.signup.choices import State
from programmes.signup.models import Seat


@dataclass(frozen=True)
class Line:
    """`here` and `expected` are people, of those who are signed up; `counted` came beside them. `is_free`: nobody signs up."""

    session: Session
    here: int
    expected: int
    opens_at: datetime
    closes_at: datetime
    at: datetime
    counted: int = 0
    is_free: bool = False

    @property
    def title(self) -> str:
        return self.session.title or self.session.activity.title

    @property
    def clock(self) -> str:
        return clock_words(self.session.starts_at, self.session.ends_at)

    @property
    def where(self) -> str:
        return place_words(self.session)

    @property
    def is_off(self) -> bool:
        return self.session.called_off_at is not None

    @property
    def is_open(self) -> bool:
        return not self.is_off and self.opens_at <= self.at <= self.closes_at

    @property
    def is_over(self) -> bool:
        return self.at > self.closes_at


def sessions_of_today(paths: Iterable[str], rules: Mapping[str, Any], *, at: datetime) -> list[Line]:
    """In their order, what goes on for days first; four statements, however many they are."""
    today = midnight(timezone.localtime(at).date())
    rows = sessions_within(paths).filter(
        published_at__isnull=False, ends_at__gt=today, starts_at__lt=today + timedelta(days=1)
    )
    return lines_of(list(rows.order_by("starts_at", "pk")), rules, at=at)


def line_of(session: Session, rules: Mapping[str, Any], *, at: datetime) -> Line:
    (line,) = lines_of([session], rules, at=at)
    return line


def lines_of(sessions: list[Session], rules: Mapping[str, Any], *, at: datetime) -> list[Line]:
    """Two statements, however many they are."""
    keys = [session.pk for session in sessions]
    here = _by_session(CheckIn.objects.filter(session__in=keys, undone_at=None))
    holding = Seat.objects.filter(session__in=keys, ended_at=None, registration__state=State.HOLDS)
    expected = _by_session(holding.filter(registration__ended_at=None))
    return [
        Line(
            session,
            here.get(session.pk, 0),
            expected.get(session.pk, 0),
            opens_at(session.starts_at, rules),
            closes_at(session.ends_at, rules),
            at,
        )
        for session in sessions
    ]


def _by_session(rows: Any) -> dict[int, int]:
    return dict(rows.order_by().values_list("session").annotate(count=Count("pk")))
