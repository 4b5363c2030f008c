"""What readers find, with counts beside all that they could choose otherwise: two statements, however much there is."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Coalesce

from networks.models import Area
from programmes.planning.choices import Mode
from programmes.planning.models import Session
from programmes.planning.queries.finder import (
    HOW,
    OLDEST,
    YOUNGEST,
    Aim,
    district_of,
    fitting,
    in_district,
    in_reach,
    of_kind,
    searched,
    with_places,
    with_those_below,
)
from programmes.planning.rules.ages import suits
from programmes.planning.rules.facets import Counts, Facet, Group, counted
from venues.queries.today import midnight

# As a choice of the facet of ages: those of one's own children. And the only choice of what is either asked for or not.
MINE, YES = "mine", "yes"
OLDEST_CHILD = 12
_MODES = {Mode.ON_SITE: (Mode.ON_SITE,), Mode.LIVE: (Mode.LIVE,), Mode.BOTH: (Mode.ON_SITE, Mode.LIVE)}


@dataclass(frozen=True)
class Findings:
    """`running`: what began before the first day, such as an exhibition; `rows`: the others. `shown`: both. `districts`: with
    how many fit in each, wherever the reader looks now; `in_none`: how many lie in none of them.
    """

    shown: "QuerySet[Session]"
    rows: "QuerySet[Session]"
    running: "QuerySet[Session]"
    counts: Counts
    districts: list[tuple[Area, int]]
    in_none: int

    @property
    def count(self) -> int:
        return self.counts.count

    @property
    def going_on(self) -> int:
        return self.counts.began

    @property
    def everywhere(self) -> int:
        return self.counts.without[Facet.DISTRICT]


@dataclass(frozen=True)
class Span:
    """`time`: what is looked at, beginning with the day `first`; `others`: times that could be chosen instead, by name;
    `reach`: all of these together, and what there would be if no time was chosen.
    """

    time: Q
    first: date
    at: datetime
    zone: ZoneInfo
    reach: Q | None = None
    others: Mapping[str, Q] | None = None


def shown(aim: Aim, span: Span) -> "QuerySet[Session]":
    return in_district(fitting(aim, at=span.at), aim).filter(span.time)


def find(aim: Aim, span: Span) -> Findings:
    """Sessions that were called off stay in their place, and say so."""
    rows = shown(aim, span)
    counts = counted(_by_place(aim, span)).beside(counted(_by_kind(aim, span)))
    begin, ordered = midnight(span.first, span.zone), rows.order_by("starts_at", "pk")
    return Findings(
        shown=rows,
        rows=ordered.filter(starts_at__gte=begin),
        running=ordered.filter(starts_at__lt=begin),
        counts=counts,
        districts=[(area, counts.of(Facet.DISTRICT, area.pk)) for area in aim.areas],
        in_none=counts.of(Facet.DISTRICT, None),
    )


def _by_place(aim: Aim, span: Span) -> Iterator[Group]:
    """Of all that is done there as it is wished for: by time, district, places and steps."""
    reach, others = span.time if span.reach is None else span.reach | span.time, span.others or {}
    rows = of_kind(searched(aim), aim).filter(reach).order_by()
    flags = {
        "is_timely": _flag(span.time),
        "is_free": _flag(with_places(span.at)),
        "is_step_free": Coalesce(F("venue__step_free"), False),
        **{f"is_{name}": _flag(time) for name, time in others.items()},
    }
    began = Count("pk", filter=Q(starts_at__lt=midnight(span.first, span.zone)))
    counted_rows = rows.values("area__path", **flags).annotate(number=Count("pk"), began=began)
    return (_placed(row, aim, others) for row in counted_rows)


def _placed(row: Mapping[str, Any], aim: Aim, others: Iterable[str]) -> Group:
    area = district_of(row["area__path"], aim.areas)
    choices: dict[Facet, list[Hashable]] = {
        Facet.TIME: [name for name in others if row[f"is_{name}"]],
        Facet.DISTRICT: [area.pk if area else None],
        Facet.FREE: [YES] if row["is_free"] else [],
        Facet.STEP_FREE: [YES] if row["is_step_free"] else [],
    }
    elsewhere = aim.wish.district is not None and area != aim.district
    missed = {
        Facet.TIME: not row["is_timely"],
        Facet.DISTRICT: elsewhere,
        Facet.FREE: aim.wish.free and not row["is_free"],
        Facet.STEP_FREE: aim.wish.step_free and not row["is_step_free"],
    }
    return _group(row, choices, missed, began=row["began"])


def _by_kind(aim: Aim, span: Span) -> Iterator[Group]:
    """Of all that is where and when it is wished for: by age, for whom, kind, mode and brand."""
    rows = in_district(in_reach(searched(aim), aim, at=span.at), aim).filter(span.time).order_by()
    kinds = rows.values(
        audiences=F("activity__audiences"),
        kind=F("activity__statistic_class"),
        brand=F("activity__programme__brand_id"),
        youngest=YOUNGEST,
        oldest=OLDEST,
        how=HOW,
    )
    families = {brand.pk: frozenset(with_those_below(brand, aim)) for brand in aim.brands}
    return (_kind(row, aim, families) for row in kinds.annotate(number=Count("pk")))


def _kind(row: Mapping[str, Any], aim: Aim, families: Mapping[int, frozenset[int]]) -> Group:
    wish, audiences, modes = aim.wish, row["audiences"] or [], _MODES.get(row["how"], ())

    def is_for(years: int) -> bool:
        return suits(years, youngest=row["youngest"], oldest=row["oldest"], audiences=audiences)

    ages = [years for years in {*range(OLDEST_CHILD + 1), *aim.ages} if is_for(years)]
    brands = [key for key, family in families.items() if row["brand"] in family]
    choices: dict[Facet, list[Hashable]] = {
        Facet.AGE: [*ages, *([MINE] if any(map(is_for, aim.own)) else [])],
        Facet.AUDIENCE: audiences,
        Facet.KIND: [row["kind"]],
        Facet.MODE: [*modes],
        Facet.BRAND: [*brands],
    }
    missed = {
        Facet.AGE: bool(aim.ages) and not any(map(is_for, aim.ages)),
        Facet.AUDIENCE: bool(wish.audience) and wish.audience not in choices[Facet.AUDIENCE],
        Facet.KIND: bool(wish.kind) and wish.kind != row["kind"],
        Facet.MODE: bool(wish.mode) and wish.mode not in modes,
        Facet.BRAND: wish.brand is not None and wish.brand not in brands,
    }
    return _group(row, choices, missed)


def _group(
    row: Mapping[str, Any],
    choices: Mapping[Facet, list[Hashable]],
    missed: Mapping[Facet, bool],
    *,
    began: int = 0,
) -> Group:
    return Group(row["number"], choices, frozenset(one for one, is_so in missed.items() if is_so), began)


def _flag(condition: Q) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())
