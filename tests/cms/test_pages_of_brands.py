"""A brand's page: what it stands for, the brands below it, and what is on under its name."""

import pytest

from cms.models import BrandPage
from kit import clock
from networks.engine.handing import drain
from networks.models import inside
from programmes.planning.models import Activity, Brand
from tests.cms.telling import story
from tests.cms.test_pages_of_activities import publish, soon, text, told
from tests.planning import plans

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Exception ignored")]

ABOVE, BELOW = "/brands/yue-mei-si-ji/", "/brands/yue-mei-gu-shi-hui/"


@pytest.fixture
def home(nanjing):
    with inside(nanjing):
        yield


@pytest.fixture
def brands(home):
    """A brand with two below it; of one of those a session is public."""
    above = plans.brand(slogan="四季有书", positioning="全市的总品牌", audience="孩子和家人")
    below = plans.brand("阅美故事会", parent=above, slogan="家门口有故事", hue=350)
    plans.brand("阅美善读", parent=above)
    programme = plans.programme(brand=below)
    publish(plans.session(soon(), activity=plans.activity(programme=programme), room=plans.room()))
    drain()
    return above, below


def test_it_comes_with_its_first_session_and_with_those_above_it(home, brands):
    assert sorted(BrandPage.objects.values_list("title", flat=True)) == ["阅美四季", "阅美故事会"]
    page = text(told(ABOVE))
    for words in (
        "四季有书",
        "全市的总品牌",
        "孩子和家人",
        f'href="{BELOW}"',
        "家门口有故事",
        "阅美善读",
        "清凉门阅读空间",
    ):
        assert words in page, words
    assert (page.count("<h1"), 'href="/programmes/hui-ben-gu-shi-hui/"' in page) == (1, True)
    assert f'href="{ABOVE}"' in text(told(BELOW))
    assert f'href="{BELOW}"' in text(told("/programmes/hui-ben-gu-shi-hui/"))


def test_stories_stand_on_it(home, brands):
    story(brands[0].network)
    assert 'href="/stories/a-seed/"' in text(told(ABOVE))


def test_a_new_name_keeps_the_address(nanjing_cast, brands):
    planner, below = nanjing_cast.client("planner"), brands[1]
    form = {
        "name": "家门口的故事",
        "slogan": "<script>x</script>",
        "parent": brands[0].pk,
        "colour": "inherited",
        "mark": "",
    }
    assert planner.post(f"/plan/brands/{below.pk}/", form).status_code == 302
    drain()
    page = text(told(BELOW))
    assert ("家门口的故事" in page, "<script>x" in page) == (True, False)


def test_a_programme_that_goes_by_another_brand_gives_it_a_page(nanjing_cast, brands):
    other, programme = plans.brand("金陵讲堂"), brands[1].programmes.get()
    days = {"starts_on": programme.starts_on.isoformat(), "ends_on": programme.ends_on.isoformat()}
    form = {"title": programme.title, "kind": programme.kind, "brand": other.pk} | days
    assert nanjing_cast.client("planner").post(f"/plan/programmes/{programme.pk}/edit/", form).status_code == 302
    drain()
    assert told("/brands/jin-ling-jiang-tang/").status_code == 200


def test_what_is_no_longer_used_says_so_and_keeps_its_address(home, brands):
    Brand.objects.filter(pk=brands[1].pk).update(closed_at=clock.now())
    answer = told(BELOW)
    assert (answer.status_code, "不再安排新的活动" in text(answer)) == (200, True)


def test_nothing_of_it_is_another_librarys(home, brands, shenzhen):
    assert told(ABOVE, "shenzhen.test").status_code == 404
    assert "阅美四季" not in text(told("/brands/", "shenzhen.test"))


def test_the_shelf_lists_those_on_top_first(home, brands):
    assert [one.title for one in told("/brands/").context["lines"]] == ["阅美四季", "阅美故事会"]


def test_it_costs_the_same_for_many(home, brands, django_assert_num_queries):
    told(ABOVE)
    when, same = soon(3), Activity.objects.get()
    for more in ("一", "二"):
        for number in range(4):
            brand = plans.brand(f"牌{more}{number}", parent=brands[0])
            programme = plans.programme(f"项目{more}{number}", brand=brand)
            activity = plans.activity(f"第{more}{number}", programme=programme)
            publish(plans.session(when, activity=activity, room=plans.room(venue=f"书房{more}{number}")))
            publish(plans.session(when, activity=same, room=plans.room(venue=f"同一处{more}{number}")))
            story(brands[0].network, slug=f"s-{more}-{number}")
        drain()
        with django_assert_num_queries(12):
            assert told(ABOVE).siji_keep is True
