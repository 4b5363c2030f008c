"""When a session is, and for how long it takes its room."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.planning.models import Activity, Programme, Season
from programmes.planning.rules.wording import full_day_words


def taken_time(activity: Activity, starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    """With the time to set up before and to clear up after."""
    return (
        starts_at - timedelta(minutes=activity.setup_minutes),
        ends_at + timedelta(minutes=activity.clearup_minutes),
    )


def against_time(season: Season, *, starts_at: datetime, ends_at: datetime, at: datetime) -> Iterator[Refusal]:
    """Days are those of the zone in force."""
    if ends_at <= starts_at:
        yield Refusal("ends_before_it_starts", _("The session ends before it starts."), field="ends")
    if starts_at <= at:
        yield Refusal("in_the_past", _("This time is in the past."), _("Choose a time to come."), field="day")
    if not season.starts_on <= timezone.localtime(starts_at).date() <= season.ends_on:
        yield Refusal(
            "outside_season",
            _("%(day)s is not in the season %(season)s, which lasts from %(first)s to %(last)s.")
            % {
                "day": full_day_words(starts_at),
                "season": season,
                "first": full_day_words(season.starts_on),
                "last": full_day_words(season.ends_on),
            },
            _("Choose another day, or change the season's days."),
            field="day",
        )


def against_programme_days(programme: Programme, starts_at: datetime) -> Iterator[Refusal]:
    """Of days inside the season; those outside are told of already."""
    day, season = timezone.localtime(starts_at).date(), programme.season
    if season.starts_on <= day <= season.ends_on and not programme.starts_on <= day <= programme.ends_on:
        yield Refusal(
            "outside_programme",
            _("%(day)s is not in the days of %(programme)s, which lasts from %(first)s to %(last)s.")
            % {
                "day": full_day_words(starts_at),
                "programme": programme.title,
                "first": full_day_words(programme.starts_on),
                "last": full_day_words(programme.ends_on),
            },
            field="day",
        )


def against_planning(activity: Activity) -> Iterator[Refusal]:
    """The activity comes with its programme, and that with its season."""
    programme = activity.programme
    if programme.season.closed_at is not None:
        yield Refusal("season_closed", _("The season %(season)s is closed.") % {"season": programme.season})
    if activity.dropped_at is not None or programme.dropped_at is not None:
        yield Refusal("activity_dropped", _("%(activity)s was dropped from the plan.") % {"activity": activity.title})
