"""A programme's page: its activities, where it is at home, and what comes next."""

import pytest

from cms.models import ProgrammePage
from networks.engine.handing import drain
from networks.models import inside
from programmes.planning.models import Activity, ProgrammeVenue
from tests.cms.test_pages_of_activities import publish, soon, text, told
from tests.planning import plans

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Exception ignored")]

HERE = "/programmes/hui-ben-gu-shi-hui/"


@pytest.fixture
def home(nanjing):
    with inside(nanjing):
        yield


@pytest.fixture
def stories(home):
    """A programme with an activity of which a session is public, and its page."""
    programme = plans.programme(brand=plans.brand(), summary="每个周末都有故事", text="全市同时开讲。")
    publish(plans.session(soon(), activity=plans.activity(programme=programme), room=plans.room()))
    drain()
    return programme


def test_it_comes_with_its_first_activity_and_leads_to_it_and_back(home, stories):
    page = text(told(HERE))
    for words in (
        "每个周末都有故事",
        "全市同时开讲",
        "阅美四季",
        "小种子",
        'href="/activities/xiao-zhong-zi/"',
        "清凉门阅读空间",
    ):
        assert words in page, words
    assert page.count("<h1") == 1
    assert f'href="{HERE}"' in text(told("/activities/xiao-zhong-zi/"))


def test_a_festival_says_where_its_venues_are(home, stories):
    rooms = [plans.room(venue=name) for name in ("金陵图书馆", "鼓楼区图书馆", "内部书库")]
    rooms[2].venue.is_public = False
    rooms[2].venue.save()
    ProgrammeVenue.objects.bulk_create(
        ProgrammeVenue(programme=stories, venue=room.venue, is_main=not place, place=place)
        for place, room in enumerate(rooms)
    )
    page = text(told(HERE))
    assert ("主会场" in page, "分会场" in page, f"/venues/{rooms[1].venue.slug}/" in page) == (True, True, True)
    assert ("内部书库" in page, f"/venues/{rooms[2].venue.slug}/" in page) == (True, False)


def test_a_new_name_keeps_the_address(nanjing_cast, stories):
    form = {"title": "故事季", "summary": "换了一行", "text": "换了一段", "kind": "festival", "brand": stories.brand_id}
    days = {"starts_on": stories.starts_on.isoformat(), "ends_on": stories.ends_on.isoformat()}
    answer = nanjing_cast.client("planner").post(f"/plan/programmes/{stories.pk}/edit/", form | days)
    assert answer.status_code == 302
    drain()
    page = text(told(HERE))
    assert ("故事季" in page, "换了一行" in page) == (True, True)
    assert list(ProgrammePage.objects.values_list("title", flat=True)) == ["故事季"]


def test_what_was_withdrawn_says_so_and_keeps_its_address(nanjing_cast, stories):
    planner, activity = nanjing_cast.client("planner"), stories.activities.get()
    planner.post(f"/plan/sessions/{activity.sessions.get().code}/call-off/", {"reason": "停电"})
    planner.post(f"/plan/activities/{activity.pk}/drop/", {"sure": "1"})
    planner.post(f"/plan/programmes/{stories.pk}/drop/", {"sure": "1"})
    answer = told(HERE)
    assert (answer.status_code, "这个项目不再举办" in text(answer)) == (200, True)


def test_nothing_of_it_is_another_librarys(home, stories, shenzhen):
    assert told(HERE, "shenzhen.test").status_code == 404
    assert "绘本故事会" not in text(told("/programmes/", "shenzhen.test"))


def test_the_shelf_lists_it(home, stories):
    assert [one.title for one in told("/programmes/").context["lines"]] == ["绘本故事会"]


def test_it_costs_the_same_for_many(home, stories, django_assert_num_queries):
    told(HERE)
    when, same = soon(3), Activity.objects.get()
    for more in ("一", "二"):
        for number in range(4):
            activity = plans.activity(f"第{more}{number}", programme=stories)
            room = plans.room(venue=f"书房{more}{number}")
            ProgrammeVenue.objects.create(programme=stories, venue=room.venue)
            publish(plans.session(when, activity=activity, room=room))
            publish(plans.session(when, activity=same, room=plans.room(venue=f"同一处{more}{number}")))
        drain()
        with django_assert_num_queries(12):
            assert told(HERE).siji_keep is True
