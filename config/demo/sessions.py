"""A year of the demo's sessions: what was, what is announced, and what is still a draft.

At a later start the coming weeks are dealt out as well, and what has come near is published.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from config.demo.hosts import enter_hosts
from config.demo.plan_nanjing import NANJING
from config.demo.plan_shenzhen import SHENZHEN
from config.demo.plan_words import CityPlan, Pattern
from config.demo.seasons import Planned, enter_brands, enter_notice, enter_programme, enter_units, season_of_year
from config.demo.timetable import Timetable
from kit.command import command
from networks.models import Area, Network
from networks.steps.journal import note
from people.models import Person
from programmes.planning.choices import Pattern as Recurrence
from programmes.planning.choices import PlaceKind
from programmes.planning.models import Brand, Host, PartnerUnit, Rollout, SafetyNotice, Session
from programmes.planning.queries.clashes import Wanted, clashes
from programmes.planning.rules.asking import Ask, kept
from programmes.planning.rules.recurrence import Rule
from programmes.planning.steps.sessions import SessionPlan, Where, in_room, make_sessions, publish_sessions, taken_time
from venues.models import Venue

PLANS: dict[str, CityPlan] = {"nanjing": NANJING, "shenzhen": SHENZHEN}
PAST, AHEAD, ANNOUNCED = timedelta(days=290), timedelta(days=100), timedelta(days=45)
# How long before it starts a session was announced.
EARLY = timedelta(days=30)
CALLED_OFF = 0.006
# Among what a roll-out leaves out, and no place has this name.
SAMPLE = "sample"
REASONS = (
    "主讲人临时生病，本场取消。",
    "场馆设备检修，本场取消。",
    "暴雨橙色预警，本场取消。",
    "当天停电，本场取消。",
)
MEETING = ("解放门城墙入口", "解放门 8 号", "地铁 3 号线鸡鸣寺站 5 号口集合，沿城墙步行，终点玄武门。")
SCHOOL = ("晨光小学报告厅", "北京东路 56 号", "从学校正门登记进入。")
STREAM = "云上故事会"


@dataclass(frozen=True)
class Desk:
    """What is needed to deal out sessions."""

    network: Network
    table: Timetable
    venues: Sequence[Venue]
    notice: SafetyNotice
    root: Area
    at: datetime

    @property
    def zone(self) -> ZoneInfo:
        return self.network.zone


@command
def plan_year(network: Network, *, by: Person, at: datetime) -> None:
    plan = PLANS.get(network.code)
    if plan is None:
        return
    today = at.astimezone(network.zone).date()
    if not Brand.objects.exists():
        enter_brands(plan)
        enter_units(plan)
        enter_notice()
        enter_hosts(network, plan, today=today)
    first, last = _days_to_fill(today)
    if first <= last:
        _deal_out(network, plan, first=first, last=last, by=by, at=at)
    _announce(plan, by=by, at=at)


def _days_to_fill(today: date) -> tuple[date, date]:
    """From the day after the last that was dealt out; at the first start, from a Monday long ago."""
    dealt = Rollout.objects.filter(rule__out__contains=[SAMPLE]).values_list("rule", flat=True)
    done = max((date.fromisoformat(rule["rule"]["last"]) for rule in dealt), default=None)
    begin = today - PAST
    first = begin - timedelta(days=begin.weekday()) if done is None else done + timedelta(days=1)
    return first, today + AHEAD


def _deal_out(network: Network, plan: CityPlan, *, first: date, last: date, by: Person, at: datetime) -> None:
    planned = _planned(plan, first, last)
    desk = _desk(network, first=first, last=last, at=at)
    found: dict[int, list[SessionPlan]] = defaultdict(list)
    for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        for one in planned:
            if one.season.year == day.year:
                for pattern in one.plan.patterns:
                    found[one.activity.pk] += _on(day, one, pattern, desk)
    wanted = [session for sessions in found.values() for session in sessions]
    blocked = {clash.key for clash in clashes(_wanted(wanted))}
    for one in planned:
        sessions = [session for session in found[one.activity.pk] if id(session) not in blocked]
        if sessions:
            rule = _rule(one, sessions, first=first, last=last)
            rollout = Rollout.objects.create(activity=one.activity, rule=rule, made=len(sessions), made_at=at)
            note("planning.rolled_out", subject=rollout, actor=by)
            make_sessions(sessions, by=by, rollout=rollout, at=at)


def _rule(one: Planned, sessions: Sequence[SessionPlan], *, first: date, last: date) -> dict[str, Any]:
    """As a planner would have asked for it; the mark tells it from what people roll out themselves."""
    patterns = one.plan.patterns
    which = tuple(sorted({pattern.nth for pattern in patterns if pattern.nth}))
    rule = Rule(
        Recurrence.MONTHLY if which else Recurrence.WEEKLY,
        max(first, one.season.starts_on),
        min(last, one.season.ends_on),
        times=tuple(sorted({minute_of(pattern.times[0]) for pattern in patterns})),
        weekdays=tuple(sorted({pattern.weekday for pattern in patterns})),
        every=max(pattern.every for pattern in patterns),
        which=which,
    )
    venues = sorted({session.where.venue.pk for session in sessions if session.where.venue is not None})
    return kept(Ask(tuple(venues), rule, out=frozenset({SAMPLE})))


def minute_of(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _planned(plan: CityPlan, first: date, last: date) -> list[Planned]:
    """The activities of each year that the days touch."""
    brands = {row.name: row for row in Brand.objects.all()}
    units = {row.name: row for row in PartnerUnit.objects.all()}
    found: list[Planned] = []
    for year in range(first.year, last.year + 1):
        season = season_of_year(plan, year)
        for line in plan.programmes:
            if date(year, line.months[0], 1) <= last:
                found += enter_programme(season, line, brands=brands, units=units)
    return found


def _desk(network: Network, *, first: date, last: date, at: datetime) -> Desk:
    start = datetime.combine(first, time.min, tzinfo=network.zone)
    end = datetime.combine(last + timedelta(days=2), time.min, tzinfo=network.zone)
    venues = list(Venue.objects.filter(closed_at=None).select_related("area").order_by("number"))
    hosts = Host.objects.filter(closed_at=None).prefetch_related("hours", "absences").order_by("pk")
    notice = SafetyNotice.objects.get()
    return Desk(
        network, Timetable(venues, hosts, start=start, end=end), venues, notice, Area.objects.get(parent=None), at
    )


def _on(day: date, one: Planned, pattern: Pattern, desk: Desk) -> Iterator[SessionPlan]:
    if day.weekday() != pattern.weekday or day.month not in pattern.months:
        return
    if pattern.nth is not None and (day.day - 1) // 7 + 1 != pattern.nth:
        return
    for venue in desk.venues:
        if pattern.at and venue.name not in pattern.at:
            continue
        if venue.kind not in pattern.kinds or _lot(one, pattern, venue) >= pattern.share:
            continue
        if (day.isocalendar().week + venue.pk) % pattern.every:
            continue
        if (session := _session(day, one, pattern, venue, desk)) is not None:
            yield session


def _lot(one: Planned, pattern: Pattern, venue: Venue) -> float:
    """The same for a venue at every start."""
    return Random(f"{one.plan.title} {pattern.weekday} {venue.number}").random()  # noqa: S311 - sample data


def _session(day: date, one: Planned, pattern: Pattern, venue: Venue, desk: Desk) -> SessionPlan | None:
    for text in pattern.times:
        starts_at = datetime.combine(day, time(*divmod(minute_of(text), 60)), tzinfo=desk.zone)
        ends_at = starts_at + timedelta(days=pattern.days, minutes=one.plan.minutes)
        taken = taken_time(one.activity, starts_at, ends_at)
        is_inside = pattern.place in {PlaceKind.ROOM, PlaceKind.VENUE}
        first_day_ends = starts_at + timedelta(minutes=one.plan.minutes)
        if is_inside and not desk.table.is_open(venue, starts_at, first_day_ends):
            continue
        if (where := _where(pattern, one, venue, taken, desk)) is not None:
            own = _own(one, where, starts_at, desk)
            host = None if "called_off_at" in own else desk.table.take_host(venue, one.plan, taken, desk.zone)
            hosts = (host,) if host is not None else ()
            return SessionPlan(one.activity, starts_at, where, ends_at, hosts, own)
    return None


def _where(pattern: Pattern, one: Planned, venue: Venue, taken: tuple[datetime, datetime], desk: Desk) -> Where | None:
    if pattern.place == PlaceKind.MEETING_POINT:
        name, address, route = MEETING
        return Where(pattern.place, desk.root, None, None, name, address, route, safety_notice=desk.notice)
    if pattern.place == PlaceKind.PARTNER:
        name, address, route = SCHOOL
        return Where(pattern.place, desk.root, place_name=name, address=address, route=route)
    if pattern.place == PlaceKind.STREAM:
        return Where(pattern.place, desk.root, place_name=STREAM)
    if pattern.place == PlaceKind.VENUE:
        return Where(pattern.place, venue.area, venue=venue)
    room = desk.table.take_room(venue, one.plan, pattern, taken)
    return None if room is None else in_room(room)


def _own(one: Planned, where: Where, starts_at: datetime, desk: Desk) -> dict[str, Any]:
    """A small room has fewer places; a few sessions were called off."""
    own: dict[str, Any] = {}
    if where.room is not None and (one.plan.capacity or 0) > where.room.capacity:
        own["capacity"] = where.room.capacity
    first = starts_at.replace(day=1) if one.plan.whole else starts_at
    if first > desk.at + ANNOUNCED:
        return own
    own["published_at"] = min(first - EARLY, desk.at)
    chance = Random(f"{one.plan.title} {where.area.pk} {starts_at.date()}")  # noqa: S311 - sample data
    if chance.random() < CALLED_OFF:
        called_off_at = min(starts_at - timedelta(days=2), desk.at)
        own |= {"called_off_at": called_off_at, "call_off_reason": chance.choice(REASONS), "sequence": 1}
        own["published_at"] = min(own["published_at"], called_off_at - timedelta(days=1))
    return own


def _wanted(sessions: Sequence[SessionPlan]) -> Iterator[Wanted]:
    for session in sessions:
        if "called_off_at" in session.own:
            continue
        ends_at = session.ends_at or session.starts_at
        start, end = taken_time(session.activity, session.starts_at, ends_at)
        room = session.where.room
        yield Wanted(id(session), start, end, room.pk if room else None, [host.pk for host in session.hosts])


def _announce(plan: CityPlan, *, by: Person, at: datetime) -> None:
    """What has come near; of a course, all its days."""
    drafts = Session.objects.filter(
        rollout__rule__out__contains=[SAMPLE],
        published_at=None,
        called_off_at=None,
        changed_at=None,
        starts_at__gt=at,
    )
    is_near = Q(starts_at__lte=at + ANNOUNCED)
    courses = [line.title for programme in plan.programmes for line in programme.activities if line.whole]
    begun = drafts.filter(is_near, activity__title__in=courses).values("activity")
    near = list(drafts.filter(is_near | Q(activity__in=begun)))
    if near:
        publish_sessions(near, by=by, at=at)
