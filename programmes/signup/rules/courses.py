"""Courses: several sessions of an activity at one place, signed up for in one go."""

from collections.abc import Collection, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.dates import short_day
from kit.refusals import Refusal
from programmes.planning.models import Session
from programmes.signup.choices import Course
from programmes.signup.models import Terms


def is_course(terms: Terms | None) -> bool:
    return terms is not None and terms.course != Course.EACH


def is_whole(terms: Terms | None) -> bool:
    return terms is not None and terms.course == Course.WHOLE


def against_single(terms: Terms | None) -> Iterator[Refusal]:
    """By a page that was opened before it became a course."""
    if is_whole(terms):
        yield Refusal(
            "whole_course", _("This course is signed up for as a whole."), _("Please open the sign-up page again.")
        )


def against_days(terms: Terms | None, codes: Collection[str], days: Collection[Session]) -> Iterator[Refusal]:
    """`codes`: what the page sent; `days`: what can be had now."""
    if not is_course(terms):
        yield Refusal("no_course", _("The days are given one by one by now."), _("Please open the page again."))
    elif not codes:
        yield Refusal("no_day", _("No day is chosen yet."), _("Please choose at least one."), field="days")
    elif not set(codes) <= {day.code for day in days}:
        yield Refusal(
            "days_changed",
            _("A day that you chose can no longer be signed up for."),
            _("Please look at the days again."),
        )
    elif is_whole(terms) and len(set(codes)) < len(days):
        yield Refusal("days_changed", _("A day has been added to the course."), _("Please look at the days again."))


def full_day(session: Session, left: int, wanted: int) -> Refusal:
    """All or none: the day that stands in the way is named."""
    words = {"day": short_day(timezone.localtime(session.starts_at).date()), "left": left, "wanted": wanted}
    if not left:
        text = _("All places on %(day)s are taken.")
    else:
        text = ngettext(
            "Only %(left)s place is left on %(day)s, and you chose %(wanted)s.",
            "Only %(left)s places are left on %(day)s, and you chose %(wanted)s.",
            left,
        )
    return Refusal("day_full", text % words, _("You are signed up for no day yet."), field="days")
