"""The demo's hosts: librarians of their own spaces, volunteers, promoters, readers, experts."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from config.demo import names
from config.demo.plan_words import FEES, CityPlan
from networks.choices import AreaKind
from networks.models import Area, Network
from people.choices import Role
from people.models import Grant
from programmes.planning.choices import HostKind
from programmes.planning.models import Host, HostAbsence, HostHours
from venues.choices import VenueKind
from venues.models import Venue

INTRODUCTIONS = {
    HostKind.VOLUNTEER: (
        "退休语文老师，讲故事爱用方言。",
        "两个孩子的妈妈，周末常来。",
        "大学生志愿者，会弹尤克里里。",
        "幼儿园老师，擅长手指谣。",
    ),
    HostKind.PROMOTER: ("持证阅读推广人，做整本书共读八年。", "绘本阅读推广人，策划过三季亲子共读。"),
    HostKind.READER: ("阅美分享团成员，读书笔记写了十二本。", "阅美分享团成员，女儿今年五岁。"),
    HostKind.EXPERT: ("儿童文学研究者。", "地方文史学者，写过三本城墙的书。", "公证员，从业二十年。", "语文教研员。"),
}
UNITS = {
    HostKind.EXPERT: ("师范学院", "社科院", "城南公证处", "教学研究室"),
    HostKind.PROMOTER: ("小种子公益阅读中心", "自由职业"),
}
SKILLS = ("绘本", "手工", "朗读", "科普", "戏剧", "音乐", "文史", "写作")
LANGUAGES = ("普通话", "南京话", "英语", "手语")
# How many of each kind there are for a hundred venues.
COUNTS = {HostKind.VOLUNTEER: 40, HostKind.PROMOTER: 24, HostKind.READER: 16}


def enter_hosts(network: Network, plan: CityPlan, *, today: date) -> None:
    chance = Random(f"hosts of {network.code}")  # noqa: S311 - sample data, the same each time
    rows = [*_librarians(chance), *_others(plan, chance, today=today)]
    Host.objects.bulk_create(rows)
    weekends = [row for row in rows if row.kind == HostKind.VOLUNTEER][::3]
    HostHours.objects.bulk_create(
        HostHours(host=host, weekday=weekday, from_minute=9 * 60, until_minute=18 * 60)
        for host in weekends
        for weekday in (2, 5, 6)
    )
    away = [row for row in rows if row.kind in {HostKind.PROMOTER, HostKind.VOLUNTEER}][1::6]
    HostAbsence.objects.bulk_create(
        HostAbsence(
            host=host,
            starts_on=today + timedelta(days=chance.randint(50, 70)),
            ends_on=today + timedelta(days=chance.randint(75, 95)),
            note="外出",
        )
        for host in away
    )


def _librarians(chance: Random) -> Iterator[Host]:
    """One for each venue: its keeper where it has one, else a colleague without an account."""
    keepers = {
        grant.area_id: grant.person
        for grant in Grant.objects.filter(role=Role.KEEPER, ends_at=None).select_related("person").order_by("-pk")
    }
    seen: set[int] = set()
    venues = Venue.objects.filter(closed_at=None).select_related("area__parent").order_by("number")
    for venue in venues:
        if venue.kind not in {VenueKind.READING_SPACE, VenueKind.BRANCH, VenueKind.DISTRICT_LIBRARY}:
            continue
        person = keepers.get(venue.area_id)
        if person is not None and person.pk in seen:
            person = None
        if person is not None:
            seen.add(person.pk)
        yield Host(
            name=person.name if person is not None and person.name else names.full("woman", chance),
            kind=HostKind.LIBRARIAN,
            person=person,
            unit=venue.name,
            home_area=_district(venue.area),
            skills=chance.sample(SKILLS, 2),
            languages=["普通话"],
        )


def _others(plan: CityPlan, chance: Random, *, today: date) -> Iterator[Host]:
    share = min(1, Venue.objects.filter(closed_at=None).count() / 100)
    districts = list(Area.objects.filter(kind__in=[AreaKind.DISTRICT, AreaKind.ZONE]).order_by("place", "pk"))
    counts = {kind: max(2, round(count * share)) for kind, count in COUNTS.items()} | {HostKind.EXPERT: plan.experts}
    for kind, count in counts.items():
        for number in range(count):
            yield Host(
                name=names.full("woman" if chance.random() < 0.7 else "man", chance),
                kind=kind,
                unit=chance.choice(UNITS.get(kind, ("",))),
                introduction=INTRODUCTIONS[kind][number % len(INTRODUCTIONS[kind])],
                home_area=districts[number % len(districts)],
                skills=chance.sample(SKILLS, 2),
                languages=["普通话", *chance.sample(LANGUAGES[1:], chance.randint(0, 1))],
                from_months=36 if kind != HostKind.EXPERT else None,
                to_months=144 if kind != HostKind.EXPERT else None,
                fee_title=FEES.get(kind, "none"),
                per_week=3 if kind == HostKind.VOLUNTEER else None,
                per_day=2 if kind != HostKind.EXPERT else 1,
                **_term(kind, number, today=today),
            )


def _term(kind: HostKind, number: int, *, today: date) -> dict[str, date]:
    """Reading promoters are appointed for two years; the first ones' terms run out soon."""
    if kind != HostKind.PROMOTER:
        return {}
    until = today + timedelta(days=25 + 30 * number)
    return {"term_from": until - timedelta(days=730), "term_until": until}


def _district(area: Area) -> Area | None:
    above: Area | None = area.parent
    while above is not None and above.kind not in {AreaKind.DISTRICT, AreaKind.ZONE}:
        above = above.parent
    return above
