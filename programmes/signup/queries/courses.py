"""The days of a course, as a family finds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from people.models import Household
from programmes.planning.models import Session
from programmes.planning.queries.faces import public_sessions
from programmes.planning.rules.wording import clock_words, day_words
from programmes.signup.choices import Course, Window
from programmes.signup.models import Registration
from programmes.signup.queries.standing import JOINS, standing_in, terms_in
from programmes.signup.rules.courses import is_course, is_whole
from programmes.signup.rules.windows import window_at


@dataclass(frozen=True)
class Day:
    """`left` None: as many as come."""

    session: Session
    day: str
    clock: str
    left: int | None
    is_in: bool
    # It is full, and one can wait for it.
    may_wait: bool = False

    @property
    def is_full(self) -> bool:
        return self.left == 0


def days_of(session: Session, *, at: datetime) -> list[Session]:
    """Those that are still to come, at the same place; where days are chosen, those whose sign-up is open. One statement,
    and none where it is no course.
    """
    terms = terms_in(session)
    if terms is None or not is_course(terms):
        return []
    rows = public_sessions().filter(
        activity=session.activity_id,
        area=session.area_id,
        venue=session.venue_id,
        place_name=session.place_name,
        called_off_at=None,
        starts_at__gt=at,
    )
    found = list(rows.select_related("safety_notice", *JOINS).order_by("starts_at", "pk"))
    if terms.course == Course.WHOLE:
        return found
    return [row for row in found if window_at(terms, row, at=at) == Window.OPEN]


def has_full_day(days: Sequence[Session]) -> bool:
    return any(standing.is_full for row in days if (standing := standing_in(row)) is not None)


def days_for(days: Sequence[Session], household: Household | None, *, at: datetime) -> tuple[Day, ...]:
    """One statement more for a family."""
    mine = Registration.objects.filter(household=household, session__in=days, ended_at=None)
    there = set(mine.values_list("session_id", flat=True)) if household is not None and days else set()
    return tuple(
        Day(
            row,
            day_words(row.starts_at),
            clock_words(row.starts_at, row.ends_at),
            standing.left if (standing := standing_in(row)) is not None else None,
            row.pk in there,
            standing is not None and not is_whole(standing.terms) and standing.may_wait(at),
        )
        for row in days
    )


def course_of(registration: Registration) -> list[Registration]:
    """The days that hold, this one among them; none where it is by itself."""
    if registration.together is None:
        return []
    rows = Registration.objects.filter(
        together=registration.together, household=registration.household_id, ended_at=None
    )
    return list(rows.select_related("session__activity__signup_terms").order_by("session__starts_at", "pk"))
