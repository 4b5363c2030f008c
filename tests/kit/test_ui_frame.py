"""The frame around every page: looks, type size, language, ways through the site."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kit import look
from kit.navigation import Entry, Menu
from kit.palette import Brand
from kit.seasons import Season, season_of
from kit.templatetags.ui import season, short_day, weekday
from networks.models import inside
from people.models import Person

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "kit/static/kit/css"


@pytest.mark.parametrize(
    ("month", "season"),
    [(12, "winter"), (1, "winter"), (2, "winter"), (3, "spring"), (5, "spring"), (6, "summer"), (8, "summer"),
     (9, "autumn"), (11, "autumn")],
)  # fmt: skip
def test_a_season_is_three_whole_months(month, season):
    assert season_of(date(2027, month, 1)) == Season(season)
    assert season_of(date(2027, month, 28)) == Season(season)


def test_weekdays_are_short_in_chinese():
    assert [str(weekday(date(2027, 5, day))) for day in (15, 16, 17)] == ["周六", "周日", "周一"]


def test_an_instant_has_the_day_weekday_and_season_of_the_network():
    midnight = datetime(2027, 2, 28, 16, tzinfo=UTC)
    with timezone.override("Asia/Shanghai"):
        assert (str(weekday(midnight)), season(midnight)) == ("周一", Season.SPRING)
        assert short_day(midnight) == "3月1日"


def test_the_sheets_of_a_page_stay_small():
    sizes = {path.stem: path.stat().st_size for path in CSS.glob("*.css") if path.stem != "gallery"}
    of_some = {"staff", "lists", "places", "tiles", "toasts", "finder"}
    of_readers = sum(size for name, size in sizes.items() if name not in of_some)
    of_staff = sum(size for name, size in sizes.items() if name != "finder")
    assert (of_readers <= 36 * 1024, of_staff <= 72 * 1024) == (True, True)


def test_every_part_says_what_it_takes():
    parts = sorted((ROOT / "kit/templates/kit").glob("parts/*.html"))
    assert len(parts) >= 15
    assert [path.name for path in parts if not path.read_text(encoding="utf-8").startswith("{# ")] == []


@pytest.mark.django_db
class TestLook:
    def test_a_networks_sheet_is_kept_for_a_year(self, nanjing):
        client = Client(HTTP_HOST="nanjing.test")
        address = f"/look/{look.name(Brand(15, 0.17))}.css"
        assert address in client.get("/nowhere/").content.decode()
        answer = client.get(address)
        assert answer["Content-Type"] == "text/css"
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.content.decode() == look.sheet(Brand(15, 0.17))

    def test_an_address_of_an_earlier_design_answers_but_is_not_kept(self, nanjing):
        answer = Client(HTTP_HOST="nanjing.test").get("/look/15-17-00000000.css")
        assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=60")

    @pytest.mark.parametrize("made_up", ["360-17-00000000", "15-21-00000000", "15-17", "x-17-00000000"])
    def test_made_up_looks_are_not_found(self, nanjing, made_up):
        assert Client(HTTP_HOST="nanjing.test").get(f"/look/{made_up}.css").status_code == 404

    def test_two_cities_look_different(self, nanjing, shenzhen):
        assert "/look/15-17-" in Client(HTTP_HOST="nanjing.test").get("/nowhere/").content.decode()
        assert "/look/215-17-" in Client(HTTP_HOST="shenzhen.test").get("/nowhere/").content.decode()


@pytest.mark.django_db
class TestLargeType:
    def test_it_is_kept_in_a_cookie_and_leads_back(self, nanjing):
        client = Client(HTTP_HOST="nanjing.test")
        answer = client.post("/look/type/", {"type": "large", "next": "/dev/gallery/?a=1"})
        assert (answer.status_code, answer["Location"]) == (303, "/dev/gallery/?a=1")
        assert 'data-type="large"' in client.get("/dev/gallery/").content.decode()
        client.post("/look/type/", {"type": "", "next": "/"})
        assert settings.LARGE_TYPE_COOKIE_NAME not in {k for k, v in client.cookies.items() if v.value}
        assert 'data-type="large"' not in client.get("/dev/gallery/").content.decode()

    def test_it_works_from_a_page_that_carries_no_token(self, nanjing):
        strict = Client(HTTP_HOST="nanjing.test", enforce_csrf_checks=True)
        assert strict.post("/look/type/", {"type": "large", "next": "/"}).status_code == 303

    @pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "", "javascript:alert(1)"])
    def test_it_never_leads_to_another_site(self, nanjing, away):
        assert Client(HTTP_HOST="nanjing.test").post("/look/type/", {"next": away})["Location"] == "/"

    def test_it_is_only_posted(self, nanjing):
        answer = Client(HTTP_HOST="nanjing.test").get("/look/type/")
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert "这里没有可以阅读的内容" in answer.content.decode()


@pytest.mark.django_db
class TestLanguage:
    def test_the_browsers_wish_does_not_turn_a_chinese_page_english(self, nanjing):
        answer = Client(HTTP_HOST="nanjing.test").get("/nowhere/", headers={"accept-language": "en"})
        assert "这一页不在架上" in answer.content.decode()
        assert answer["Content-Language"] == "zh-hans"

    def test_a_language_the_library_does_not_offer_is_refused(self, nanjing):
        client = Client(HTTP_HOST="nanjing.test")
        assert client.post("/look/language/", {"language": "en-gb", "next": "/"}).status_code == 400
        assert "English" not in client.get("/nowhere/").content.decode()

    def test_one_that_it_offers_is_kept(self, nanjing):
        nanjing.other_languages = ["en-gb"]
        nanjing.save(update_fields=["other_languages"])
        client = Client(HTTP_HOST="nanjing.test")
        assert client.post("/look/language/", {"language": "en-gb", "next": "/"}).status_code == 303
        page = client.get("/nowhere/").content.decode()
        assert ('lang="en-gb"' in page, "This page is not on the shelf" in page) == (True, True)


@pytest.mark.django_db
def test_a_way_that_two_menus_know_is_shown_once(nanjing):
    client = Client(HTTP_HOST="nanjing.test")
    with inside(nanjing):
        client.force_login(Person.objects.create(name="王芳"))
    page = client.get("/dev/gallery/").content.decode()
    head, rest = page.split("</header>", 1)
    assert head.count('href="/me/"') == 1
    assert '<li class="only-wide"><a href="/me/"' in head.replace("\n", "")
    assert rest.split('class="bar"', 1)[1].count('href="/me/"') == 1


class TestMenus:
    def test_the_longest_address_above_the_page_is_the_current_one(self, rf):
        menu = Menu()
        menu.add(Entry("Type", "kit:type", place=2))
        menu.add(Entry("Language", "kit:language", place=1))
        links = menu.links(rf.get("/look/type/more/"))
        assert [(link.label, link.is_current) for link in links] == [("Language", False), ("Type", True)]

    def test_an_entry_stands_for_other_addresses_too(self, rf):
        menu = Menu()
        menu.add(Entry("Type", "kit:type", place=1, also=("/plan/",)))
        menu.add(Entry("Language", "kit:language", place=2, also=(r"/plan/\d+/roll-out/",)))
        for address, label in (("/plan/7/", "Type"), ("/plan/7/roll-out/", "Language"), ("/look/type/", "Type")):
            current = [link.label for link in menu.links(rf.get(address)) if link.is_current]
            assert current == [label], address
        assert not any(link.is_current for link in menu.links(rf.get("/elsewhere/plan/")))

    def test_an_entry_is_added_once_and_shown_to_whom_it_concerns(self, rf):
        menu = Menu()
        entry = Entry("Type", "kit:type", shown_to=lambda request: request.method == "POST")
        menu.add(entry)
        menu.add(entry)
        menu.add_supply(lambda request: [Entry("Language", "kit:language")])
        assert [link.label for link in menu.links(rf.get("/"))] == ["Language"]
        assert [link.label for link in menu.links(rf.post("/"))] == ["Type", "Language"]
