"""Tables as people really send them, and tables that no spreadsheet runs."""

import csv
import io
import time as clock_time
import zipfile
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from kit.refusals import Refusal, Refused
from kit.sheets import (
    Column,
    Fate,
    choice,
    csv_bytes,
    day,
    excel_bytes,
    preview,
    read,
    short_text,
    wall_time,
    whole_number,
    yes_or_no,
)
from kit.sheets.guard import guarded, unguarded

SHANGHAI = ZoneInfo("Asia/Shanghai")
COLUMNS = [
    Column("name", "名称", short_text(20), required=True, aliases=("馆点名称",)),
    Column("seats", "座位数", whole_number(1, 500), required=True),
    Column("opened_on", "开放日期", day),
    Column("opens", "开门", wall_time),
    Column("quiet", "安静区", yes_or_no),
    Column("kind", "类别", choice({"少儿阅读空间": "space", "分馆": "branch"})),
    Column("phone", "电话"),
]
TITLES = [str(column.title) for column in COLUMNS]
GOOD = ["清凉门阅读空间", 40, date(2024, 5, 1), time(9, 30), "是", "分馆", "025-84355655"]


def workbook(*rows, change=None):
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def taken(content, name="表.xlsx", columns=COLUMNS, **more):
    return read(content, name=name, columns=columns, **more)


def refused(content, name="表.xlsx", **more):
    with pytest.raises(Refused) as no:
        taken(content, name, **more)
    [refusal] = no.value.refusals
    return refusal


def faults(*row):
    [line] = taken(workbook(TITLES, list(row))).rows
    return line.faults


def test_a_good_row_is_read_by_its_types():
    sheet = taken(workbook(TITLES, GOOD))
    [row] = sheet.rows
    assert (row.number, row.faults, sheet.unknown_titles) == (2, [], ())
    assert row.values == {
        "name": "清凉门阅读空间",
        "seats": 40,
        "opened_on": date(2024, 5, 1),
        "opens": time(9, 30),
        "quiet": True,
        "kind": "branch",
        "phone": "025-84355655",
    }


def test_titles_may_stand_lower_in_any_order_under_other_names_with_columns_of_their_own():
    content = workbook(
        ["南京市馆点一览"],
        ["带 * 的必填"],
        ["备注", "座位数 *", "馆点名称"],
        ["x", "４０", "宝船阅读空间"],
        [],
        [None, 12, "书"],
    )
    sheet = taken(content)
    assert [(row.number, row.values["name"], row.values["seats"]) for row in sheet.rows] == [
        (4, "宝船阅读空间", 40),
        (6, "书", 12),
    ]
    assert sheet.unknown_titles == ("备注",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("４０", 40), (" 40 ", 40), (40.0, 40), ("1,00", 100), ("40.0", 40)],
)
def test_numbers_in_any_usual_spelling(typed, meant):
    [row] = taken(workbook(TITLES, ["甲", typed])).rows
    assert row.values["seats"] == meant


@pytest.mark.parametrize(
    "typed",
    ["2024年5月1日", "2024/5/1", "2024-05-01", "２０２４．５．１", datetime(2024, 5, 1, 8)],  # noqa: DTZ001 - Excel knows no zones
)
def test_days_in_any_usual_spelling(typed):
    [row] = taken(workbook(TITLES, ["甲", 1, typed])).rows
    assert row.values["opened_on"] == date(2024, 5, 1)


@pytest.mark.parametrize("typed", ["9:30", "09：30", "9时30分", time(9, 30)])
def test_times_in_any_usual_spelling(typed):
    [row] = taken(workbook(TITLES, ["甲", 1, None, typed])).rows
    assert row.values["opens"] == time(9, 30)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["", 40], "名称：此项必填。"),
        (["甲" * 21, 40], "名称：最多 20 个字，现在是 21 个字。"),
        (["甲", "四十"], "座位数：请填写整数。"),
        (["甲", 1.5], "座位数：请填写整数。"),
        (["甲", 0], "座位数：请填写 1 到 500 之间的数。"),
        (["甲", 1, "2024-02-30"], "开放日期：没有这一天。"),
        (["甲", 1, "春天"], "开放日期：请填写日期，如 2027-05-16。"),
        (["甲", 1, None, "25:00"], "开门：没有这个时间。"),
        (["甲", 1, None, "早上"], "开门：请填写时间，如 10:00。"),
        (["甲", 1, None, None, "也许"], "安静区：请填写“是”或“否”。"),
        (["甲", 1, None, None, None, "书店"], "类别：请填写以下之一：少儿阅读空间、分馆。"),
        (
            ["甲", 1, None, None, None, None, 13800001234138000],
            "电话：Excel 截断了这个数字，请把该列设为文本格式后重新填写。",
        ),
        (["甲", "=1+1"], "座位数：此处是公式，请粘贴为数值。"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_says_in_words_what_is_wrong(row, fault):
    assert faults(*row) == [fault]


def test_an_error_of_excel_is_said_to_be_one():
    def break_cell(sheet):
        sheet["B2"].value, sheet["B2"].data_type = "#REF!", "e"

    [row] = taken(workbook(TITLES, ["甲", 1], change=break_cell)).rows
    assert row.faults == ["座位数：Excel 在此处显示错误。"]


def test_a_long_number_in_a_text_column_stays_as_typed():
    [row] = taken(workbook(TITLES, ["甲", 1, None, None, None, None, 13800001234])).rows
    assert row.values["phone"] == "13800001234"


def test_merged_cells_in_the_data_are_refused_and_above_it_they_are_fine():
    assert refused(workbook(TITLES, GOOD, GOOD, change=lambda sheet: sheet.merge_cells("A2:A3"))).code == "merged"
    content = workbook(["一览"], TITLES, GOOD, change=lambda sheet: sheet.merge_cells("A1:G1"))
    assert len(taken(content).rows) == 1


def test_missing_columns_are_named_and_what_was_found_too():
    no = refused(workbook(["名字", "人数"], ["甲", 1]))
    assert (no.code, str(no.text), str(no.way_on)) == (
        "titles",
        "缺少以下列：名称、座位数。",
        "表中的列有：名字、人数。",
    )


def test_a_column_that_stands_there_twice_is_refused():
    assert refused(workbook(["名称", "座位数", "座位数"], ["甲", 1, 2])).code == "title_twice"


@pytest.mark.parametrize("content", [workbook(TITLES), workbook(TITLES, ["", None]), "名称,座位数\n".encode()])
def test_a_table_without_rows_is_refused(content):
    assert refused(content, "表.csv" if content[:2] != b"PK" else "表.xlsx").code == "empty"


def with_part(content, name, data=b"x"):
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(name, data)
    return out.getvalue()


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (with_part(workbook(TITLES, GOOD), "xl/vbaProject.bin"), "表.xlsm", "macros"),
        (with_part(workbook(TITLES, GOOD), "xl/vbaProject.bin"), "表.xlsx", "macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "表.xls", "old_or_locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "表.xlsx", "old_or_locked"),
        (b"\x89PNG\r\n\x1a\n" + bytes(600), "表.csv", "not_a_table"),
        (b"%PDF-1.7 not a table", "表.xlsx", "not_a_table"),
        ("名称,座位数\n甲,1".encode(), "表.xlsx", "not_a_table"),
        (zipped(a="b"), "表.xlsx", "not_a_table"),
        (b"PK\x03\x04" + bytes(100), "表.xlsx", "broken"),
        (zipped(**{"xl/workbook.xml": "<x/>"}), "表.xlsx", "broken"),
        (bytes(20 * 1024 * 1024 + 1), "表.xlsx", "too_big"),
        ('名称,座位数\n"甲,1'.encode(), "表.csv", "broken"),
    ],
    ids=[
        "macros",
        "macros-renamed",
        "old",
        "locked",
        "a-picture",
        "a-pdf",
        "text-renamed",
        "a-zip",
        "torn",
        "hollow",
        "big",
        "quote",
    ],
)
def test_what_is_no_such_table_is_refused_in_words(content, name, code):
    no = refused(content, name)
    assert no.code == code
    assert no.text


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_unread():
    content = zipped(**{"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": b"0" * (401 * 1024 * 1024)})
    assert len(content) < 1024 * 1024
    began = clock_time.perf_counter()
    assert refused(content).code == "too_big"
    assert clock_time.perf_counter() - began < 1


def test_fifty_thousand_rows_are_answered_by_counting():
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(TITLES[:2])
    for number in range(50_000):
        sheet.append([f"馆点{number}", number])
    out = io.BytesIO()
    book.save(out)
    began = clock_time.perf_counter()
    no = refused(out.getvalue())
    took = clock_time.perf_counter() - began
    assert (no.code, "50001" in str(no.text)) == ("too_many_rows", True)
    assert took < 3


def test_empty_rows_that_are_only_coloured_do_not_count():
    rows = b"".join(b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (number, number) for number in range(3, 60_000))
    content = workbook(TITLES, GOOD)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</sheetData>", rows + b"</sheetData>")
            new.writestr(part, data)
    assert len(taken(out.getvalue()).rows) == 1


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"],
    ids=["utf-8", "with-mark", "gbk", "gb18030", "utf-16"],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
def test_csv_in_the_encodings_that_people_have(encoding, delimiter):
    text = f"名称{delimiter}座位数\r\n清凉门阅读空间{delimiter}４０\r\n"
    [row] = taken(text.encode(encoding), "表.csv").rows
    assert (row.number, row.values["name"], row.values["seats"]) == (2, "清凉门阅读空间", 40)


def test_csv_with_too_many_rows_is_refused():
    assert refused(b"a,b\n" * 6000, "表.csv").code == "too_many_rows"


def names(sheet):
    return [row.values["name"] for row in sheet.rows]


def test_the_preview_tells_every_row_s_fate():
    sheet = taken(
        workbook(TITLES[:2], ["新", 1], ["改", 2], ["同", 3], ["新", 4], ["不许", 5], ["坏", "五"]),
    )
    there = {"改": {"name": "改", "seats": 9}, "同": {"name": "同", "seats": 3}}
    found = preview(
        sheet,
        key=lambda values: values["name"],
        known=lambda row: there.get(row.values["name"]),
        against=lambda row: [Refusal("no", "这一行不许。")] if row.values["name"] == "不许" else [],
    )
    assert [
        (verdict.row.number, verdict.fate, [str(reason) for reason in verdict.reasons]) for verdict in found.verdicts
    ] == [
        (2, Fate.MADE, []),
        (3, Fate.CHANGED, []),
        (4, Fate.UNCHANGED, []),
        (5, Fate.REFUSED, ["与第 2 行重复。"]),
        (6, Fate.REFUSED, ["这一行不许。"]),
        (7, Fate.REFUSED, ["座位数：请填写整数。"]),
    ]
    assert found.verdicts[1].changes == {"seats": 2}
    assert (found.counts, found.is_clean, found.has_work) == (
        {Fate.MADE: 1, Fate.CHANGED: 1, Fate.UNCHANGED: 1, Fate.REFUSED: 3},
        False,
        True,
    )
    assert [verdict.row.values["name"] for verdict in found.of(Fate.MADE)] == ["新"]


OUT = [
    Column("name", "名称", width=30),
    Column("seats", "座位数"),
    Column("at", "时间"),
    Column("on", "日期"),
    Column("yes", "开放", take=lambda row: row["yes"]),
]
ROW = {
    "name": "=1+1",
    "seats": -5,
    "at": datetime(2027, 5, 16, 2, 0, 30, tzinfo=UTC),
    "on": date(2027, 5, 16),
    "yes": True,
}


def test_excel_keeps_types_widths_and_a_fixed_head_and_text_stays_text():
    content = excel_bytes([ROW], columns=OUT, title="馆点/一览", zone=SHANGHAI)
    sheet = load_workbook(io.BytesIO(content)).active
    assert (sheet.title, sheet.freeze_panes, sheet.column_dimensions["A"].width) == ("馆点 一览", "A2", 30)
    assert [cell.value for cell in sheet[1]] == ["名称", "座位数", "时间", "日期", "开放"]
    assert all(cell.font.bold for cell in sheet[1])
    name, seats, at, on, opened = sheet[2]
    assert (name.value, name.data_type, name.quotePrefix) == ("=1+1", "s", True)
    assert (seats.value, at.value, at.number_format) == (-5, datetime(2027, 5, 16, 10, 0, 30), "yyyy-mm-dd hh:mm")  # noqa: DTZ001
    assert (on.value, on.number_format, opened.value) == (datetime(2027, 5, 16), "yyyy-mm-dd", "是")  # noqa: DTZ001


def test_csv_has_its_mark_and_its_guard_and_the_reader_s_clock():
    content = csv_bytes([ROW], columns=OUT, zone=SHANGHAI)
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) == [
        ["名称", "座位数", "时间", "日期", "开放"],
        ["'=1+1", "-5", "2027-05-16 10:00", "2027-05-16", "是"],
    ]


RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@given(st.text())
def test_no_guarded_text_begins_like_a_formula_and_every_text_comes_back(text):
    safe = guarded(text)
    assert not safe.lstrip(" \n\x0b\x0c").startswith(RISKY)
    assert unguarded(safe) == text


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    lambda text: "".join(text.split()) != ""
)
PLAIN = [Column("name", "名称", parse=str, required=True), Column("more", "更多", parse=str)]


@given(
    st.lists(
        st.tuples(texts, texts | st.sampled_from(["=cmd|' /C calc'!A0", "'=1", "''-", "a\nb", 'say "so"'])),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_is_read_again(rows):
    wanted = [{"name": name, "more": more} for name, more in rows]
    for content, name in (
        (csv_bytes(wanted, columns=PLAIN, zone=SHANGHAI), "表.csv"),
        (excel_bytes(wanted, columns=PLAIN, title="表", zone=SHANGHAI), "表.xlsx"),
    ):
        assert [row.values for row in read(content, name=name, columns=PLAIN).rows] == wanted
