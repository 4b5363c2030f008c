"""Every venue of a demo city, worked out from its lists: the same at every start."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from types import ModuleType

from config.demo import places_nanjing, places_shenzhen, weeks
from config.demo.maps import STATIONS
from config.demo.weeks import Week
from venues.choices import Equipment, OnHolidays, VenueKind
from venues.steps.venues import RoomPlan

LISTS: dict[str, ModuleType] = {"nanjing": places_nanjing, "shenzhen": places_shenzhen}
PREFIX = {"nanjing": "NJ", "shenzhen": "SZ"}
DIALLING = {"nanjing": "025", "shenzhen": "0755"}

SUMMARIES = (
    "绘本放在孩子够得着的地方，地上可以坐着看书。",
    "周末有故事会，平时安安静静地看书。",
    "靠窗一排小书桌，放学后来写完作业再走。",
    "0–3 岁有单独的一角，推车可以推进来。",
    "院子里有一棵大树，天气好的时候在树下读书。",
    "楼上是绘本，楼下是手作桌，墨水和彩纸管够。",
    "藏着三千多本中外绘本，每月换一次主题书架。",
    "爷爷奶奶也有大字本可读，椅子有扶手。",
)
LIBRARY_SUMMARY = "少儿借阅区在一层，读者证全城通用，可以就近还书。"
ROUND_THE_CLOCK_SUMMARY = "刷读者证进门，灯一直亮着。"


@dataclass(frozen=True)
class Place:
    number: str
    kind: VenueKind
    name: str
    district: str
    street: str
    address: str
    directions: str
    phone: str
    summary: str
    capacity: int
    week: Week
    rooms: tuple[RoomPlan, ...]
    on_holidays: OnHolidays
    facts: frozenset[str]
    # Why it was closed for good.
    gone: str = ""

    @property
    def slug(self) -> str:
        return self.number.lower()

    @property
    def is_public(self) -> bool:
        """What stands inside a hospital is for those who wait there."""
        return "候诊" not in self.name


def places(code: str) -> list[Place]:
    """Numbered in the order of the lists, the reading spaces first."""
    chance = Random(f"venues of {code}")  # noqa: S311 - sample data, the same each time
    return [_place(code, number, line, chance) for number, line in enumerate(_lines(LISTS[code]), start=1)]


@dataclass(frozen=True)
class Line:
    kind: VenueKind
    district: str
    words: str
    gone: str = ""


def _lines(lists: ModuleType) -> Iterator[Line]:
    for district, text in lists.READING_SPACES.items():
        for words in text.strip().splitlines():
            yield Line(VenueKind.READING_SPACE, district, words)
    yield Line(VenueKind.CITY_LIBRARY, *lists.CITY_LIBRARY)
    for kind, of_district in (
        (VenueKind.DISTRICT_LIBRARY, lists.DISTRICT_LIBRARIES),
        (VenueKind.BRANCH, lists.BRANCHES),
        (VenueKind.ALWAYS_OPEN, lists.ALWAYS_OPEN),
        (VenueKind.SCENIC, lists.SCENIC),
        (VenueKind.PARTNER, lists.PARTNERS),
    ):
        for district, words in of_district.items():
            yield Line(kind, district, words)
    for district, (words, reason) in lists.GONE.items():
        yield Line(VenueKind.READING_SPACE, district, words, reason)


def _place(code: str, number: int, line: Line, chance: Random) -> Place:
    kind, district = line.kind, line.district
    name, road, street = _parts(line.words)
    capacity = _capacity(kind, chance)
    return Place(
        number=f"{PREFIX[code]}{number:03}",
        kind=kind,
        name=name,
        district=district,
        street=street,
        address=f"{district}{road} {chance.randint(2, 298)} 号",
        directions=_directions(district, road, chance),
        phone=f"{DIALLING[code]}-0000 {number:04}",
        summary=_summary(kind, number),
        capacity=capacity,
        week=_week(kind, name, number),
        rooms=_rooms(kind, capacity, chance),
        on_holidays=chance.choice([*[OnHolidays.AS_USUAL] * 4, *[OnHolidays.AS_SUNDAY] * 3, OnHolidays.CLOSED]),
        facts=_facts(kind, chance),
        gone=line.gone,
    )


def _parts(text: str) -> tuple[str, str, str]:
    """A name may hold spaces; what ends in 街道 is a street, and the road stands before it."""
    words = text.split()
    street = words.pop() if words[-1].endswith("街道") else ""
    road = words.pop()
    return " ".join(words), road, street


def _capacity(kind: VenueKind, chance: Random) -> int:
    smallest, largest = {
        VenueKind.CITY_LIBRARY: (1200, 1200),
        VenueKind.DISTRICT_LIBRARY: (300, 600),
        VenueKind.BRANCH: (80, 160),
        VenueKind.ALWAYS_OPEN: (16, 30),
        VenueKind.SCENIC: (12, 24),
        VenueKind.PARTNER: (10, 20),
    }.get(kind, (24, 80))
    return chance.randrange(smallest, largest + 1, 2)


def _summary(kind: VenueKind, number: int) -> str:
    if kind in {VenueKind.CITY_LIBRARY, VenueKind.DISTRICT_LIBRARY, VenueKind.BRANCH}:
        return LIBRARY_SUMMARY
    return ROUND_THE_CLOCK_SUMMARY if kind == VenueKind.ALWAYS_OPEN else SUMMARIES[number % len(SUMMARIES)]


def _directions(district: str, road: str, chance: Random) -> str:
    stations = STATIONS.get(district, ())
    if not stations:
        return f"公交 {chance.randint(601, 699)} 路 {road}站 下车，往前走约 {chance.randint(2, 6)} 分钟。"
    station, door, minutes = chance.choice(stations), chance.randint(1, 6), chance.randint(4, 15)
    ways = ("门口有无障碍坡道。", "推车走东侧平路，不用上台阶。", "入口在街的背面，跟着木牌走。", "骑车可以停在门前。")
    return f"地铁 {station} {door} 号口出，步行约 {minutes} 分钟。{chance.choice(ways)}"


# Its keeper plays in the tutorial: whatever day that is, something is on there.
ALWAYS_ON = "清凉门阅读空间"


def _week(kind: VenueKind, name: str, number: int) -> Week:
    if "夜航船" in name:
        return weeks.NIGHT
    if name == ALWAYS_ON:
        return weeks.EVERY_DAY
    if "候诊" in name:
        return weeks.WAITING_ROOM
    return {
        VenueKind.CITY_LIBRARY: weeks.CITY,
        VenueKind.DISTRICT_LIBRARY: weeks.LIBRARY,
        VenueKind.BRANCH: weeks.BRANCH,
        VenueKind.ALWAYS_OPEN: weeks.ROUND_THE_CLOCK,
        VenueKind.SCENIC: weeks.SCENIC,
    }.get(kind, weeks.SPACES[number % len(weeks.SPACES)])


def _rooms(kind: VenueKind, capacity: int, chance: Random) -> tuple[RoomPlan, ...]:
    """None holds more than the venue does."""
    if kind in {VenueKind.ALWAYS_OPEN, VenueKind.SCENIC}:
        return (_room("阅览区", capacity, ""),)
    if kind == VenueKind.CITY_LIBRARY:
        return (
            _room("少儿报告厅", 280, "1 层", Equipment.STAGE, Equipment.SOUND, Equipment.SCREEN, Equipment.LIVE),
            _room("故事屋", 40, "1 层", Equipment.CARPET, Equipment.SOUND),
            _room("手作教室", 30, "2 层", Equipment.TABLES, Equipment.SINK, Equipment.PROJECTOR),
        )
    rooms = [_room("故事角", max(8, capacity // 2), "1 层", Equipment.CARPET, Equipment.SOUND)]
    if capacity >= 36:
        rooms.append(_room("手作间", max(8, capacity // 3), "1 层", Equipment.TABLES, Equipment.SINK))
    if capacity >= 60 and chance.random() < 0.7:
        rooms.append(_room("小剧场", capacity * 2 // 3, "2 层", Equipment.STAGE, Equipment.PROJECTOR))
    return tuple(rooms)


def _room(name: str, capacity: int, floor: str, *equipment: Equipment) -> RoomPlan:
    return RoomPlan(name, capacity, floor, tuple(str(thing) for thing in equipment))


LIKELY = {
    "step_free": 0.66,
    "accessible_toilet": 0.45,
    "nursing_room": 0.4,
    "sign_language": 0.08,
    "large_print": 0.3,
    "parking": 0.35,
}
BIG = frozenset({"step_free", "accessible_toilet", "nursing_room", "large_print", "parking"})


def _facts(kind: VenueKind, chance: Random) -> frozenset[str]:
    found = frozenset(fact for fact, likely in LIKELY.items() if chance.random() < likely)
    if kind in {VenueKind.CITY_LIBRARY, VenueKind.DISTRICT_LIBRARY}:
        return found | BIG | ({"sign_language"} if kind == VenueKind.CITY_LIBRARY else frozenset())
    return found
