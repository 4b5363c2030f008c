"""What the plan tells, as people have it on their phones: each page sound, light, and whole without scripts."""

import pytest
from django.db import transaction

from cms.keeping import keep_all_pages
from cms.models import ActivityPage
from kit import clock
from networks.models import inside
from programmes.planning.models import ActivityBook, Book, Phase, ProgrammeVenue
from programmes.planning.steps.sessions import publish_sessions
from tests.cms.telling import picture_of
from tests.cms.test_pages_of_activities import soon
from tests.journeys.conftest import BUDGET, DESK
from tests.journeys.soundness import serious, sideways
from tests.planning import plans

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.filterwarnings("ignore:Exception ignored")]


@pytest.fixture
def year(nanjing):
    """A year with its phases, a festival in two venues, a brand below another, an activity with a book and a host."""
    picture = picture_of(nanjing)
    with inside(nanjing):
        season = plans.season(soon().year, summary="春种一粒字，秋收满架书。")
        days = (season.starts_on, season.ends_on)
        Phase.objects.bulk_create(
            Phase(season=season, kind=kind, starts_on=days[0], ends_on=days[1])
            for kind in ("winter", "spring", "summer")
        )
        above = plans.brand(slogan="四季有书，处处可读", positioning="全市的总品牌")
        brand = plans.brand("阅美故事会", parent=above, slogan="家门口有故事", hue=350)
        programme = plans.programme(season=season, brand=brand, summary="每个周末都有故事", text="全市同时开讲。")
        activity = plans.activity(
            programme=programme, summary="种下一粒字", text="一起读一本书。", audiences=["children"]
        )
        ActivityBook.objects.create(activity=activity, book=Book.objects.create(title="好饿的毛毛虫", author="卡尔"))
        rooms = [plans.room(venue=f"{number}号书房") for number in range(5)]
        for place, room in enumerate(rooms):
            ProgrammeVenue.objects.create(programme=programme, venue=room.venue, is_main=not place, place=place)
        when, host = soon(), plans.host(introduction="讲了二十年故事。")
        made = [plans.session(when, activity=activity, room=room) for room in rooms]
        made.append(plans.session(soon(4), activity=activity, room=rooms[0], hosts=(host,)))
        with transaction.atomic():
            publish_sessions(made, by=None, at=clock.now())
            keep_all_pages()
        page = ActivityPage.objects.get()
        page.lead, page.picture = "一个故事，一个游戏，一本书。", picture
        page.save_revision().publish()
    return season.year


PATHS = [
    "/activities/xiao-zhong-zi/", "/programmes/hui-ben-gu-shi-hui/", "/brands/yue-mei-si-ji/", "/seasons/{year}/",
    "/activities/", "/brands/",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way(year, visit, path, scheme):
    for viewport in ({"width": 320, "height": 800}, DESK):
        page = visit(color_scheme=scheme, viewport=viewport).open(path.format(year=year))
        assert (serious(page), sideways(page), page.locator("h1").count()) == ([], 0, 1)


def test_from_a_session_up_to_the_year_without_scripts(year, visit):
    page = visit(java_script_enabled=False).open("/events/?when=coming")
    page.get_by_role("link", name="小种子").first.click()
    page.get_by_role("link", name="查看活动详情").click()
    page.get_by_text("一个故事，一个游戏，一本书。").wait_for()
    page.locator(".event-crumbs").get_by_role("link", name="绘本故事会").click()
    page.get_by_text("主会场").wait_for()
    page.get_by_role("link", name=str(year)).click()
    page.get_by_role("heading", name="向美而读").wait_for()


@pytest.mark.parametrize("path", PATHS)
def test_it_is_light(year, visit, path):
    weights = visit().fetched(path.format(year=year))
    assert sum(weight for url, weight in weights.items() if "/media/" not in url) < BUDGET
