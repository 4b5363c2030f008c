"""The demo's streets, tiles, venues and closures. What is there already stays as somebody changed it."""

from datetime import datetime, timedelta
from typing import Any

from config.demo.maps import STREETS, TILES
from config.demo.places import Place, places
from kit.command import command
from networks.choices import AreaKind
from networks.models import Area, Network
from networks.steps.areas import ensure_area
from people.models import Person
from venues.commands.closures import ClosurePlan, close_area, close_venues
from venues.commands.venues import close_for_good
from venues.models import Closure, Venue
from venues.rules.hours import Span
from venues.steps.venues import open_venue

# Since when they have been open, at least.
YEARS = timedelta(days=900)


@command
def draw_map(network: Network) -> None:
    """Tiles where nobody has placed them, and the streets of some districts."""
    districts = {area.name: area for area in Area.objects.filter(kind__in=[AreaKind.DISTRICT, AreaKind.ZONE])}
    for name, (column, row) in TILES.get(network.code, {}).items():
        Area.objects.filter(pk=districts[name].pk, tile_column=None).update(tile_column=column, tile_row=row)
    for name, streets in STREETS.get(network.code, {}).items():
        for place, street in enumerate(streets, start=1):
            ensure_area(name=street, kind=AreaKind.STREET, parent=districts[name], place=place)


@command
def open_venues(network: Network, *, at: datetime) -> None:
    """All of them at the first start, none at a later one."""
    if Venue.objects.exists():
        return
    areas = {(area.parent_id, area.name): area for area in Area.objects.filter(closed_at=None)}
    root = next(area for area in areas.values() if area.parent_id is None)
    for place in places(network.code):
        district = areas[root.pk, place.district]
        parent = areas[district.pk, place.street] if place.street else district
        _open(place, parent, at=at)


def _open(place: Place, parent: Area, *, at: datetime) -> None:
    open_venue(
        parent=parent,
        name=place.name,
        address=place.address,
        values=_values(place, at=at),
        week=[Span(weekday, opens, closes) for weekday, slots in enumerate(place.week) for opens, closes in slots],
        rooms=place.rooms,
    )


def _values(place: Place, *, at: datetime) -> dict[str, Any]:
    return {
        "slug": place.slug,
        "number": place.number,
        "kind": place.kind,
        "summary": place.summary,
        "directions": place.directions,
        "phone": place.phone,
        "capacity": place.capacity,
        "on_holidays": place.on_holidays,
        "is_public": place.is_public,
        "opened_at": at - YEARS,
        **dict.fromkeys(place.facts, True),
    }


def give_up(network: Network, *, by: Person, at: datetime) -> None:
    """Its address stays, and says where to go instead."""
    for place in places(network.code):
        venue = Venue.objects.filter(number=place.number, closed_at=None).first() if place.gone else None
        if venue is not None:
            close_for_good(venue=venue, reason=place.gone, by=by, at=at)


# Whose, from which day until before which (none: until further notice), and what readers are told.
CLOSURES = {
    "nanjing": (
        ("幕府山下阅读空间", -6, 15, "更换空调和灯具，闭馆施工。"),
        ("淳化阅读空间", -12, None, "屋面漏水维修，恢复开放时间另行通知。"),
        ("八卦洲田野书屋", 5, 7, "书架调整，闭馆两天。"),
        ("中央门街道", -1, 3, "街道电力改造，沿线各馆暂停开放。"),
        ("南京市", 10, 11, "全市图书馆系统升级，各馆当日不开放。"),
    ),
    "shenzhen": (("海滨栈道书亭", -2, 8, "栈道维护，书亭暂停开放。"),),
}


def close_some(network: Network, *, by: Person, at: datetime) -> None:
    """Relative to today, at the first start."""
    if Closure.objects.exists():
        return
    today = at.astimezone(network.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    venues = {venue.name: venue for venue in Venue.objects.select_related("area")}
    for name, first, until, reason in CLOSURES.get(network.code, ()):
        plan = ClosurePlan(
            starts_at=today + timedelta(days=first),
            ends_at=None if until is None else today + timedelta(days=until),
            reason=reason,
        )
        if name in venues:
            close_venues(venues=[venues[name]], plan=plan, by=by, at=at)
        else:
            close_area(area=Area.objects.exclude(kind=AreaKind.VENUE).get(name=name), plan=plan, by=by, at=at)
