"""The table of venues: what an Excel file may say of them, read and written with the same columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.sheets import Cell, Column, Parse, Unreadable, choice, short_text, whole_number, yes_or_no
from kit.sheets.cells import as_text
from venues.choices import OnHolidays, VenueKind
from venues.queries.table import KnownVenue
from venues.rules.hours_text import parse_week, week_text
from venues.rules.rooms_text import equipment_words, parse_rooms, rooms_text
from venues.rules.venues import LARGEST_CROWD

# Words that people write, beside our own.
_HOLIDAYS = {
    "照常": OnHolidays.AS_USUAL,
    "照常开放": OnHolidays.AS_USUAL,
    "按周日": OnHolidays.AS_SUNDAY,
    "按星期日开放": OnHolidays.AS_SUNDAY,
    "闭馆": OnHolidays.CLOSED,
    "不开放": OnHolidays.CLOSED,
}


def columns() -> tuple[Column, ...]:
    """In the reader's language; the Chinese titles are always understood."""
    return (
        Column("number", pgettext("of a venue", "Number"), short_text(20), aliases=("编号", "馆点编号"), width=12),
        Column(
            "name",
            pgettext("of a thing", "Name"),
            short_text(60),
            required=True,
            aliases=("名称", "馆点名称"),
            width=24,
        ),
        Column("kind", _("Kind"), _kind(), aliases=("类型", "馆点类型"), width=16),
        Column("district", _("District"), short_text(40), required=True, aliases=("区", "所属区"), width=12),
        Column("street", _("Street"), short_text(40), aliases=("街道",), width=16),
        Column("address", _("Address"), short_text(120), required=True, aliases=("地址",), width=32),
        Column("directions", _("How to get there"), short_text(500), aliases=("交通指引", "交通"), width=32),
        Column("phone", _("Telephone"), short_text(40), aliases=("电话", "读者咨询电话"), width=18),
        Column(
            "capacity",
            _("People at once"),
            whole_number(1, LARGEST_CROWD),
            aliases=("可容纳人数", "容量"),
            width=12,
        ),
        *_access(),
        Column("hours", _("Opening hours"), _week, aliases=("开放时间",), width=40),
        Column("on_holidays", _("On public holidays"), _habit(), aliases=("法定节假日", "节假日"), width=16),
        Column("rooms", _("Rooms"), _rooms, aliases=("场地",), width=40),
        Column("summary", _("In one line"), short_text(120), aliases=("一句话介绍", "简介"), width=32),
        Column("is_public", _("Shown to readers"), yes_or_no, aliases=("向读者展示",), width=12),
    )


def _access() -> tuple[Column, ...]:
    return tuple(
        Column(name, title, yes_or_no, aliases=aliases, width=12)
        for name, title, aliases in (
            ("step_free", _("Step-free way in"), ("无台阶入口", "无障碍入口", "无障碍")),
            ("accessible_toilet", _("Accessible toilet"), ("无障碍卫生间",)),
            ("nursing_room", _("Nursing room"), ("母婴室",)),
            ("sign_language", _("Sign language"), ("手语服务",)),
            ("large_print", _("Large print and listening aids"), ("大字与助听设备",)),
            ("parking", _("Parking"), ("停车", "停车场")),
        )
    )


def _kind() -> Parse:
    return choice({str(kind.label): kind.value for kind in VenueKind})


def _habit() -> Parse:
    ours: Mapping[str, Any] = {str(habit.label): habit.value for habit in OnHolidays}
    return choice({**ours, **{word: habit.value for word, habit in _HOLIDAYS.items()}})


def _week(value: Cell) -> Any:
    return parse_week(_plain(value))


def _rooms(value: Cell) -> Any:
    return parse_rooms(_plain(value))


def _plain(value: Cell) -> str:
    text = as_text(value)
    if len(text) > 2000:
        raise Unreadable(_("At most %(count)s characters; here are %(found)s.") % {"count": 2000, "found": len(text)})
    return text


# --- Writing -------------------------------------------------------------------------------


def row_of(known: KnownVenue) -> dict[str, Any]:
    """A venue as one row; read again, it changes nothing."""
    venue = known.venue
    return {
        **known.values,
        "kind": str(VenueKind(venue.kind).label),
        "on_holidays": str(OnHolidays(venue.on_holidays).label),
        "hours": week_text(known.values["hours"]),
        "rooms": rooms_text(known.rooms.values()),
    }


def cell_text(name: str, value: Any) -> str:
    """A value as it would stand in the table, for a look before it is taken in."""
    if value is None or value == "":
        return ""
    if name == "hours":
        return week_text(value)
    if name == "rooms":
        return rooms_text(value)
    if name == "kind":
        return str(VenueKind(value).label)
    if name == "on_holidays":
        return str(OnHolidays(value).label)
    return as_text(value)


def example() -> dict[str, Any]:
    return {
        "number": "NJ001",
        "name": "清凉门阅读空间",
        "kind": str(VenueKind.READING_SPACE.label),
        "district": "鼓楼区",
        "street": "",
        "address": "清凉门大街 1 号",
        "directions": "地铁 7 号线清凉门站 2 号口，步行 300 米。",
        "phone": "025-0000 0000",
        "capacity": 60,
        "step_free": True,
        "accessible_toilet": True,
        "nursing_room": True,
        "sign_language": False,
        "large_print": False,
        "parking": False,
        "hours": "周二至周日 9:00-17:00；周五 9:00-20:30；周一闭馆",
        "on_holidays": str(OnHolidays.AS_USUAL.label),
        "rooms": "故事屋【二楼】30人：投影、地毯；手作间 20人",
        "summary": "临窗的绘本墙，适合 3–8 岁。",
        "is_public": True,
    }


def allowed_words(districts: Sequence[str]) -> list[tuple[str, list[str]]]:
    """For a second sheet of the template."""
    return [
        (_("Kind"), [str(kind.label) for kind in VenueKind]),
        (_("District"), list(districts)),
        (_("On public holidays"), [str(habit.label) for habit in OnHolidays]),
        (_("Equipment of rooms"), equipment_words()),
        (_("Yes or no"), [_("yes"), _("no")]),
    ]
