"""Courses in the demo: families that signed up for several days in one go."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from config.demo.sign_up_dealing import HALL, Dealing, Fitting, day_of, has_opened, lot_of, some_of
from config.demo.sign_up_lots import Home
from programmes.planning.models import Session
from programmes.signup.choices import Course
from programmes.signup.rules.courses import is_course, is_whole

# A course is over within so many days.
LONGEST = timedelta(days=35)
# Days that a family chooses in one go, at most.
CHOSEN = 4


def days_by_course(sessions: Iterable[Session]) -> list[list[Session]]:
    """The days of each, in their order."""
    found: dict[tuple[int, int], list[Session]] = defaultdict(list)
    for session in sorted(sessions, key=lambda one: (one.starts_at, one.pk)):
        if is_course(session.activity.signup_terms):
            found[session.activity_id, session.area_id].append(session)
    return list(found.values())


def whole_courses(*, back: timedelta, last: date, at: datetime) -> Iterator[Session]:
    """All days of those that nobody was counted for, whose first day is near enough and whose last was not long ago."""
    rows = Session.objects.filter(
        activity__signup_terms__course=Course.WHOLE, starts_at__gt=at - back - LONGEST, called_off_at=None
    ).select_related("activity__signup_terms", "signup_places", "area", "venue")
    for days in days_by_course(rows):
        is_new = all(day.published_at is not None and not hasattr(day, "signup_places") for day in days)
        if is_new and has_opened(days[0], at) and day_of(days[0]) <= last and days[-1].starts_at > at - back:
            yield from days


def deal_courses(sessions: Sequence[Session], dealing: Dealing) -> None:
    """Before single sessions are filled, while families have time on all the days."""
    for days in days_by_course(sessions):
        lot = lot_of(days[0])
        wanted = _families_wanted(days, dealing, lot)
        found = dealing.families.who_could_come(days[0], day_of(days[0]))
        for home, children in sorted(found, key=lambda _found: lot.random()):
            if wanted and home is not dealing.named:
                wanted -= _register(days, home, children, dealing, lot)


def _families_wanted(days: Sequence[Session], dealing: Dealing, lot: Random) -> int:
    """A whole course is nearly full; where days are chosen, others come for one day alone."""
    places = min(dealing.places[day.pk].capacity or HALL for day in days)
    return int(places * lot.uniform(0.5, 0.75) if is_whole(days[0].activity.signup_terms) else places * 0.8)


def _register(days: Sequence[Session], home: Home, children: Fitting, dealing: Dealing, lot: Random) -> bool:
    picked = days if is_whole(days[0].activity.signup_terms) else _some_days(days, lot)
    fitting = fitting_on(picked, home, children, dealing)
    if not fitting or not all(dealing.families.is_free(home, day, day_of(day)) for day in picked):
        return False
    return dealing.register(picked, home, some_of(picked[0], fitting, lot), lot, room=room_on(picked, dealing))


def _some_days(days: Sequence[Session], lot: Random) -> Sequence[Session]:
    """One after the other."""
    first = lot.randrange(len(days))
    return days[first : first + lot.randint(2, CHOSEN)]


def fitting_on(days: Sequence[Session], home: Home, children: Fitting, dealing: Dealing) -> Fitting:
    """Who is of the age on all of them."""
    last = dealing.families.who_could_come(days[-1], day_of(days[-1]))
    still = {child.pk for other, found in last if other is home for child, _since in found}
    return [(child, since) for child, since in children if child.pk in still]


def room_on(days: Sequence[Session], dealing: Dealing) -> int:
    return min(HALL if (left := dealing.places[day.pk].left) is None else left for day in days)
