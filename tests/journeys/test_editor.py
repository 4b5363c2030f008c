"""An editor's afternoon: her screens come from this machine alone, and what she publishes is there."""

from urllib.parse import urlsplit

import pytest

from cms.models import HomePage
from tests.journeys.conftest import DESK

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor(nanjing, visit, editor_of, settings):
    visitor = visit(viewport=DESK)
    cookie = editor_of(nanjing).cookies[settings.SESSION_COOKIE_NAME]
    visitor.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": visitor.origin}])
    return visitor


def test_no_screen_asks_a_host_outside(nanjing, editor):
    asked, refused = set(), []
    editor.page.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
    editor.page.on("console", lambda line: refused.append(line.text) if "Content Security" in line.text else None)
    home = HomePage.objects.get(network=nanjing)
    for path in (
        "/",
        "/cms/",
        "/cms/pages/",
        f"/cms/pages/{home.pk}/edit/",
        f"/cms/pages/{home.pk}/history/",
        "/cms/images/",
        "/cms/images/add/",
        "/cms/documents/",
    ):
        editor.open(path)
        assert "/sign-in/" not in editor.page.url
    assert asked - {None, ""} == {"nanjing.test"}
    assert refused == []


def test_she_changes_the_line_and_sees_it(nanjing, editor):
    home = HomePage.objects.get(network=nanjing)
    page = editor.open(f"/cms/pages/{home.pk}/edit/")
    page.get_by_role("textbox", name="大字标题").fill("雨天，正好读书")
    page.locator("footer").get_by_role("button", name="更多动作").click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_load_state("networkidle")
    assert "正好读书" in editor.open("/").locator("h1").inner_text()
