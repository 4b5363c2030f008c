"""The gallery's lists, maps and hours, which stand on pages of staff and of venues."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

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


def lists_and_maps(request: HttpRequest) -> list[tuple[str, str, list[tuple[str, dict[str, Any]]]]]:
    """Name, part, and samples of state and values."""
    week = ["09:00–17:30"] * 4 + ["09:00–12:00，14:00–20:30"] + ["09:00–18:00"] * 2
    days = "一二三四五六日"
    rows = [(f"周{day}", "" if day == "一" else hours, day == "六") for day, hours in zip(days, week, strict=True)]
    tiles = [(name, "#", x, y, count, name == "鼓楼区") for name, x, y, count in _DISTRICTS]
    undo = Undo("#", {"id": "1"})
    return [
        (
            _("List of staff"),
            "list_table",
            [(_("normal"), {"table": _LIST.page(request, _SPACES)}), (_("empty"), {"table": _BARE.page(request, [])})],
        ),
        (
            _("Toast"),
            "toasts",
            [
                (
                    _("normal"),
                    {"csrf_token": "", "toasts": [Toast("已暂停 3 个馆点。", undo=undo), Toast("已保存。", "info")]},
                )
            ],
        ),
        (
            _("Tile map"),
            "tile_map",
            [
                (_("normal"), {"label": "南京各区", "tiles": tiles, "unit": "个"}),
                (
                    _("without places"),
                    {"label": "南京各区", "tiles": [(n, "#", 0, 0, None, c) for n, _h, _x, _y, _c, c in tiles]},
                ),
            ],
        ),
        (
            _("Opening hours"),
            "hours",
            [(_("normal"), {"title": "开放时间", "rows": rows, "note": "1月1日至3日闭馆。"})],
        ),
        (
            _("Facts about one thing"),
            "definition",
            [
                (
                    _("normal"),
                    {"facts": [("地址", "鼓楼区清凉门大街 1 号"), ("电话", "025-12345678"), ("备注", "")]},
                )
            ],
        ),
    ]
