"""Staff look after venues: the list, one venue, its rooms and pictures, by the right that each has."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from PIL import Image

from kit.navigation import search
from kit.refusals import Refused
from networks.models import Area, JournalLine, inside
from networks.registers import area_guards, journal_words
from people.choices import Role
from people.models import Grant
from people.steps.grants import give_role
from venues.commands.venues import add_venue
from venues.models import Room, Venue, VenuePicture
from venues.queries.waiting import without_keeper

ROOT = Path(__file__).resolve().parents[2]


def text(answer):
    return answer.content.decode()


def names(answer):
    return [str(line.cells[0][1].text) for line in answer.context["table"].lines]


@pytest.fixture
def venue(open_one):
    return open_one("清凉门阅读空间", number="NJ001", slug="qlm", step_free=True)


@pytest.mark.django_db
class TestList:
    def test_each_sees_her_own(self, nanjing_cast, venue, open_one):
        open_one("江宁阅读空间", district="江宁区")
        for part, seen in (
            ("planner", {"清凉门阅读空间", "江宁阅读空间"}),
            ("district", {"清凉门阅读空间"}),
            ("other_district", {"江宁阅读空间"}),
        ):
            assert set(names(nanjing_cast.client(part).get("/plan/venues/"))) == seen

    def test_filters_and_search(self, nanjing_cast, nanjing, venue, open_one):
        open_one("江宁阅读空间", district="江宁区", phone="025-1")
        client = nanjing_cast.client("planner")
        with inside(nanjing):
            here = Area.objects.get(name="鼓楼区").pk
        for query, seen in (
            (f"district={here}", ["清凉门阅读空间"]),
            ("access=step_free", ["清凉门阅读空间"]),
            ("kind=branch", []),
            ("q=025-1", ["江宁阅读空间"]),
            ("q=nj001", ["清凉门阅读空间"]),
            ("kept=no", ["清凉门阅读空间", "江宁阅读空间"]),
            ("now=gone", []),
            ("day=0", []),
            ("day=6", ["清凉门阅读空间", "江宁阅读空间"]),
        ):
            assert names(client.get(f"/plan/venues/?{query}")) == seen, query

    def test_a_keeper_of_the_street_keeps_all_in_it(self, nanjing, nanjing_cast, venue, open_one):
        open_one("江宁阅读空间", district="江宁区")
        keeper = nanjing_cast["reader"]
        with inside(nanjing), transaction.atomic():
            give_role(person=keeper, role=Role.KEEPER, area=Area.objects.get(name="鼓楼区"))
            assert list(without_keeper(["/"]).values_list("name", flat=True)) == ["江宁阅读空间"]
        assert names(nanjing_cast.client("planner").get("/plan/venues/?kept=no")) == ["江宁阅读空间"]

    def test_constant_queries(self, nanjing_cast, open_one):
        client = nanjing_cast.client("planner")
        counts = []
        for number in range(4):
            open_one(f"空间{number}")
            client.get("/plan/venues/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/plan/venues/")
            counts.append(len(queries))
        assert counts[0] == counts[3]
        assert counts[0] <= 20


@pytest.mark.django_db
class TestDetails:
    def test_a_keeper_changes_what_readers_see_and_not_the_name(self, nanjing, nanjing_cast, venue):
        client = nanjing_cast.client("keeper")
        page = text(client.get("/plan/venues/qlm/details/"))
        assert 'name="address"' in page
        assert 'name="name"' not in page
        answer = client.post(
            "/plan/venues/qlm/details/",
            {"address": "新地址 2 号", "capacity": "60", "name": "另一个名字", "number": "X"},
        )
        assert answer.status_code == 302
        with inside(nanjing):
            row = Venue.objects.get(pk=venue.pk)
            assert (row.address, row.name, row.number, row.step_free) == (
                "新地址 2 号",
                "清凉门阅读空间",
                "NJ001",
                False,
            )
            line = JournalLine.objects.get(verb="venues.changed")
            assert line.actor_id == nanjing_cast["keeper"].pk
            assert line.values["address"] == ["清凉门大街 1 号", "新地址 2 号"]

    def wish(self, nanjing, **changes):
        with inside(nanjing):
            parent = Area.objects.get(name=changes.pop("district", "鼓楼区")).pk
        return {
            "name": "清凉门阅读空间",
            "number": "NJ001",
            "kind": "reading_space",
            "parent": str(parent),
            "address": "清凉门大街 1 号",
            "is_public": "on",
            **changes,
        }

    def test_another_district_takes_the_leaf_along(self, nanjing, nanjing_cast, venue):
        answer = nanjing_cast.client("planner").post(
            "/plan/venues/qlm/details/", self.wish(nanjing, district="江宁区", name="搬走的空间")
        )
        assert answer.status_code == 302
        with inside(nanjing):
            leaf = Area.objects.select_related("parent").get(pk=venue.area_id)
            assert (leaf.name, leaf.parent.name) == ("搬走的空间", "江宁区")
            assert leaf.path == f"{leaf.parent.path}{leaf.pk}/"
        assert nanjing_cast.client("district").get("/plan/venues/qlm/").status_code == 403
        assert nanjing_cast.client("other_district").get("/plan/venues/qlm/").status_code == 200

    def test_a_district_does_not_give_away_to_another(self, nanjing, nanjing_cast, venue):
        answer = nanjing_cast.client("district").post(
            "/plan/venues/qlm/details/", self.wish(nanjing, district="江宁区")
        )
        assert answer.status_code == 422

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"name": "宝船阅读空间"}, "已经有一个叫“宝船阅读空间”的馆点。"),
            ({"number": "NJ002"}, "编号 NJ002 属于另一个馆点。"),
            ({"capacity": "20"}, "“故事屋”可容纳 30 人，而整个馆点只能容纳 20 人。"),
            ({"capacity": "-5"}, "请填写不小于 1 的数。"),
            ({"kind": "castle"}, "请从列表中选择。"),
        ],
    )
    def test_what_cannot_be(self, nanjing, nanjing_cast, venue, open_one, *, changes, told):
        open_one("宝船阅读空间", number="NJ002")
        answer = nanjing_cast.client("planner").post("/plan/venues/qlm/details/", self.wish(nanjing, **changes))
        assert answer.status_code == 422
        assert told in text(answer)

    def test_added_by_a_planner(self, nanjing, nanjing_cast):
        answer = nanjing_cast.client("planner").post(
            "/plan/venues/add/", self.wish(nanjing, name="新空间", number="", step_free="on")
        )
        with inside(nanjing):
            made = Venue.objects.select_related("area__parent").get()
        assert (answer.status_code, answer["Location"]) == (302, f"/plan/venues/{made.slug}/hours/")
        assert (made.name, made.area.parent.name, made.step_free) == ("新空间", "鼓楼区", True)

    def test_two_of_one_name_are_refused(self, nanjing, nanjing_cast, venue):
        answer = nanjing_cast.client("planner").post("/plan/venues/add/", self.wish(nanjing, number=""))
        assert answer.status_code == 422


@pytest.mark.django_db
class TestClosingForGood:
    def test_closed_and_opened_again(self, nanjing, nanjing_cast, venue):
        client = nanjing_cast.client("planner")
        assert client.post("/plan/venues/qlm/close/", {"reason": ""}).status_code == 422
        assert client.post("/plan/venues/qlm/close/", {"reason": "并入区馆"}).status_code == 302
        page = text(client.get("/plan/venues/qlm/"))
        assert "起已关停" in page
        assert "并入区馆" in page
        with inside(nanjing):
            assert Area.objects.get(pk=venue.area_id).closed_at is not None
        assert client.post("/plan/venues/qlm/details/", {"address": "x"}).status_code == 422
        assert client.post("/plan/venues/qlm/open-again/").status_code == 302
        with inside(nanjing):
            assert (Venue.objects.get().closed_at, Area.objects.get(pk=venue.area_id).closed_at) == (None, None)

    def test_its_name_is_taken_in_its_district_and_free_elsewhere(self, nanjing, nanjing_cast, venue):
        client = nanjing_cast.client("planner")
        client.post("/plan/venues/qlm/close/", {"reason": "并入区馆"})
        with inside(nanjing):
            values = {"name": "清凉门阅读空间", "address": "新址"}
            with pytest.raises(Refused) as no:
                add_venue(parent=Area.objects.get(name="鼓楼区"), values=values, by=nanjing_cast["planner"])
            assert no.value.codes == ("name_taken_below",)
            add_venue(parent=Area.objects.get(name="江宁区"), values=values, by=nanjing_cast["planner"])
        client.post("/plan/venues/qlm/open-again/")
        with inside(nanjing):
            assert Venue.objects.get(pk=venue.pk).closed_at is not None

    def test_an_area_with_open_venues_does_not_close(self, nanjing, venue):
        with inside(nanjing):
            codes = {refusal.code for refusal in area_guards.against_closing(Area.objects.get(name="鼓楼区"))}
            assert "venues_hang_on_it" in codes
            empty = {refusal.code for refusal in area_guards.against_closing(Area.objects.get(name="玄武区"))}
            assert "venues_hang_on_it" not in empty


@pytest.mark.django_db
class TestRooms:
    def post(self, client, path, **values):
        return client.post(f"/plan/venues/qlm/rooms/{path}", {"name": "手作间", "capacity": "20", **values})

    def test_added_changed_and_put_out_of_use(self, nanjing, nanjing_cast, venue):
        client = nanjing_cast.client("keeper")
        assert self.post(client, "add/", equipment=["sink", "tables"]).status_code == 302
        with inside(nanjing):
            room = Room.objects.get(name="手作间")
        assert self.post(client, f"{room.pk}/", name="大手作间", capacity="25").status_code == 302
        assert client.post(f"/plan/venues/qlm/rooms/{room.pk}/close/").status_code == 302
        with inside(nanjing):
            room.refresh_from_db()
            assert (room.name, room.capacity, room.closed_at is None) == ("大手作间", 25, False)
        client.post(f"/plan/venues/qlm/rooms/{room.pk}/again/")
        with inside(nanjing):
            assert Room.objects.get(pk=room.pk).closed_at is None

    @pytest.mark.parametrize(
        ("values", "told"),
        [
            ({"capacity": "61"}, "“手作间”可容纳 61 人，而整个馆点只能容纳 60 人。"),
            ({"name": "故事屋"}, "这个馆点已经有一个叫“故事屋”的场地。"),
            ({"name": "东；西"}, "场地名称中不能有这些符号"),
            ({"capacity": "0"}, ""),
        ],
    )
    def test_what_cannot_be(self, nanjing_cast, venue, values, told):
        answer = self.post(nanjing_cast.client("keeper"), "add/", **values)
        assert answer.status_code == 422
        assert told in text(answer)

    def test_a_room_of_another_venue_is_not_there(self, nanjing, nanjing_cast, venue, open_one):
        other = open_one("宝船阅读空间", slug="bc")
        with inside(nanjing):
            room = Room.objects.get(venue=other)
        assert nanjing_cast.client("keeper").get(f"/plan/venues/qlm/rooms/{room.pk}/").status_code == 404


def picture(size=(800, 600), form="JPEG", exif=True):
    made = Image.new("RGB", size, "olive")
    out = io.BytesIO()
    tags = Image.Exif()
    tags[0x010F] = "Camera"
    tags[0x0112] = 6
    made.save(out, form, **({"exif": tags} if exif else {}))
    return out.getvalue()


@pytest.mark.django_db
class TestPictures:
    def send(self, client, content, **values):
        file = SimpleUploadedFile("p.jpg", content, "image/jpeg")
        wish = {"image": file, "description": "窗边的绘本墙", "no_faces": "on", **values}
        return client.post("/plan/venues/qlm/pictures/", wish)

    def test_kept_upright_and_without_a_trace_of_the_camera(self, nanjing, nanjing_cast, venue):
        assert self.send(nanjing_cast.client("keeper"), picture()).status_code == 302
        with inside(nanjing):
            row = VenuePicture.objects.get()
        with row.image.open() as file, Image.open(file) as kept:
            assert (kept.format, kept.size, dict(kept.getexif())) == ("WEBP", (600, 800), {})

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"not a picture", "这不是 JPEG、PNG 或 WebP 图片"),
            (picture(form="GIF", exif=False), "这不是 JPEG、PNG 或 WebP 图片"),
            (picture()[:900], "这不是 JPEG、PNG 或 WebP 图片"),
            (picture(size=(200, 200)), "小于 320 像素"),
            (picture(form="PNG", size=(14000, 13000), exif=False), "超过了 6000 万像素"),
        ],
        ids=["text", "gif", "cut off", "tiny", "vast"],
    )
    def test_what_is_no_picture(self, nanjing_cast, nanjing, venue, content, told):
        answer = self.send(nanjing_cast.client("keeper"), content)
        assert answer.status_code == 422
        assert told in text(answer)
        with inside(nanjing):
            assert VenuePicture.objects.count() == 0

    def test_described_and_nobody_in_it(self, nanjing_cast, venue):
        client = nanjing_cast.client("keeper")
        assert self.send(client, picture(), description="").status_code == 422
        assert self.send(client, picture(), no_faces="").status_code == 422

    def test_order_removal_and_its_undoing(self, nanjing, nanjing_cast, venue):
        client = nanjing_cast.client("keeper")
        self.send(client, picture(), description="一")
        self.send(client, picture(), description="二")
        with inside(nanjing):
            second = VenuePicture.objects.get(description="二")
        client.post(f"/plan/venues/qlm/pictures/{second.pk}/forward/")
        with inside(nanjing):
            assert [row.description for row in VenuePicture.objects.order_by("place")] == ["二", "一"]
        client.post(f"/plan/venues/qlm/pictures/{second.pk}/remove/")
        assert "二" not in [one.description for one in client.get("/plan/venues/qlm/").context["venue"].all_pictures]
        client.post(f"/plan/venues/qlm/pictures/{second.pk}/back/")
        assert "二" in [one.description for one in client.get("/plan/venues/qlm/").context["venue"].all_pictures]


@pytest.mark.django_db
def test_one_page_costs_the_same_with_one_room_and_with_four(nanjing, nanjing_cast, venue):
    client = nanjing_cast.client("keeper")
    counts = []
    for number in range(4):
        with inside(nanjing):
            Room.objects.create(venue=venue, name=f"室{number}", capacity=5)
        client.get("/plan/venues/qlm/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/plan/venues/qlm/")
        counts.append(len(queries))
    assert counts[0] == counts[3]


@pytest.mark.django_db
def test_found_by_name_within_ones_rights(nanjing, nanjing_cast, venue, open_one):
    open_one("江宁阅读空间", district="江宁区")
    page = text(nanjing_cast.client("district").get("/plan/search/?q=阅读空间"))
    assert "清凉门阅读空间" in page
    assert "江宁阅读空间" not in page
    assert "venues" in search.sources


@pytest.mark.django_db
def test_a_keepers_own_leaf_is_enough(nanjing, nanjing_cast, venue, open_one):
    open_one("宝船阅读空间", slug="bc")
    keeper = nanjing_cast["keeper"]
    with inside(nanjing), transaction.atomic():
        Grant.objects.filter(person=keeper).delete()
        give_role(person=keeper, role=Role.KEEPER, area=Area.objects.get(pk=venue.area_id))
    client = nanjing_cast.client("keeper")
    assert client.get("/plan/venues/")["Location"] == "/plan/venues/qlm/"
    assert names(client.get("/plan/venues/?q=")) == ["清凉门阅读空间"]
    assert client.get("/plan/venues/qlm/hours/").status_code == 200
    assert client.get("/plan/venues/bc/hours/").status_code == 403
    assert client.get("/plan/venues/qlm/close/").status_code == 403


def test_every_verb_of_the_journal_has_words():
    assert all(journal_words.of(verb) != verb for verb in ("venues.added", "venues.hours_set", "venues.imported"))


def test_a_web_process_does_not_carry_the_package_of_holidays():
    """45 MB; the relay loads it once a night."""
    script = "import django; django.setup(); import sys, config.urls, config.wsgi; print('holidays' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "STAGE": "test"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split()[-1] == "False"
