"""Lists of staff: all of their state stands in the address, and only what is declared can be asked for."""

import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from kit.tables import BulkAction, Cell, Column, Empty, Filter, ListTable, RowAction
from networks.choices import AreaKind
from networks.models import Area, inside

pytestmark = pytest.mark.django_db


def make(**change) -> ListTable:
    parts = {
        "key": "test.areas",
        "title": "区域",
        "columns": (
            Column("name", "名称", lambda area: Cell(area.name, href=f"/a/{area.pk}/"), sort=("name",), fixed=True),
            Column("kind", "类别", lambda area: area.get_kind_display(), sort=("kind", "name")),
            Column("code", "代码", lambda area: area.code, shown=False),
        ),
        "filters": (
            Filter("kind", "类别", AreaKind.choices, lambda rows, value: rows.filter(kind=value)),
            Filter("since", "起始", apply=lambda rows, value: rows.filter(place__gte=value.day), kind="date"),
        ),
        "search": lambda rows, words: rows.filter(name__contains=words),
        "sort": "name",
        "bulk": (BulkAction("type", "换字号", "kit:type"),),
        "size": 25,
    }
    return ListTable(**parts | change)


@pytest.fixture
def ask(nanjing, rf: RequestFactory):
    """ask("?q=…"): the list as that address shows it. Nanjing has one city, three districts and a zone."""

    def run(address: str = "", table: ListTable | None = None, rows=None):
        table = table or make()
        page = table.page(rf.get(f"/plan/areas/{address}"), Area.objects.all() if rows is None else rows)
        page.lines  # noqa: B018 - read while the scope is open
        return page

    with inside(nanjing):
        yield run


def names(page) -> list[str]:
    return [line.cells[0][1].text for line in page.lines]


def asked(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def test_a_list_stands_as_it_is_declared(ask):
    page = ask()
    assert names(page) == sorted(names(page))
    assert [column.name for column in page.columns] == ["name", "kind"]
    assert (page.count, page.pills, page.is_narrowed, page.query) == (5, [], False, "")


def test_search_filter_sort_and_columns_come_from_the_address_and_go_into_every_way(ask):
    page = ask("?q=区&kind=district&sort=-name&columns=code&size=50&area=7")
    assert names(page) == sorted(["鼓楼区", "玄武区", "江宁区"], reverse=True)
    assert [column.name for column in page.columns] == ["name", "code"]
    state = {"q": "区", "kind": "district", "sort": "-name", "columns": "name,code", "size": "50", "area": "7"}
    assert asked(f"?{page.query}") == state
    assert asked(page.clear) == {key: state[key] for key in ("sort", "columns", "size", "area")}
    assert [(pill.label, asked(pill.address)) for pill in page.pills] == [
        ("类别：区", {key: value for key, value in state.items() if key != "kind"})
    ]


@pytest.mark.parametrize(
    "address",
    [
        "?sort=password",
        "?sort=network__code",
        "?sort=-person__phone",
        "?kind=galaxy",
        "?kind__startswith=d",
        "?name=鼓楼区",
        "?columns=secret",
        "?since=yesterday",
        "?since=2027-02-31",
        "?size=9999",
        "?page=0",
        "?page=-4",
        "?page=99999999999999999999",
        "?size=²",
    ],
)
def test_what_is_not_declared_changes_nothing(ask, address):
    page = ask(address)
    assert (names(page), page.query, [column.name for column in page.columns]) == (names(ask()), "", ["name", "kind"])


def test_a_typed_filter_gets_a_date(ask):
    seen = []
    table = make(filters=(Filter("since", "起始", apply=lambda rows, value: seen.append(value) or rows, kind="date"),))
    page = ask("?since=2027-05-16", table)
    assert seen == [date(2027, 5, 16)]
    assert [pill.label for pill in page.pills] == ["起始：2027-05-16"]


def test_boxes_of_a_form_and_an_address_choose_the_same_columns(ask):
    assert ask("?columns=kind&columns=code").state.columns == ask("?columns=kind,code").state.columns


def test_a_head_turns_its_order_and_says_so(ask):
    head = ask().heads[0]
    assert (head.sorted_as, asked(head.address)) == ("ascending", {"sort": "-name"})
    turned = ask("?sort=-name").heads[0]
    assert (turned.sorted_as, asked(turned.address)) == ("descending", {})
    assert [head.address for head in ask("?columns=code").heads][1] == ""


def test_pages_are_counted_and_a_number_too_high_is_the_last(ask, nanjing):
    root = Area.objects.get(parent=None)
    for number in range(60):
        Area.objects.create(parent=root, kind=AreaKind.STREET, name=f"街道{number:02}", path="/x/")
    page = ask("?kind=street&page=9")
    assert (page.number, page.first, page.last, page.count) == (3, 51, 60, 60)
    assert asked(page.before) == {"kind": "street", "page": "2"}
    assert page.after == ""
    assert asked(ask("?kind=street&page=2").pills[0].address) == {}


def test_a_list_of_objects_is_sorted_and_searched_like_rows(ask):
    table = make(
        filters=(),
        search=lambda rows, words: [row for row in rows if words in row.name],
        columns=(Column("name", "名称", lambda area: area.name, sort=("name",)),),
    )
    page = ask("?q=区&sort=-name", table, rows=list(Area.objects.filter(kind="district")))
    assert names(page) == sorted(["鼓楼区", "玄武区", "江宁区"], reverse=True)


def test_nothing_at_all_and_nothing_that_matches_are_told_apart(ask):
    bare = ask("", make(empty=Empty("还没有", "添加第一个。", "添加", "people:plan")), rows=Area.objects.none())
    assert "添加第一个。" in draw(bare)
    assert 'href="/plan/"' in draw(bare)
    none = ask("?q=不存在")
    assert (bare.is_bare, none.is_bare) == (True, False)
    assert "清除筛选" in draw(none)


class TestBulk:
    def post(self, rf, **data):
        return rf.post("/plan/areas/many/", data)

    def test_ticked_rows_are_those_that_this_person_may_touch(self, ask, rf):
        mine = Area.objects.filter(kind="district")
        other = Area.objects.get(kind="zone")
        wanted = [*mine.values_list("pk", flat=True)[:2], other.pk]
        found = make().chosen(self.post(rf, chosen=[*map(str, wanted), "x", "1 OR 1"]), mine)
        assert sorted(found.values_list("pk", flat=True)) == sorted(wanted[:2])

    def test_all_that_match_are_found_again_from_the_query(self, ask, rf):
        request = self.post(rf, all="1", query="kind=district&q=鼓&page=3")
        assert [area.name for area in make().chosen(request, Area.objects.all())] == ["鼓楼区"]

    def test_nothing_ticked_is_nothing(self, ask, rf):
        assert list(make().chosen(self.post(rf), Area.objects.all())) == []


def draw(page) -> str:
    return render_to_string("kit/parts/list_table.html", {"table": page})


def test_the_page_ties_boxes_to_the_bulk_form_and_says_its_order(ask):
    html = draw(ask())
    assert html.count('name="chosen"') == 5
    assert html.count('form="list-bulk"') == 5
    assert 'formaction="/look/type/"' in html
    assert 'aria-sort="ascending"' in html
    assert html.count("<script") == 0


def test_what_people_typed_is_never_markup(ask):
    html = draw(ask("?q=<b>x</b>&kind=district"))
    assert "<b>" not in html
    assert re.search(r"&lt;b&gt;x&lt;/b&gt;", html)


def test_a_row_has_buttons_of_its_own(ask):
    action = RowAction("再发", "/plan/x/", {"id": "3"}, ask="原因")
    table = make(columns=(Column("name", "名称", lambda area: Cell(area.name, actions=(action,))),), sort="")
    html = draw(ask("", table))
    assert html.count('action="/plan/x/"') == 5
    assert html.count('name="reason"') == 5
    assert html.count("csrfmiddlewaretoken") == 6


def test_the_export_waits_until_its_page_is_built(ask, monkeypatch):
    monkeypatch.setattr("kit.tables.page.EXPORT", "nobody:knows")
    assert ask("", make(export=True)).export_address == ""
    monkeypatch.setattr("kit.tables.page.EXPORT", "kit:type")
    assert ask("", make(export=lambda _request: False)).export_address == ""
    page = ask("?q=区", make(export=True))
    assert page.export_address == "/look/type/"
    assert 'name="query" value="q=%E5%8C%BA"' in draw(page)
    assert 'name="list" value="test.areas"' in draw(page)


@pytest.mark.parametrize("how_many", [1, 4])
def test_a_list_costs_two_statements(ask, how_many, django_assert_num_queries):
    root = Area.objects.get(parent=None)
    for number in range(how_many):
        Area.objects.create(parent=root, kind=AreaKind.STREET, name=f"街道{number}", path="/x/")
    with django_assert_num_queries(2):
        draw(ask("?q=街道"))
