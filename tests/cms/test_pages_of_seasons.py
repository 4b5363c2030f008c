"""A year's page: its theme, its four phases as a picture, and its programmes."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from cms.models import SeasonPage
from kit import clock
from networks.engine.handing import drain
from networks.models import inside
from programmes.planning.models import Phase
from tests.cms.test_pages_of_activities import publish, soon, text, told
from tests.planning import plans

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Exception ignored")]


@pytest.fixture
def home(nanjing):
    with inside(nanjing):
        yield


@pytest.fixture
def year(home):
    """With its phases, one of which is now, and a public session in it."""
    today = clock.now().date()
    first = date(today.year, 1, 1)
    season = plans.season(today.year, summary="春种一粒字", starts_on=first, ends_on=first + timedelta(days=500))
    days = [
        today - timedelta(days=60),
        today - timedelta(days=10),
        today + timedelta(days=30),
        today + timedelta(days=60),
    ]
    Phase.objects.bulk_create(
        Phase(season=season, kind=kind, starts_on=day, ends_on=day + timedelta(days=25), goal="内部目标")
        for kind, day in zip(("winter", "spring", "summer", "autumn"), days, strict=True)
    )
    publish(plans.session(soon(), activity=plans.activity(programme=plans.programme(season=season)), room=plans.room()))
    drain()
    return season


def here(season):
    return f"/seasons/{season.year}/"


def test_it_shows_its_phases_which_is_now_and_what_is_in_it(home, year):
    page = text(told(here(year)))
    for words in (
        "向美而读",
        "春种一粒字",
        "冬谋",
        "春征",
        "夏评",
        "秋展",
        "清凉门阅读空间",
        "/programmes/hui-ben-gu-shi-hui/",
    ):
        assert words in page, words
    assert (page.count("<h1"), len(re.findall('class="phase"[^>]*data-now', page)), "内部目标" in page) == (1, 1, False)
    assert f'href="{here(year)}"' in text(told("/programmes/hui-ben-gu-shi-hui/"))


def test_a_new_theme_keeps_the_address(nanjing_cast, year):
    form = {"year": year.year, "theme": "读山读水", "summary": "", "starts_on": year.starts_on, "ends_on": year.ends_on}
    answer = nanjing_cast.client("planner").post(f"/plan/seasons/{year.year}/change/", form)
    assert answer.status_code == 302
    drain()
    assert "读山读水" in text(told(here(year)))
    assert list(SeasonPage.objects.values_list("title", flat=True)) == [f"{year.year} 读山读水"]


def test_an_editor_looks_at_it_before_it_is_public(nanjing, year, editor_of):
    page = SeasonPage.objects.get()
    client, view = editor_of(nanjing), reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form = {
        "lead": "试一试", "picture": "", "body-count": "0", "seo_title": "", "search_description": "",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert client.post(view, form).json()["is_valid"] is True
    shown = text(client.get(view))
    assert ("试一试" in shown, "冬谋" in shown) == (True, True)


def test_nothing_of_it_is_another_librarys(home, year, shenzhen):
    assert told(here(year), "shenzhen.test").status_code == 404
    assert "向美而读" not in text(told("/seasons/", "shenzhen.test"))


def test_the_shelf_lists_it(home, year):
    assert [one.title for one in told("/seasons/").context["lines"]] == [f"{year.year} 向美而读"]


def test_it_costs_the_same_for_many(home, year, django_assert_num_queries):
    told(here(year))
    when = soon(3)
    for more in ("一", "二"):
        programme = plans.programme(f"项目{more}", season=year, brand=plans.brand(f"牌{more}"))
        activity = plans.activity(f"第{more}", programme=programme)
        for number in range(4):
            publish(plans.session(when, activity=activity, room=plans.room(venue=f"书房{more}{number}")))
        drain()
        with django_assert_num_queries(12):
            assert told(here(year)).siji_keep is True
