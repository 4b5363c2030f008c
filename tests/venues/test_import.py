"""Venues from Excel: every row's fate, bad files, and the same list back."""

import io
import re
from time import perf_counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from kit.sheets import Unreadable
from networks.models import JournalLine, inside
from venues.choices import Equipment, OnHolidays, VenueKind
from venues.models import Room, Venue
from venues.queries.hours import week_of
from venues.rules.hours_text import week_text
from venues.rules.rooms_text import RoomLine, parse_rooms, rooms_text

TITLES = ["编号", "名称", "类型", "区", "街道", "地址", "可容纳人数", "无台阶入口", "开放时间", "场地"]
GOOD = [
    "NJ001",
    "清凉门阅读空间",
    "少儿阅读空间",
    "鼓楼区",
    "",
    "清凉门大街 1 号",
    60,
    "是",
    "周二至周日 9:00-17:00；周一闭馆",
    "故事屋【二楼】30人：投影",
]


def book(*rows, titles=TITLES, merge=""):
    made = Workbook()
    sheet = made.active
    sheet.append(titles)
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def row(**changes):
    return [changes.get(title, value) for title, value in zip(TITLES, GOOD, strict=True)]


def send(client, content, name="馆点.xlsx"):
    return client.post("/plan/venues/import/", {"file": SimpleUploadedFile(name, content)})


def code_of(answer):
    return answer.context["code"]


def take(client, content, name="馆点.xlsx"):
    looked = send(client, content, name)
    assert looked.status_code == 200, told(looked)
    return client.post("/plan/venues/import/confirm/", {"code": code_of(looked)})


def parts(answer):
    telling = answer.context.get("telling")
    return telling.parts if telling else []


def told(answer):
    """What the page says of each row that cannot be taken, or of the table as a whole."""
    refused = [line for part in parts(answer) if part.fate == "refused" for line in part.lines]
    whole = [str(error) for errors in answer.context["form"].errors.values() for error in errors]
    return [(line.number, list(line.words)) for line in refused] or whole + answer.context["refusals"]


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast.client("planner")


@pytest.mark.django_db
class TestTaking:
    def test_a_table_is_looked_at_then_taken(self, planner, nanjing):
        content = book(GOOD, row(编号="NJ002", 名称="江宁阅读空间", 区="江宁区"))
        looked = send(planner, content)
        assert (looked.status_code, looked.context["telling"].counts[0][1]) == (200, 2)
        with inside(nanjing):
            assert Venue.objects.count() == 0
        answer = planner.post("/plan/venues/import/confirm/", {"code": code_of(looked)})
        assert (answer.status_code, answer["Location"]) == (302, "/plan/venues/")
        with inside(nanjing):
            venue = Venue.objects.select_related("area__parent").get(number="NJ001")
            assert (venue.name, venue.area.name, venue.area.parent.name) == ("清凉门阅读空间",) * 2 + ("鼓楼区",)
            assert venue.area.path == f"{venue.area.parent.path}{venue.area_id}/"
            assert (venue.step_free, venue.capacity) == (True, 60)
            assert week_text(week_of(venue)) == "周二至周日 9:00-17:00；周一闭馆"
            assert list(Room.objects.filter(venue=venue).values_list("name", "floor", "capacity", "equipment")) == [
                ("故事屋", "二楼", 30, ["projector"])
            ]
            line = JournalLine.objects.get(verb="venues.imported")
            assert line.values == {"made": 2, "changed": 0}

    def test_the_list_taken_out_changes_nothing_when_taken_in(self, planner, nanjing, open_one):
        open_one(number="NJ001")
        open_one("半夜书房", number="NJ002", kind=VenueKind.ALWAYS_OPEN, on_holidays=OnHolidays.CLOSED)
        planner.post("/plan/exports/new/", {"list": "venues.venues", "query": "", "purpose": "核对", "days": "1"})
        page = planner.get("/plan/exports/").content.decode()
        (code,) = set(re.findall(r"/plan/exports/(\w{16})/", page))
        content = b"".join(planner.get(f"/plan/exports/{code}/").streaming_content)
        looked = send(planner, content)
        assert [count for _label, count, _state in looked.context["telling"].counts] == [0, 0, 2, 0], told(looked)

    def test_known_venues_are_changed_by_number_else_by_name(self, planner, nanjing, open_one):
        open_one("清凉门阅读空间", number="NJ001")
        open_one("宝船阅读空间")
        content = book(
            row(名称="清凉门童书馆", 可容纳人数=80),
            row(编号="", 名称="宝船阅读空间", 区="江宁区", 开放时间="", 场地="故事屋 40人；手作间 20人"),
        )
        looked = send(planner, content)
        lines = next(part for part in parts(looked) if part.fate == "changed").lines
        assert "名称：清凉门阅读空间 → 清凉门童书馆" in lines[0].words
        assert "区：鼓楼区 → 江宁区" in lines[1].words
        assert planner.post("/plan/venues/import/confirm/", {"code": code_of(looked)}).status_code == 302
        with inside(nanjing):
            renamed, moved = Venue.objects.select_related("area__parent").order_by("pk")
            assert (renamed.name, renamed.area.name, renamed.capacity) == ("清凉门童书馆", "清凉门童书馆", 80)
            assert moved.area.parent.name == "江宁区"
            assert moved.area.path == f"{moved.area.parent.path}{moved.area_id}/"
            assert week_text(week_of(moved)) == "周二至周日 9:00-17:00；周一闭馆"
            assert dict(Room.objects.filter(venue=moved).values_list("name", "capacity")) == {
                "故事屋": 40,
                "手作间": 20,
            }

    def test_gbk_and_full_width_digits(self, planner, nanjing):
        text = "编号,名称,区,地址,可容纳人数,开放时间\r\nＮＪ００１,清凉门阅读空间,鼓楼区,清凉门大街１号,６０,周二 ９：００－１７：００\r\n"
        assert take(planner, text.encode("gb18030"), "馆点.csv").status_code == 302
        with inside(nanjing):
            venue = Venue.objects.get()
            assert (venue.number, venue.capacity, venue.address) == ("NJ001", 60, "清凉门大街1号")

    def test_one_bad_row_stops_all(self, planner, nanjing):
        answer = send(planner, book(GOOD, row(编号="NJ002", 名称="二", 区="鼓搂区")))
        assert (answer.status_code, code_of(answer)) == (422, "")
        assert answer.context["telling"].counts[3][1] == 1

    def test_a_yes_comes_too_late_when_something_changed(self, planner, nanjing, open_one):
        looked = send(planner, book(GOOD))
        open_one("清凉门阅读空间", number="NJ009")
        answer = planner.post("/plan/venues/import/confirm/", {"code": code_of(looked)})
        assert answer.status_code == 422
        assert told(answer) == [(2, ["这个名称的馆点编号是 NJ009。请改正编号，或在馆点页面上修改。"])]
        with inside(nanjing):
            assert Venue.objects.count() == 1

    def test_another_persons_table_is_not_there(self, planner, nanjing_cast):
        looked = send(planner, book(GOOD))
        answer = nanjing_cast.client("admin").post("/plan/venues/import/confirm/", {"code": code_of(looked)})
        assert answer.status_code == 422
        assert answer.context["refusals"] == ["这次上传已超过半小时，已自动清除。没有写入任何内容，请重新上传表格。"]

    def test_a_district_takes_in_its_own_only(self, nanjing_cast, nanjing, open_one):
        open_one("江宁阅读空间", district="江宁区", number="NJ002")
        answer = send(
            nanjing_cast.client("district"),
            book(GOOD, row(编号="NJ002", 名称="江宁阅读空间"), row(编号="NJ003", 名称="三", 区="江宁区")),
        )
        assert told(answer) == [
            (3, ["这个馆点不在您负责的区域内。"]),
            (4, ["“江宁区”不在您负责的区域内。"]),
        ]

    def test_the_template_can_be_filled_and_sent(self, planner, nanjing):
        content = planner.get("/plan/venues/import/template/").content
        assert len(load_workbook(io.BytesIO(content)).worksheets) == 2
        looked = send(planner, content)
        assert (looked.status_code, looked.context["telling"].counts[0][1]) == (200, 1), told(looked)


BAD_ROWS = {
    "no name": (row(名称=""), None),
    "unknown kind": (row(类型="书店"), None),
    "no such district": (row(区="鼓搂区"), None),
    "no such street": (row(街道="无名街道"), "鼓楼区没有叫“无名街道”的街道。"),
    "room larger than its venue": (
        row(可容纳人数=20),
        "“故事屋”可容纳 30 人，而整个馆点只能容纳 20 人。请改正其中一个数字。",
    ),
    "hours overlap": (
        row(开放时间="周二 9:00-12:00、11:00-17:00"),
        "开放时间：星期二的 9:00–12:00 与 11:00–17:00 有重叠。请合并成一段，或让前一段早些结束。",
    ),
    "hours past midnight without a word": (row(开放时间="周二 20:00-2:00"), None),
    "a formula": (row(可容纳人数="=30+30"), None),
    "not a number": (row(可容纳人数="六十"), None),
    "neither yes nor no": (row(无台阶入口="也许"), None),
    "unknown equipment": (row(场地="故事屋 30人：火箭"), None),
    "a room twice": (row(场地="故事屋 30人；故事屋 20人"), "场地：场地“故事屋”写了两次。"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("bad", "reason"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_cell_is_told_with_its_row(planner, nanjing, bad, reason):
    answer = send(planner, book(bad))
    [(number, words)] = told(answer)
    assert (answer.status_code, number) == (422, 2)
    assert words == [reason] if reason else words
    with inside(nanjing):
        assert Venue.objects.count() == 0


@pytest.mark.django_db
def test_duplicates_in_the_table_and_against_the_list(planner, open_one):
    open_one("宝船阅读空间", number="NJ005")
    answer = send(
        planner,
        book(
            GOOD,
            row(编号="NJ002"),
            row(名称="另一处"),
            row(编号="NJ004", 名称="宝船阅读空间"),
            row(编号="NJ005", 名称="三", 场地=""),
            row(编号="", 名称="宝船阅读空间", 场地=""),
        ),
    )
    assert told(answer) == [
        (3, ["与第 2 行名称相同。"]),
        (4, ["与第 2 行编号相同。"]),
        (5, ["这个名称的馆点编号是 NJ005。请改正编号，或在馆点页面上修改。"]),
        (6, ["与第 5 行是同一个馆点。"]),
        (7, ["与第 5 行是同一个馆点。", "与第 5 行名称相同。"]),
    ]


@pytest.mark.django_db
class TestBadFiles:
    def refused(self, client, content, name="馆点.xlsx"):
        answer = send(client, content, name)
        assert answer.status_code == 422
        return " ".join(told(answer))

    def test_merged_cells(self, planner):
        assert "合并" in self.refused(planner, book(GOOD, GOOD, merge="D2:D3"))

    def test_wrong_headers(self, planner):
        assert "名称" in self.refused(planner, book(["a", "b"], titles=["书名", "作者"]))

    def test_a_renamed_picture(self, planner):
        assert "Excel" in self.refused(planner, b"\x89PNG\r\n\x1a\n" + bytes(100))

    def test_fifty_thousand_rows_are_refused_quickly(self, planner):
        text = "编号,名称,区,地址\r\n" + "NJ1,一,鼓楼区,路\r\n" * 50_000
        assert "50001" in self.refused(planner, text.encode(), "馆点.csv")

    def test_nothing_sent(self, planner):
        assert planner.post("/plan/venues/import/").status_code == 422


@pytest.mark.django_db
def test_a_look_costs_the_same_for_any_number_of_rows(planner, nanjing, open_one):
    for number in range(4):
        open_one(f"空间{number}", number=f"NJ{number:03}")
    rows = [row(编号=f"NJ{number:03}", 名称=f"空间{number}", 可容纳人数=90) for number in range(4)]
    planner.get("/plan/venues/import/")
    counts = []
    for some in (rows[:1], rows):
        content = book(*some)
        with CaptureQueriesContext(connection) as queries:
            assert send(planner, content).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_rooms_in_words_and_back():
    lines = parse_rooms("故事屋【二楼】30人：投影、地毯；手作间 20 人\n201 15")
    assert lines == [
        RoomLine("故事屋", 30, "二楼", ("projector", "carpet")),
        RoomLine("手作间", 20),
        RoomLine("201", 15),
    ]
    assert rooms_text(lines) == "故事屋【二楼】30人：投影、可坐地毯；手作间 20人；201 15人"


@pytest.mark.parametrize("text", ["故事屋", "30人", "故事屋 0人", "故事屋 30人：火箭", f"{'长' * 41} 30人"])
def test_rooms_that_cannot_be_read(text):
    with pytest.raises(Unreadable):
        parse_rooms(text)


names = st.text(alphabet="故事屋手作间二层东（A）201 -", min_size=1, max_size=12).map(str.strip).filter(bool)
rooms = st.builds(
    RoomLine,
    names,
    st.integers(1, 99_999),
    st.text(alphabet="一二三楼层 B1", max_size=6).map(str.strip),
    st.sets(st.sampled_from(Equipment.values), max_size=4).map(
        lambda found: tuple(one.value for one in Equipment if one.value in found)
    ),
)


@given(st.lists(rooms, max_size=4, unique_by=lambda room: room.name))
def test_written_rooms_read_the_same(found):
    assert parse_rooms(rooms_text(found)) == found


@pytest.mark.django_db
def test_two_thousand_rows_are_looked_at_in_three_seconds_or_so(planner, nanjing):
    """A guard against something quadratic; the budget of 3 s is measured by hand, on a quiet machine."""
    content = book(*(row(编号=f"N{number}", 名称=f"空间{number}") for number in range(2000)))
    began = perf_counter()
    assert send(planner, content).context["telling"].counts[0][1] == 2000
    assert perf_counter() - began < 15
