"""What a programme may be called, when it may run, and when it may go."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.dates import short_day
from kit.refusals import Refusal


def against_title(title: str, *, titles: Collection[str]) -> Iterator[Refusal]:
    """`titles`: of the others of the same season and area."""
    if not title.strip():
        yield Refusal("no_title", _("A programme needs a title."), field="title")
    elif title.strip() in titles:
        yield Refusal(
            "title_taken",
            _("This season has a programme called %(title)s already.") % {"title": title},
            _("Say what is different about this one."),
            field="title",
        )


def against_dates(starts_on: date, ends_on: date, *, first: date, last: date) -> Iterator[Refusal]:
    """`first` and `last`: of the season, with a phase that begins before it."""
    if ends_on < starts_on:
        yield Refusal("ends_before_it_starts", _("It would end before it starts."), field="ends_on")
        return
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        if not first <= day <= last:
            yield Refusal(
                "outside_season",
                _("%(day)s lies outside the season.") % {"day": f"{day.year}/{day.month}/{day.day}"},
                _("It runs from %(first)s to %(last)s.")
                % {"first": f"{first.year}/{first.month}/{first.day}", "last": f"{last.year}/{last.month}/{last.day}"},
                field=field,
            )


def against_sessions_outside(count: int) -> Iterator[Refusal]:
    if count:
        yield Refusal(
            "sessions_outside",
            ngettext(
                "%(count)s session would lie outside these days.",
                "%(count)s sessions would lie outside these days.",
                count,
            )
            % {"count": count},
            _("Move them or call them off first."),
            field="starts_on",
        )


def against_closed_season(closed_at: datetime | None) -> Iterator[Refusal]:
    if closed_at is not None:
        yield Refusal(
            "season_closed", _("This season is over."), _("Choose another one, or open it again."), field="season"
        )


def against_closed_brand(closed_at: datetime | None) -> Iterator[Refusal]:
    if closed_at is not None:
        yield Refusal("brand_closed", _("This brand is no longer used."), _("Choose another one."), field="brand")


def against_closed_area(closed_at: datetime | None) -> Iterator[Refusal]:
    if closed_at is not None:
        yield Refusal("area_closed", _("This area is closed."), _("Choose another one."), field="area")


def against_dropping(dropped_at: datetime | None, *, coming: int) -> Iterator[Refusal]:
    """`coming`: sessions from now on that are not called off."""
    if dropped_at is not None:
        yield Refusal("dropped_already", _("This is dropped already."))
    if coming:
        yield Refusal(
            "sessions_to_come",
            ngettext("%(count)s session is still to come.", "%(count)s sessions are still to come.", coming)
            % {"count": coming},
            _("Call them off first, so that nobody stands before a closed door."),
        )


def against_change(dropped_at: datetime | None) -> Iterator[Refusal]:
    if dropped_at is not None:
        yield Refusal("dropped", _("This is dropped."), _("Take it up again first."))


def against_venue(name: str, *, closed_at: datetime | None, is_there: bool) -> Iterator[Refusal]:
    if is_there:
        yield Refusal("venue_there", _("%(name)s is in the list already.") % {"name": name})
    if closed_at is not None:
        yield Refusal(
            "venue_closed",
            _("%(name)s is closed for good since %(day)s.") % {"name": name, "day": short_day(closed_at.date())},
        )
