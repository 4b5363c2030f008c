"""What plans are made of, for tests: one call each, inside the network's scope."""

from datetime import date, datetime
from typing import Any

from kit import clock
from kit.command import command
from networks.models import Area
from programmes.planning.choices import HostKind, PlaceKind, ProgrammeKind
from programmes.planning.models import Activity, Brand, Host, Programme, Season, Session
from programmes.planning.steps.sessions import SessionPlan, Where, in_room, make_sessions
from venues.models import Room
from venues.steps.venues import RoomPlan, open_venue


def brand(name: str = "阅美四季", **values: Any) -> Brand:
    made: Brand = Brand.objects.create(name=name, **values)
    return made


def season(year: int = 2027, **values: Any) -> Season:
    values = {"theme": "向美而读", "starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31), **values}
    made: Season = Season.objects.create(year=year, **values)
    return made


def programme(title: str = "绘本故事会", *, year: int = 2027, **values: Any) -> Programme:
    """Of the city, unless `area` is named; its season is made when it is missing."""
    found = values.pop("season", None) or Season.objects.filter(year=year).first() or season(year)
    values = {"kind": ProgrammeKind.STORY_HOURS, "starts_on": found.starts_on, "ends_on": found.ends_on, **values}
    area = values.pop("area", None) or Area.objects.get(parent=None)
    made: Programme = Programme.objects.create(title=title, season=found, area=area, **values)
    return made


def activity(title: str = "小种子", **values: Any) -> Activity:
    values = {"from_months": 36, "to_months": 83, "capacity": 20, "minutes": 60, **values}
    home = values.pop("programme", None) or Programme.objects.order_by("pk").first() or programme()
    made: Activity = Activity.objects.create(programme=home, title=title, **values)
    return made


@command
def room(name: str = "故事屋", *, venue: str = "清凉门阅读空间", district: str = "鼓楼区", capacity: int = 30) -> Room:
    """In a venue of its own."""
    parent = Area.objects.get(name=district)
    home = open_venue(parent=parent, name=venue, address=f"{district}某路 1 号", rooms=[RoomPlan(name, capacity)])
    made: Room = Room.objects.select_related("venue__area").get(venue=home)
    return made


def host(name: str = "孙老师", **values: Any) -> Host:
    made: Host = Host.objects.create(name=name, **{"kind": HostKind.LIBRARIAN, **values})
    return made


@command
def session(
    starts_at: datetime,
    *,
    activity: Activity,
    room: Room | None = None,
    where: Where | None = None,
    hosts: tuple[Host, ...] = (),
    **own: Any,
) -> Session:
    """A draft; without a place it is only a stream of the city's."""
    place = in_room(room) if room else where or Where(PlaceKind.STREAM, Area.objects.get(parent=None))
    plan = SessionPlan(activity, starts_at, place, ends_at=own.pop("ends_at", None), hosts=hosts, own=own)
    return make_sessions([plan], by=None, at=clock.now())[0]
