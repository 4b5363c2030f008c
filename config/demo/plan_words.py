"""What the demo's cities do in a year: brands, programmes and activities. All of it is invented."""

from dataclasses import dataclass, field

from programmes.planning.choices import (
    Audience,
    BrandMark,
    Counts,
    FeeTitle,
    HostKind,
    Mode,
    PlaceKind,
    ProgrammeKind,
    StatisticClass,
    UnitRole,
)
from venues.choices import VenueKind

SPACES = (VenueKind.READING_SPACE,)
LIBRARIES = (VenueKind.CITY_LIBRARY, VenueKind.DISTRICT_LIBRARY)
CITY = (VenueKind.CITY_LIBRARY,)
DISTRICT = (VenueKind.DISTRICT_LIBRARY,)
BRANCHES = (VenueKind.BRANCH, VenueKind.DISTRICT_LIBRARY)

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


@dataclass(frozen=True)
class BrandPlan:
    name: str
    slogan: str
    positioning: str = ""
    audience: str = ""
    hue: int | None = None
    mark: BrandMark | str = ""
    children: tuple["BrandPlan", ...] = ()


@dataclass(frozen=True)
class Pattern:
    """When and where an activity takes place. `share` of the venues of these kinds take part; `every` week, or every
    second …; `nth`: only that one of the month; `months`: only in these; `at`: only at the venues of these names."""

    kinds: tuple[VenueKind, ...]
    weekday: int
    times: tuple[str, ...]
    share: float = 1.0
    every: int = 1
    nth: int | None = None
    months: tuple[int, ...] = tuple(range(1, 13))
    room: str = ""
    place: PlaceKind = PlaceKind.ROOM
    # An exhibition stands so many days.
    days: int = 0
    at: tuple[str, ...] = ()


@dataclass(frozen=True)
class ActivityPlan:
    title: str
    summary: str
    text: str
    patterns: tuple[Pattern, ...]
    statistic_class: StatisticClass = StatisticClass.OTHER
    audiences: tuple[Audience, ...] = (Audience.CHILDREN, Audience.FAMILIES)
    ages: tuple[int | None, int | None] = (None, None)
    capacity: int | None = 20
    minutes: int = 60
    setup: int = 15
    adult_needed: bool = False
    children_per_adult: int | None = None
    counts: Counts = Counts.CHILDREN
    slot_minutes: int | None = None
    mode: Mode = Mode.ON_SITE
    equipment: tuple[str, ...] = ()
    hosts: tuple[HostKind, ...] = ()
    own_host: bool = False
    books: int = 0
    budget: int | None = None
    local: tuple[str, ...] = ()
    # The days of a month are one course, and announced together.
    whole: bool = False


@dataclass(frozen=True)
class ProgrammePlan:
    title: str
    kind: ProgrammeKind
    brand: str
    summary: str
    activities: tuple[ActivityPlan, ...]
    department: str = "少儿活动部"
    in_charge: str = "林晓梅"
    months: tuple[int, int] = (1, 12)
    units: tuple[tuple[UnitRole, str], ...] = ()
    budget: int | None = None
    source: str = ""
    festival: bool = False


@dataclass(frozen=True)
class CityPlan:
    brands: tuple[BrandPlan, ...]
    units: dict[str, str]
    programmes: tuple[ProgrammePlan, ...]
    theme: dict[int, str] = field(default_factory=dict)
    experts: int = 0
    department: str = "少儿活动部"


FEES = {HostKind.EXPERT: FeeTitle.SENIOR, HostKind.PERFORMER: FeeTitle.OTHER}
