"""The gallery's lists, maps and hours, which stand on pages of staff and of venues."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kit.finder import Pill
from kit.sheets import Fate, Preview, Row, TellingLine, Verdict, telling
from kit.tables import BulkAction, Cell, Column, Empty, Filter, ListTable, RowAction
from kit.toasts import Toast, Undo

_DISTRICTS = (
    ("六合区", 3, 1, 8),
    ("浦口区", 1, 2, 9),
    ("江北新区", 2, 2, 12),
    ("栖霞区", 4, 2, 9),
    ("鼓楼区", 2, 3, 12),
    ("玄武区", 3, 3, 11),
    ("建邺区", 2, 4, 10),
    ("秦淮区", 3, 4, 12),
    ("江宁区", 3, 5, 14),
    ("雨花台区", 2, 5, 9),
    ("溧水区", 3, 6, 7),
    ("高淳区", 3, 7, 6),
)


@dataclass(frozen=True)
class _Space:
    pk: int
    name: str
    district: str
    places: int
    state: str


_SPACES = [
    _Space(1, "鼓楼·清凉门阅读空间", "鼓楼区", 24, "open"),
    _Space(2, "江北新区·浦口区桥林街道石碛河社区图书馆少儿阅读空间（原桥林文化站二楼东侧）", "江北新区", 120, "few"),
    _Space(3, "玄武·钟灵街阅读空间", "玄武区", 30, "cancelled"),
    _Space(4, "秦淮·夫子庙阅读空间", "秦淮区", 18, "full"),
]
_STATES = {"open": "开放", "few": "部分开放", "cancelled": "暂停", "full": "已满"}

_LIST = ListTable(
    key="gallery",
    title="阅读空间",
    columns=(
        Column("name", "空间", lambda row: Cell(row.name, href="#", soft=row.district), sort=("name",), fixed=True),
        Column("district", "区", lambda row: row.district, sort=("district",)),
        Column("places", "座位", lambda row: row.places, sort=("places",), number=True),
        Column("state", "状态", lambda row: Cell(_STATES[row.state], state=row.state)),
        Column("what", "处理", lambda _row: Cell(actions=(RowAction("再发一次", "#", icon="undo"),)), shown=False),
    ),
    filters=(
        Filter(
            "district",
            "区",
            [(name, name) for name, *_place in _DISTRICTS],
            lambda rows, value: [row for row in rows if row.district == value],
        ),
        Filter("since", "起始日期", kind="date"),
    ),
    search=lambda rows, words: [row for row in rows if words in row.name],
    sort="name",
    bulk=(BulkAction("type", "暂停开放", "kit:type", icon="pause"),),
)
_BARE = ListTable(
    key="gallery-bare",
    title="阅读空间",
    columns=(Column("name", "空间", lambda row: row.name),),
    empty=Empty("还没有馆点", "添加第一个馆点，或从 Excel 导入。"),
)


Samples = list[tuple[str, dict[str, Any]]]


def lists_and_maps(request: HttpRequest) -> list[tuple[str, str, Samples]]:
    """Name, part, and samples of state and values."""
    full, bare = _LIST.page(request, _SPACES), _BARE.page(request, [])
    facts = [("地址", "鼓楼区清凉门大街 1 号"), ("电话", "025-12345678"), ("备注", "")]
    return [
        (_("List of staff"), "list_table", [(_("normal"), {"table": full}), (_("empty"), {"table": bare})]),
        (_("Toast"), "toasts", [(_("normal"), {"csrf_token": "", "toasts": _toasts()})]),
        (_("Tile map"), "tile_map", _maps()),
        (_("Search"), "search", _searches()),
        (_("Ways to narrow down"), "pills", _pills()),
        (_("Opening hours"), "hours", _hours()),
        (_("Table sent in"), "preview", _previews()),
        (_("Facts about one thing"), "definition", [(_("normal"), {"facts": facts})]),
    ]


def _toasts() -> list[Toast]:
    return [Toast("已暂停 3 个馆点。", undo=Undo("#", {"id": "1"})), Toast("已保存。", "info")]


def _maps() -> Samples:
    placed = [(name, "#", x, y, count, name == "鼓楼区") for name, x, y, count in _DISTRICTS]
    in_a_row = [(name, "#", 0, 0, None, name == "鼓楼区") for name, *_rest in _DISTRICTS]
    return [
        (_("normal"), {"label": "南京各区", "tiles": placed, "unit": "个"}),
        (_("without places"), {"label": "南京各区", "tiles": in_a_row}),
    ]


def _searches() -> Samples:
    values = {"action": "#", "label": "名称、道路或区", "words": "", "carried": []}
    return [(_("normal"), values)]


def _pills() -> Samples:
    pills = [
        Pill("now", "现在开放", "#", "clock"),
        Pill("sunday", "周日开放", "#", "calendar", is_on=True),
        Pill("long", "少年儿童和陪同的家长、祖父母", "#"),
    ]
    return [(_("normal"), {"label": "筛选", "pills": pills})]


def _hours() -> Samples:
    week = ["", *["09:00–17:30"] * 3, "09:00–12:00，14:00–20:30", *["09:00–18:00"] * 2]
    rows = [(f"周{day}", hours, day == "六") for day, hours in zip("一二三四五六日", week, strict=True)]
    return [(_("normal"), {"title": "开放时间", "rows": rows, "note": "1月1日至3日闭馆。"})]


def _previews() -> Samples:
    good, bad = (
        Row(5, {"name": "绘本故事会"}),
        Row(6, {"name": "小钟子"}, faults=["没有活动“小钟子”。是不是：小种子？"]),
    )
    mixed = Preview(
        (Verdict(bad, Fate.REFUSED, tuple(bad.faults)), Verdict(good, Fate.MADE), Verdict(good, Fate.CHANGED))
    )
    clean = Preview((Verdict(good, Fate.MADE),))
    shown = {"name": "计划.xlsx", "action": "#", "csrf_token": ""}
    return [
        (_("normal"), {**shown, "telling": telling(clean, line=_told_line), "code": "gallery", "unknown": ""}),
        (_("with a mistake"), {**shown, "telling": telling(mixed, line=_told_line), "code": "", "unknown": "备注"}),
    ]


def _told_line(verdict: Verdict) -> TellingLine:
    warned = ("清凉门阅读空间这段时间不全开放。",) if verdict.fate == Fate.MADE else ()
    words = verdict.reasons or ("2027-05-15 · 10:00 · 清凉门阅读空间",)
    return TellingLine(verdict.row.number, str(verdict.row.values["name"]), words, warned)
