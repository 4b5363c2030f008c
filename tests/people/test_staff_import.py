"""A list of staff by Excel: every bad table is refused in words, and a good one is taken in whole or not at all."""

import io
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from networks.models import Area, JournalLine, inside
from networks.steps.areas import make_leaf
from notifications.models import ShownMessage
from people.choices import Role
from people.models import Appointment, Grant, Person
from people.queries.persons import person_with_phone
from tests.people.conftest import relay
from tests.venues.places import open_space

pytestmark = pytest.mark.django_db

HEADS = ("姓名", "手机号", "角色", "地点")
GOOD = ("赵一", "13900001001", "馆员", "清凉门阅读空间")


@pytest.fixture
def places(nanjing):
    with inside(nanjing), transaction.atomic():
        district, other = Area.objects.get(name="鼓楼区"), Area.objects.get(name="江宁区")
        for name in ("清凉门阅读空间", "宝船阅读空间", "山水阅读空间"):
            make_leaf(name=name, parent=district)
        make_leaf(name="山水阅读空间", parent=other)


@pytest.fixture
def admin(nanjing_cast, places):
    return nanjing_cast.client("admin")


def workbook(*rows, heads=HEADS) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in (heads, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(client, content: bytes, *, name: str = "staff.xlsx"):
    return client.post("/plan/staff/import/", {"file": SimpleUploadedFile(name, content)})


def code_of(answer) -> str:
    return answer.context["code"]


def take_in(client, content: bytes, *, name: str = "staff.xlsx"):
    answer = send(client, content, name=name)
    assert answer.status_code == 200, answer.context["parts"]
    return client.post("/plan/staff/import/confirm/", {"code": code_of(answer)})


def faults(answer) -> list[tuple[int, str]]:
    lines = [line for part in answer.context["parts"] for line in part.lines if part.fate == "refused"]
    return [(line.number, " ".join(str(reason) for reason in line.reasons)) for line in lines]


def nothing_was_written(network) -> bool:
    with inside(network):
        return not Appointment.objects.exists()


def test_a_clean_table_invites_everybody_and_gives_nothing(admin, nanjing):
    answer = take_in(admin, workbook(GOOD, ("钱二", "１３９００００１００２", "区馆馆员", "鼓楼区")))
    assert answer["Location"] == "/plan/staff/"
    relay(nanjing)
    with inside(nanjing):
        offers = list(Appointment.objects.order_by("pk").values_list("name", "role", "area__name"))
        assert offers == [("赵一", "keeper", "清凉门阅读空间"), ("钱二", "district_librarian", "鼓楼区")]
        assert not Grant.objects.filter(person__name__in=["赵一", "钱二"]).exists()
        assert person_with_phone("+8613900001001", network=nanjing).name == ""
        told = ShownMessage.objects.filter(channel="sms").count()
        lines = JournalLine.objects.filter(verb="people.role_offered").count()
    assert (told, lines) == (2, 2)


def test_what_is_there_already_is_left_and_a_new_name_changes_it(admin, nanjing):
    take_in(admin, workbook(GOOD))
    again = send(admin, workbook(GOOD))
    assert [(part.fate, part.count) for part in again.context["parts"]] == [("unchanged", 1)]
    assert code_of(again) == ""
    take_in(admin, workbook(("赵一一", *GOOD[1:])))
    with inside(nanjing):
        assert list(Appointment.objects.values_list("name", flat=True)) == ["赵一一"]


def test_a_wrong_row_stops_the_whole_table_and_every_fault_is_named(admin, nanjing):
    rows = [
        GOOD,
        ("孙三", "1390000", "馆员", "清凉门阅读空间"),
        ("李四", "13900001004", "总管", "清凉门阅读空间"),
        ("周五", "13900001005", "馆员", "火星阅读空间"),
        ("吴六", "13900001006", "馆员", "山水阅读空间"),
        ("郑七", "13900001007", "馆员", "南京市"),
        ("", "13900001008", "馆员", "清凉门阅读空间"),
        ("王八", "13900001001", "馆员", "清凉门阅读空间"),
        ("冯九", "13900001009", "体系管理员", "鼓楼区"),
    ]
    answer = send(admin, workbook(*rows))
    assert answer.status_code == 422
    found = dict(faults(answer))
    assert sorted(found) == [3, 4, 5, 6, 7, 8, 9, 10]
    for number, word in (
        (3, "手机号"),
        (4, "角色"),
        (5, "火星"),
        (6, "江宁区/山水"),
        (7, "馆点"),
        (8, "姓名"),
        (9, "2"),
    ):
        assert word in found[number], found[number]
    assert nothing_was_written(nanjing)


def test_a_place_of_a_common_name_is_told_apart_by_what_it_lies_in(admin, nanjing):
    take_in(admin, workbook(("吴六", "13900001006", "馆员", "江宁区/山水阅读空间")))
    with inside(nanjing):
        assert Appointment.objects.get().area.parent.name == "江宁区"


def test_people_of_one_name_are_two_people(admin, nanjing):
    take_in(admin, workbook(GOOD, ("赵一", "13900001002", "馆员", "宝船阅读空间")))
    with inside(nanjing):
        assert Appointment.objects.values("person").distinct().count() == 2


def merged() -> bytes:
    book = Workbook()
    for row in (HEADS, GOOD, GOOD):
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_macros() -> bytes:
    out = io.BytesIO(workbook(GOOD))
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        pytest.param(merged, "a.xlsx", "合并", id="merged"),
        pytest.param(lambda: workbook(GOOD, heads=("甲", "乙", "丙", "丁")), "a.xlsx", "缺", id="wrong-headers"),
        pytest.param(with_macros, "a.xlsm", "宏", id="macros"),
        pytest.param(lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "a.xlsx", "Excel", id="renamed-png"),
        pytest.param(workbook, "a.xlsx", "没有数据", id="empty"),
        pytest.param(lambda: b"", "a.xlsx", "Excel", id="no-bytes"),
    ],
)
def test_what_is_no_such_table_is_refused_in_words(admin, nanjing, content, name, word):
    answer = send(admin, content(), name=name)
    assert answer.status_code == 422
    assert word in str(answer.context["form"].errors), answer.context["form"].errors
    assert nothing_was_written(nanjing)


def test_a_formula_is_named_with_its_row_and_column(admin, nanjing):
    answer = send(admin, workbook(("=A1", *GOOD[1:])))
    assert (answer.status_code, len(faults(answer))) == (422, 1)
    number, words = faults(answer)[0]
    assert (number, "公式" in words, "姓名" in words) == (2, True, True)


def test_fifty_thousand_rows_are_refused_quickly(admin, nanjing):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADS)
    for number in range(50_000):
        sheet.append(("赵一", f"139{number:08d}", "馆员", "清凉门阅读空间"))
    out = io.BytesIO()
    book.save(out)
    answer = send(admin, out.getvalue())
    assert (answer.status_code, "2000" in str(answer.context["form"].errors)) == (422, True)


def test_chinese_excel_s_own_csv_is_read(admin, nanjing):
    text = "\r\n".join(",".join(row) for row in (HEADS, GOOD))
    take_in(admin, text.encode("gbk"), name="名单.csv")
    with inside(nanjing):
        assert Appointment.objects.get().name == "赵一"


def test_rows_are_pasted_with_titles_or_without(admin, nanjing):
    pasted = "\t".join(GOOD) + "\n" + "钱二\t13900001002\t馆员\t宝船阅读空间"
    answer = admin.post("/plan/staff/import/", {"pasted": pasted})
    assert [(part.fate, part.count) for part in answer.context["parts"]] == [("made", 2)]
    admin.post("/plan/staff/import/confirm/", {"code": code_of(answer)})
    with inside(nanjing):
        assert Appointment.objects.count() == 2


def test_nothing_sent_is_said_at_the_form(admin):
    answer = admin.post("/plan/staff/import/", {})
    assert (answer.status_code, "请选择文件" in answer.content.decode()) == (422, True)


def test_a_number_known_as_a_reader_looks_like_any_other(admin, nanjing, nanjing_cast):
    reader = nanjing_cast["reader"]
    answer = send(admin, workbook(("随便", "13800138010", "馆员", "清凉门阅读空间")))
    assert [(part.fate, part.count) for part in answer.context["parts"]] == [("made", 1)]
    admin.post("/plan/staff/import/confirm/", {"code": code_of(answer)})
    page = admin.get("/plan/staff/?q=随便").content.decode()
    with inside(nanjing):
        assert Person.objects.get(pk=reader.pk).name == "王芳"
    assert ("随便" in page, "王芳" in page) == (True, False)
    assert "王芳" not in admin.get(f"/plan/staff/{reader.pk}/").content.decode()
    assert f"/plan/staff/{reader.pk}/" not in admin.get("/plan/staff/?q=王芳").content.decode()


def test_an_upload_is_only_its_own_sender_s_and_only_once(admin, nanjing, nanjing_cast):
    code = code_of(send(admin, workbook(GOOD)))
    stranger = nanjing_cast.client("planner")
    stranger.post("/plan/staff/import/confirm/", {"code": code})
    assert nothing_was_written(nanjing)
    admin.post("/plan/staff/import/confirm/", {"code": code})
    admin.post("/plan/staff/import/confirm/", {"code": code})
    with inside(nanjing):
        assert Appointment.objects.count() == 1


def test_a_district_takes_in_its_own_keepers_alone(places, nanjing, nanjing_cast):
    district = nanjing_cast.client("district")
    rows = [
        ("钱二", "13900001002", "区馆馆员", "鼓楼区"),
        ("吴六", "13900001006", "馆员", "江宁区/山水阅读空间"),
        ("郑七", "13900001007", "馆员", "山水阅读空间"),
    ]
    answer = send(district, workbook(*rows))
    assert sorted(number for number, _words in faults(answer)) == [2, 3]
    take_in(district, workbook(rows[2]))
    with inside(nanjing):
        assert Appointment.objects.get().area.parent.name == "鼓楼区"


def test_the_empty_table_can_be_filled_and_sent(places, nanjing_cast):
    district = nanjing_cast.client("district")
    content = district.get("/plan/staff/import/template/").content
    book = load_workbook(io.BytesIO(content))
    assert [cell.value for cell in book.worksheets[0][1]] == list(HEADS)
    assert [cell.value for cell in book.worksheets[1]["A"]][:2] == ["角色", "馆点管理员"]
    assert send(district, content).status_code == 200


def test_two_thousand_rows_are_judged_in_three_seconds_and_taken_in(admin, nanjing, places):
    rows = [(f"人{number}", f"139{number:08d}", "馆员", "清凉门阅读空间") for number in range(2_000)]
    content = workbook(*rows)
    began = time.perf_counter()
    answer = send(admin, content)
    took = time.perf_counter() - began
    assert answer.status_code == 200
    # The promise is 3 s on an idle machine; a shared one gets some room.
    assert took < 6, took
    with CaptureQueriesContext(connection) as queries:
        admin.post("/plan/staff/import/confirm/", {"code": code_of(answer)})
    with inside(nanjing):
        assert Appointment.objects.count() == 2_000
    assert len(queries) < 60, len(queries)


@pytest.mark.parametrize("many", [1, 4])
def test_judging_costs_the_same_for_many(admin, many):
    rows = [(f"人{number}", f"1390000{number:04d}", "馆员", "清凉门阅读空间") for number in range(many)]
    content = workbook(*rows)
    send(admin, content)
    with CaptureQueriesContext(connection) as queries:
        send(admin, content)
    assert len(queries) == 11


def test_a_place_may_be_named_by_its_number(nanjing, nanjing_cast):
    open_space(nanjing, "宝船阅读空间", number="NJ-007")
    row = ("赵一", "13900001001", "馆点管理员", "nj007")
    assert take_in(nanjing_cast.client("admin"), workbook(row)).status_code == 302
    with inside(nanjing):
        assert [offer.area.name for offer in Appointment.objects.select_related("area")] == ["宝船阅读空间"]


def test_the_words_for_a_role_are_named_once_each(admin):
    told = faults(send(admin, workbook(("赵一", "13900001001", "馆长", "鼓楼区"))))[0][1]
    words = told.partition("：")[2].rstrip("。").split("、")
    assert ("馆员" in words, len(words)) == (False, len(set(Role) - {Role.OPERATOR}))
