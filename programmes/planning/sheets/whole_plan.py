"""The whole plan as a table: written and read with the same columns, and a template that explains itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.dates import is_near
from kit.refusals import Text
from kit.sheets import (
    Cell,
    Column,
    Parse,
    Unreadable,
    choice,
    day,
    excel_bytes,
    short_text,
    wall_time,
    whole_number,
)
from kit.sheets.cells import as_text
from programmes.planning.choices import PlaceKind
from programmes.planning.rules.plan_rows import hosts_typed

# Words that people write, beside our own.
_KINDS = {
    "场地": PlaceKind.ROOM,
    "馆内": PlaceKind.ROOM,
    "馆点": PlaceKind.VENUE,
    "集合点": PlaceKind.MEETING_POINT,
    "户外": PlaceKind.MEETING_POINT,
    "合作点": PlaceKind.PARTNER,
    "合作单位": PlaceKind.PARTNER,
    "线上": PlaceKind.STREAM,
    "直播": PlaceKind.STREAM,
}


def columns() -> tuple[Column, ...]:
    """In the reader's language; the Chinese titles are always understood."""
    return (*_what(), *_where(), *_when(), *_who(), *_shown())


def _what() -> tuple[Column, ...]:
    return (
        Column("code", pgettext("of a session", "Number"), short_text(12), aliases=("编号", "场次编号"), width=12),
        Column("season", _("Season"), _year, aliases=("年度", "年份"), width=8),
        Column("programme", _("Programme"), short_text(60), aliases=("项目",), width=18),
        Column("activity", _("Activity"), short_text(60), required=True, aliases=("活动", "活动名称"), width=22),
    )


def _where() -> tuple[Column, ...]:
    return (
        Column("number", _("Venue's number"), short_text(20), aliases=("馆点编号",), width=12),
        Column("venue", _("Venue"), short_text(60), aliases=("馆点", "馆点名称"), width=22),
        Column("room", pgettext("of a venue", "Room"), short_text(40), aliases=("场地", "房间"), width=14),
        Column("kind", _("Kind of place"), _kind(), aliases=("地点类型",), width=14),
        Column("place_name", _("Meeting point or place"), short_text(60), aliases=("集合点/场所", "场所"), width=20),
        Column("address", _("Address"), short_text(120), aliases=("地址",), width=24),
        Column("district", _("District"), short_text(40), aliases=("区", "所属区"), width=10),
        Column("safety_notice", _("Safety notice"), short_text(60), aliases=("安全告知书",), width=16),
    )


def _when() -> tuple[Column, ...]:
    return (
        Column("day", _("Date"), _near_day, required=True, aliases=("日期",), width=12),
        Column("weekday", _("Weekday"), aliases=("星期",), width=8),
        Column("starts", pgettext("a time", "From"), wall_time, required=True, aliases=("开始", "开始时间"), width=8),
        Column("ends", pgettext("a time", "Until"), wall_time, aliases=("结束", "结束时间"), width=8),
        Column("last_day", _("Last day, if another"), _near_day, aliases=("结束日期",), width=12),
    )


def _who() -> tuple[Column, ...]:
    return (
        Column("hosts", pgettext("of a session", "Hosts"), _hosts, aliases=("主讲人", "主讲"), width=16),
        Column("title", _("Title"), short_text(60), aliases=("标题", "场次标题"), width=22),
        Column("capacity", _("Places"), whole_number(1, 100_000), aliases=("名额", "人数"), width=8),
        Column("in_charge", _("In charge"), short_text(40), aliases=("负责人",), width=10),
        Column("phone", _("Telephone"), short_text(40), aliases=("电话", "联系电话"), width=16),
        Column("notice", _("A word to readers"), short_text(200), aliases=("给读者的话", "提示"), width=24),
    )


def _shown() -> tuple[Column, ...]:
    return (
        Column("audience", _("Audience"), aliases=("对象",), width=16),
        Column("age", _("Age"), aliases=("年龄",), width=12),
        Column("state", _("State"), aliases=("状态",), width=10),
    )


def _near_day(value: Cell) -> date:
    found = day(value)
    if not is_near(found):
        raise Unreadable(_("This year is too far away."))
    return found


def _year(value: Cell) -> int:
    """ "2027", or "2027年度"."""
    digits = as_text(value)[:4]
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        raise Unreadable(_("A year is wanted, such as 2027."))
    return int(digits)


def _kind() -> Parse:
    return choice({**{str(kind.label): kind.value for kind in PlaceKind}, **{w: k.value for w, k in _KINDS.items()}})


def _hosts(value: Cell) -> list[str]:
    text = as_text(value)
    if len(text) > 200:
        raise Unreadable(_("At most %(count)s characters; here are %(found)s.") % {"count": 200, "found": len(text)})
    return hosts_typed(text)


# --- Writing -------------------------------------------------------------------------------


def plan_excel(rows: Iterable[dict[str, Any]], *, title: str, zone: ZoneInfo) -> bytes:
    return excel_bytes(rows, columns=columns(), title=title, zone=zone)


def template_excel(*, words: Mapping[str, Sequence[str]], example: Mapping[str, Any], zone: ZoneInfo) -> bytes:
    """An example to be deleted, what each column means, and the words that some of them take."""
    known = columns()
    titles = {column.name: str(column.title) for column in known}
    told = [
        (_("Column"), list(titles.values())),
        (_("What it means"), [str(text) for text in meanings()]),
        *((titles[name], found) for name, found in words.items()),
    ]
    above = [_("One row for each session; delete the example. What the columns mean stands on the second sheet.")]
    row = {name: example.get(name, "") for name in titles}
    return excel_bytes([row], columns=known, title=_("The plan"), zone=zone, above=above, words=told)


def meanings() -> list[Text]:
    """In the order of the columns."""
    found: dict[str, Text] = {
        "code": _("Leave it empty for a new session. A known number changes that session."),
        "season": _("The year of the season; empty, the one in which the date lies."),
        "programme": _("Needed only where several programmes have an activity of this name."),
        "activity": _("As it is called in the plan. Activities are not made here."),
        "number": _("The venue's number counts before its name."),
        "venue": _("In full, if there is no number."),
        "room": _("May be left out where a venue has one room."),
        "kind": _("Empty, it is a room of the venue."),
        "place_name": _("For meeting points and partners' places."),
        "address": _("For meeting points and partners' places."),
        "district": _("Where a place outside lies; empty, the programme's area."),
        "safety_notice": _("Its title; every meeting point has one."),
        "day": _("Such as 2027-05-15."),
        "weekday": _("Found out from the date; a mistake is pointed out."),
        "starts": _("Such as 10:00."),
        "ends": _("Empty: as long as the activity lasts."),
        "last_day": _("Only if it ends on another day, such as an exhibition."),
        "hosts": _("Their names, with 、 between them. Empty: nobody yet."),
        "title": _("Only if this session is called otherwise than its activity."),
        "capacity": _("Only if it differs from the activity's."),
        "in_charge": _("Only if it differs from the activity's."),
        "phone": _("Only if it differs from the activity's."),
        "notice": _("Shown to readers beside this session."),
    }
    return [found.get(column.name, _("Only shown; not read.")) for column in columns()]
