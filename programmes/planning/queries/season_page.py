"""All that the page of a year shows, in a number of statements that does not grow with the year."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from networks.models import Network
from programmes.planning.choices import ObservanceSort
from programmes.planning.models import Phase, Season
from programmes.planning.queries.brands import looks
from programmes.planning.queries.observances import Coming, in_stretch, unplanned
from programmes.planning.queries.seasons import ProgrammeLine, phases_of, programmes_of
from programmes.planning.rules.brands import Look
from programmes.planning.rules.observances import Days
from programmes.planning.rules.year_picture import Picture, Span, picture
from venues.choices import DayKind
from venues.models import CalendarDay
from venues.rules.calendar import Block, blocks

AHEAD = timedelta(days=90)


@dataclass(frozen=True)
class BrandPart:
    """Programmes of a season under one brand."""

    name: str
    look: Look
    lines: list[ProgrammeLine] = field(default_factory=list)

    @property
    def planned(self) -> int:
        return sum(line.planned for line in self.lines)

    @property
    def published(self) -> int:
        return sum(line.published for line in self.lines)


@dataclass(frozen=True)
class SeasonPage:
    phases: list[Phase]
    now: Phase | None
    parts: list[BrandPart]
    prompts: list[Coming]
    ahead: list[Coming]
    off: list[Block]
    picture: Picture

    @property
    def programmes(self) -> int:
        return sum(len(part.lines) for part in self.parts)

    @property
    def planned(self) -> int:
        return sum(part.planned for part in self.parts)

    @property
    def published(self) -> int:
        return sum(part.published for part in self.parts)


def page_of(season: Season, network: Network, *, today: date) -> SeasonPage:
    phases = phases_of(season)
    first = min([season.starts_on, *(phase.starts_on for phase in phases)])
    days = in_stretch(first, season.ends_on, network.zone)
    off = _days_off(first, season.ends_on)
    parts = _parts(season, network)
    near = [one for one in days if one.days and one.days.last >= today and one.days.first <= today + AHEAD]
    return SeasonPage(
        phases=phases,
        now=next((phase for phase in phases if phase.starts_on <= today <= phase.ends_on), None),
        parts=parts,
        prompts=[] if season.closed_at else _of_season(unplanned(today, network.zone), season),
        ahead=near,
        off=off,
        picture=_picture(Days(first, season.ends_on), phases=phases, days=days, off=off, parts=parts, today=today),
    )


def _of_season(found: list[Coming], season: Season) -> list[Coming]:
    return [one for one in found if one.days and season.starts_on <= one.days.first <= season.ends_on]


def _parts(season: Season, network: Network) -> list[BrandPart]:
    """In the order in which brands first appear in the year, those without a brand last."""
    known = looks(network)
    found: dict[int | None, BrandPart] = {}
    for line in programmes_of(season):
        brand = line.programme.brand
        key = brand.pk if brand else None
        if key not in found:
            look = known[key] if key is not None else Look(network.brand_hue, "")
            found[key] = BrandPart(brand.name if brand else "", look)
        found[key].lines.append(line)
    return [part for key, part in found.items() if key is not None] + [part for part in [found.get(None)] if part]


def _days_off(first: date, last: date) -> list[Block]:
    rows = CalendarDay.objects.filter(day__gte=first, day__lte=last, removed_at=None)
    return blocks((row.day, DayKind(row.kind), row.name) for row in rows)


def _picture(
    stretch: Days, *, phases: list[Phase], days: list[Coming], off: list[Block], parts: list[BrandPart], today: date
) -> Picture:
    return picture(
        stretch.first,
        stretch.last,
        phases=[Span(row.starts_on, row.ends_on, str(row), row.kind, row.goal) for row in phases],
        off=[Span(block.first, block.last, block.name, block.kind) for block in off],
        school=[_span(one) for one in days if one.observance.sort != ObservanceSort.OBSERVANCE],
        days=[_span(one) for one in days if one.observance.sort == ObservanceSort.OBSERVANCE],
        programmes=[
            Span(
                line.programme.starts_on,
                line.programme.ends_on,
                line.programme.title,
                part.look.fill,
                f"{line.published}/{line.planned}",
                line.programme.pk,
            )
            for part in parts
            for line in part.lines
        ],
        today=today,
    )


def _span(one: Coming) -> Span:
    if one.days is None:
        raise LookupError("Only what lies in the stretch is drawn.")
    tone = one.observance.sort if one.planned < 0 else ("planned" if one.planned else "open")
    return Span(one.days.first, one.days.last, one.observance.name, tone, key=one.observance.pk)
