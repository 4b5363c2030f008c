"""A story as people have it on their phones, and as an editor makes it."""

import pytest

from cms.models import StoriesPage, StoryPage
from cms.parts.body import Body
from networks.models import inside
from tests.cms.telling import picture_of, story
from tests.cms.test_pages_of_words import PARTS
from tests.journeys.conftest import BUDGET, DESK
from tests.journeys.soundness import serious, sideways

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.filterwarnings("ignore:Exception ignored")]


@pytest.fixture
def whole(nanjing):
    """A story with each of the parts."""
    kinds = Body().child_blocks
    picture = picture_of(nanjing)
    with inside(nanjing):
        body = [(kind, kinds[kind].to_python(value)) for kind, value, _shown in PARTS]
    several = {"heading": "", "pictures": [{"image": picture, "caption": "种字"}] * 2}
    return story(nanjing, picture=picture, body=[*body, ("pictures", several)])


@pytest.mark.parametrize("path", ["/stories/a-seed/", "/stories/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way(whole, visit, path, scheme):
    for viewport in ({"width": 320, "height": 800}, DESK):
        page = visit(color_scheme=scheme, viewport=viewport).open(path)
        assert (serious(page), sideways(page), page.locator("h1").count()) == ([], 0, 1)


def test_a_story_is_light_and_whole_without_scripts(whole, visit):
    page = visit(java_script_enabled=False).open("/")
    page.get_by_role("link", name="种下一粒字").click()
    page.get_by_text("带什么").click()
    page.get_by_text("不用带").wait_for()
    weights = visit().fetched("/stories/a-seed/")
    words = {url: weight for url, weight in weights.items() if "/media/" not in url}
    assert sum(words.values()) < BUDGET


def test_an_editor_writes_a_story_and_it_is_there(nanjing, visit, editor_of, settings):
    visitor = visit(viewport=DESK)
    cookie = editor_of(nanjing).cookies[settings.SESSION_COOKIE_NAME]
    visitor.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": visitor.origin}])
    above = StoriesPage.objects.get(network=nanjing)
    page = visitor.open(f"/cms/pages/add/cms/storypage/{above.pk}/")
    page.locator("#id_title").fill("春天来了")
    page.locator("#id_summary").fill("柳树绿了")
    page.get_by_title("插入内容块").click()
    page.get_by_role("option", name="引语").click()
    page.locator("textarea[name$='value-text']").fill("风是甜的。")
    page.get_by_role("button", name="更多动作").click()
    page.locator("[name=action-publish]").click()
    page.get_by_text("春天来了").first.wait_for()
    assert "风是甜的。" in visitor.open(StoryPage.objects.get().url).inner_text("main")
