"""Lists leave the service with a purpose and an end, and hold no more than the list shows."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from openpyxl import load_workbook

from kit import clock
from networks.listeners import remove_expired_exports
from networks.models import Area, Export, JournalLine, inside
from networks.steps.areas import make_leaf
from people.choices import Role
from people.models import Grant
from people.steps.grants import end_role
from tests.browsers import browser, staff

pytestmark = pytest.mark.django_db

WISH = {"list": "people.staff", "query": "", "purpose": "十二月馆员培训", "days": "7"}


@pytest.fixture
def librarian(nanjing):
    with inside(nanjing), transaction.atomic():
        for district in ("鼓楼区", "江宁区"):
            make_leaf(name=f"{district}阅读空间", parent=Area.objects.get(name=district))
    staff(nanjing, "13900000071", Role.KEEPER, area="鼓楼区阅读空间", name="陈静")
    staff(nanjing, "13900000072", Role.KEEPER, area="江宁区阅读空间", name="罗兰")
    return staff(nanjing, "13900000073", Role.DISTRICT_LIBRARIAN, area="鼓楼区", name="周敏")


def made(network) -> Export:
    with inside(network):
        return Export.objects.latest("pk")


def lines_of(content: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(content)).worksheets[0].values)


def test_a_list_is_taken_out_with_its_purpose_in_the_first_line(nanjing, librarian):
    desk = browser(librarian)
    assert desk.post("/plan/exports/new/", WISH)["Location"] == "/plan/exports/"
    export = made(nanjing)
    answer = desk.get(f"/plan/exports/{export.code}/")
    first, heads, *rows = lines_of(b"".join(answer.streaming_content))
    for word in ("金陵图书馆", "十二月馆员培训", "周敏", "到期销毁"):
        assert word in first[0]
    assert heads[:3] == ("姓名", "手机号", "角色")
    assert sorted(row[0] for row in rows) == ["周敏", "陈静"]
    assert {row[1] for row in rows} == {"139****0071", "139****0073"}
    export.refresh_from_db()
    assert (export.rows, export.taken) == (2, 1)
    with inside(nanjing):
        lines = list(JournalLine.objects.filter(subject_kind="networks.export").order_by("pk"))
    assert [line.verb for line in lines] == ["networks.export_made", "networks.export_fetched"]
    assert (lines[0].reason, lines[0].values) == ("十二月馆员培训", {"list_key": "people.staff", "rows": 2, "days": 7})


def test_the_file_has_the_filters_of_the_list(nanjing, librarian):
    admin = browser(staff(nanjing, "13900000074", Role.NETWORK_ADMIN, name="许文静"))
    with inside(nanjing):
        area = Area.objects.get(name="江宁区").pk
    admin.post("/plan/exports/new/", WISH | {"query": f"role=keeper&area={area}"})
    answer = admin.get(f"/plan/exports/{made(nanjing).code}/")
    assert [row[0] for row in lines_of(b"".join(answer.streaming_content))[2:]] == ["罗兰"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"purpose": ""}, 422),
        ({"purpose": "   "}, 422),
        ({"days": "0"}, 422),
        ({"days": "31"}, 422),
        ({"list": "people.nothing"}, 404),
    ],
)
def test_without_purpose_or_end_there_is_no_file(nanjing, librarian, change, status):
    assert browser(librarian).post("/plan/exports/new/", WISH | change).status_code == status
    with inside(nanjing):
        assert not Export.objects.exists()


def test_only_its_maker_fetches_it_and_only_while_she_may_see_the_list(nanjing, librarian):
    desk = browser(librarian)
    desk.post("/plan/exports/new/", WISH)
    export = made(nanjing)
    address = f"/plan/exports/{export.code}/"
    admin = browser(staff(nanjing, "13900000074", Role.NETWORK_ADMIN, name="许文静"))
    assert export.purpose in admin.get("/plan/exports/").content.decode()
    assert admin.get(address).status_code == 403
    with inside(nanjing), transaction.atomic():
        end_role(grant=Grant.objects.get(person=librarian), by=None, at=clock.now())
    assert desk.get(address).status_code == 403


def test_a_file_is_destroyed_by_hand_or_when_its_days_are_over(nanjing, librarian):
    desk = browser(librarian)
    for _turn in range(2):
        desk.post("/plan/exports/new/", WISH)
    with inside(nanjing):
        first, second = Export.objects.order_by("pk")
    storage, name = first.file.storage, first.file.name
    desk.post(f"/plan/exports/{first.code}/remove/")
    assert desk.get(f"/plan/exports/{first.code}/").status_code == 404
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert browser(librarian).get(f"/plan/exports/{second.code}/").status_code == 404
        remove_expired_exports()
    with inside(nanjing):
        assert not Export.objects.filter(removed_at=None).exists()
        assert list(Export.objects.values_list("file", "query")) == [("", ""), ("", "")]
        assert JournalLine.objects.filter(verb="networks.export_removed").count() == 2
    assert storage.exists(name)  # a test never commits; the file goes with the commit


def test_the_page_costs_the_same_for_many(nanjing, librarian, django_assert_num_queries):
    desk = browser(librarian)
    desk.post("/plan/exports/new/", WISH)
    desk.get("/plan/exports/")
    with django_assert_num_queries(9):
        desk.get("/plan/exports/")
    for _turn in range(3):
        desk.post("/plan/exports/new/", WISH)
    desk.get("/plan/exports/")
    with django_assert_num_queries(9):
        desk.get("/plan/exports/")
