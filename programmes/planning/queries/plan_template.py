"""What the template of the whole plan shows: an example of one's own, and the words that some columns take."""

from datetime import date, time, timedelta
from typing import Any

from programmes.planning.choices import PlaceKind
from programmes.planning.models import Activity, Host, SafetyNotice, Season
from venues.models import Room
from venues.queries.venues import districts

# The second sheet is looked through by eye.
MOST_WORDS = 2_000


def example_row(*, today: date) -> dict[str, Any]:
    """By column: a Saturday to come, of an activity that is there."""
    activity = _open_activities().order_by("-programme__season__year", "pk").first()
    room = Room.objects.filter(closed_at=None, venue__closed_at=None).select_related("venue").order_by("pk").first()
    start = max(today, activity.programme.season.starts_on) if activity else today
    found: dict[str, Any] = {
        "kind": str(PlaceKind.ROOM.label),
        "day": start + timedelta(days=(5 - start.weekday()) % 7 + 7),
        "starts": time(10, 0),
    }
    if activity is not None:
        programme = activity.programme
        found |= {"season": programme.season.year, "programme": programme.title, "activity": activity.title}
    if room is not None:
        found |= {"number": room.venue.number, "venue": room.venue.name, "room": room.name}
    return found


def template_words() -> dict[str, list[str]]:
    """By column, what may stand in it. Six statements."""
    rooms = Room.objects.filter(closed_at=None, venue__closed_at=None).order_by("venue__name", "name")
    activities = _open_activities().order_by("programme__title", "title")
    pairs = list(activities.values_list("programme__title", "title"))[:MOST_WORDS]
    notices = SafetyNotice.objects.filter(closed_at=None).order_by("title").values_list("title", flat=True)
    hosts = Host.objects.filter(closed_at=None).order_by("name").values_list("name", flat=True)
    return {
        "season": [str(year) for year in Season.objects.order_by("-year").values_list("year", flat=True)],
        "activity": [f"{programme}：{title}" for programme, title in pairs],
        "room": [f"{venue}：{room}" for venue, room in rooms.values_list("venue__name", "name")[:MOST_WORDS]],
        "kind": [str(kind.label) for kind in PlaceKind],
        "district": [area.name for area in districts()],
        "safety_notice": list(dict.fromkeys(notices)),
        "hosts": list(hosts[:MOST_WORDS]),
    }


def _open_activities() -> Any:
    rows = Activity.objects.filter(dropped_at=None, programme__dropped_at=None, programme__season__closed_at=None)
    return rows.select_related("programme__season")
