"""The demo's seasons: brands, partner units, phases, programmes and activities of each year that is shown."""

from dataclasses import dataclass
from datetime import date

from config.demo.plan_books import enter_books, give_books
from config.demo.plan_words import ActivityPlan, BrandPlan, CityPlan, ProgrammePlan
from networks.models import Area
from programmes.planning.choices import PhaseKind
from programmes.planning.models import (
    Activity,
    Book,
    Brand,
    PartnerUnit,
    Phase,
    Programme,
    ProgrammeVenue,
    SafetyNotice,
    Season,
    UnitLine,
)
from venues.choices import VenueKind
from venues.models import Venue

GOALS = {
    PhaseKind.WINTER: "年度主题、项目和分工定下来，菜单发到各馆。",
    PhaseKind.SPRING: "征集作品，读者节开幕，故事会全面开讲。",
    PhaseKind.SUMMER: "评审作品，暑期班满员。",
    PhaseKind.AUTUMN: "展示成果，颁奖，写总结。",
}
NOTICE = """1. 请全程看护好自己的孩子，过马路、上下台阶时牵手同行。
2. 请穿便于行走的鞋，自备饮水和雨具。
3. 身体不适时请立即告诉领队。
4. 遇雷雨、高温、大雾等天气，活动取消或顺延，我们会提前通知。
5. 请不要攀爬城墙、护栏，不要离开队伍。"""


@dataclass(frozen=True)
class Planned:
    activity: Activity
    plan: ActivityPlan
    season: Season


def enter_brands(plan: CityPlan) -> dict[str, Brand]:
    found: dict[str, Brand] = {}

    def enter(lines: tuple[BrandPlan, ...], parent: Brand | None) -> None:
        for place, line in enumerate(lines, start=1):
            found[line.name] = Brand.objects.create(
                parent=parent,
                name=line.name,
                slogan=line.slogan,
                positioning=line.positioning,
                audience=line.audience,
                hue=line.hue,
                mark=line.mark,
                department=plan.department,
                place=place,
            )
            enter(line.children, found[line.name])

    enter(plan.brands, None)
    return found


def enter_units(plan: CityPlan) -> dict[str, PartnerUnit]:
    rows = PartnerUnit.objects.bulk_create(PartnerUnit(name=name, kind=kind) for name, kind in plan.units.items())
    return {row.name: row for row in rows}


def enter_notice() -> SafetyNotice:
    notice: SafetyNotice = SafetyNotice.objects.create(title="户外活动安全告知书", text=NOTICE)
    return notice


def season_of_year(plan: CityPlan, year: int) -> Season:
    season: Season | None = Season.objects.filter(year=year).first()
    if season is None:
        season = Season.objects.create(
            year=year,
            theme=plan.theme.get(year, "四季有书"),
            starts_on=date(year, 1, 1),
            ends_on=date(year, 12, 31),
        )
        Phase.objects.bulk_create(
            Phase(season=season, kind=kind, starts_on=first, ends_on=last, goal=GOALS[kind])
            for kind, first, last in (
                (PhaseKind.WINTER, date(year - 1, 12, 1), date(year, 3, 1)),
                (PhaseKind.SPRING, date(year, 3, 2), date(year, 5, 31)),
                (PhaseKind.SUMMER, date(year, 6, 1), date(year, 8, 31)),
                (PhaseKind.AUTUMN, date(year, 9, 1), date(year, 11, 30)),
            )
        )
    return season


def enter_programme(
    season: Season, plan: ProgrammePlan, *, brands: dict[str, Brand], units: dict[str, PartnerUnit]
) -> list[Planned]:
    """Once; again, it gives what is there."""
    programme = Programme.objects.filter(season=season, title=plan.title).first()
    if programme is None:
        programme = _programme(season, plan, brands, units)
    known = {activity.title: activity for activity in Activity.objects.filter(programme=programme)}
    return [Planned(known[line.title], line, season) for line in plan.activities if line.title in known]


def _programme(
    season: Season, plan: ProgrammePlan, brands: dict[str, Brand], units: dict[str, PartnerUnit]
) -> Programme:
    first, last = plan.months
    programme: Programme = Programme.objects.create(
        season=season,
        brand=brands[plan.brand],
        area=Area.objects.get(parent=None),
        kind=plan.kind,
        title=plan.title,
        summary=plan.summary,
        department=plan.department,
        in_charge=plan.in_charge,
        phone="025-0000 0001",
        starts_on=date(season.year, first, 1),
        ends_on=date(season.year, last, 30 if last in {4, 6, 9, 11} else 31),
        budget=plan.budget,
        budget_source=plan.source,
    )
    UnitLine.objects.bulk_create(
        UnitLine(programme=programme, unit=units[name], role=role, place=place)
        for place, (role, name) in enumerate(plan.units, start=1)
    )
    if plan.festival:
        _festival(programme)
    made = [(_activity(programme, line), line.books) for line in plan.activities]
    give_books(made, _books())
    return programme


def _activity(programme: Programme, line: ActivityPlan) -> Activity:
    activity: Activity = Activity.objects.create(
        programme=programme,
        title=line.title,
        summary=line.summary,
        text=line.text,
        statistic_class=line.statistic_class,
        audiences=[str(one) for one in line.audiences],
        from_months=line.ages[0],
        to_months=line.ages[1],
        counts=line.counts,
        adult_needed=line.adult_needed,
        children_per_adult=line.children_per_adult,
        capacity=line.capacity,
        minutes=line.minutes,
        setup_minutes=line.setup,
        clearup_minutes=10 if line.setup else 0,
        slot_minutes=line.slot_minutes,
        equipment=[str(one) for one in line.equipment],
        mode=line.mode,
        stream_url="https://live.example.org/nanjing" if line.mode != "on_site" else "",
        department=programme.department,
        in_charge=programme.in_charge,
        phone=programme.phone,
        local_fields=list(line.local),
        budget=line.budget,
    )
    return activity


def _festival(programme: Programme) -> None:
    main = Venue.objects.filter(kind=VenueKind.CITY_LIBRARY)
    others = Venue.objects.filter(kind=VenueKind.DISTRICT_LIBRARY, closed_at=None).order_by("number")
    ProgrammeVenue.objects.bulk_create(
        ProgrammeVenue(programme=programme, venue=venue, is_main=not place, place=place)
        for place, venue in enumerate([*main, *others])
    )


def _books() -> list[Book]:
    return list(Book.objects.order_by("pk")) or enter_books()
