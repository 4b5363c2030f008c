"""A keeper's whole day on her phone: what is on, the next session, and the words for the readers' group."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from kit import clock
from networks.models import inside
from programmes.planning.models import Session
from programmes.planning.steps.sessions import publish_sessions
from programmes.signup.models import Terms
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.soundness import serious, sideways
from tests.planning import plans
from venues.models import OpeningHours

pytestmark = [pytest.mark.django_db(transaction=True)]
TODAY = "/plan/today/"


@pytest.fixture
def arrive(visit, nanjing_cast):
    def run(part="keeper", **options):
        visitor = visit("nanjing.test", **options)
        kept = nanjing_cast.client(part).cookies.items()
        cookies = [{"name": name, "value": one.value, "url": visitor.origin} for name, one in kept]
        visitor.page.context.add_cookies(cookies)
        return visitor

    return run


@pytest.fixture
def session(nanjing):
    """One that goes on now, of an activity whose time is left to branches; the house is open day and night."""
    with inside(nanjing), timezone.override(nanjing.zone):
        now, room = clock.now(), plans.room()
        OpeningHours.objects.bulk_create(
            OpeningHours(network=nanjing, venue=room.venue, weekday=day, opens_minute=0, closes_minute=1440)
            for day in range(7)
        )
        plans.season(now.year, ends_on=(now + timedelta(days=90)).date())
        activity = plans.activity(programme=plans.programme(year=now.year), local_fields=["time"])
        Terms.objects.create(activity=activity)
        made = plans.session(now + timedelta(minutes=1), activity=activity, room=room, hosts=(plans.host(),))
        with transaction.atomic():
            publish_sessions([made], by=None, at=now)
        return Session.objects.get(pk=made.pk)


@pytest.mark.parametrize("scripts", [True, False])
def test_from_today_to_the_words_for_next_week(nanjing, session, arrive, scripts):
    visitor = arrive(java_script_enabled=scripts)
    page = visitor.open(TODAY)
    assert page.locator(".bar [aria-current=page]").inner_text() == "今天"
    page.get_by_role("link", name="下周再办").click()
    page.wait_for_url("**/plan/today/add/**")
    expect(page.get_by_label("主讲人")).to_contain_text("孙老师")
    assert page.locator("form .field").count() == 6
    page.get_by_label("名额").fill("999")
    page.get_by_role("button", name="发布").click()
    page.get_by_text("名额").first.wait_for()
    assert page.locator(".field-errors").count() == 1
    page.get_by_label("名额").fill("8")
    page.get_by_role("button", name="发布").click()
    page.wait_for_url("**/group/")
    assert "还有 8 个名额" in page.locator("#td-notice").input_value()
    expect(page.locator("[data-copy]")).to_be_visible(visible=scripts)
    expect(page.locator(".td-group-picture img")).to_be_visible()
    with inside(nanjing):
        row = Session.objects.exclude(pk=session.pk).get()
        assert (row.starts_at - session.starts_at.replace(second=0, microsecond=0), row.published_at is not None) == (
            timedelta(days=7),
            True,
        )


def test_the_words_are_copied_as_they_were_changed(session, arrive):
    visitor = arrive()
    page = visitor.open(f"/plan/sessions/{session.code}/group/")
    # The address is no secure one, so the browser has no clipboard of its own: the other way is taken.
    page.locator("#td-notice").fill("各位家长好，今天下午见。")
    page.locator("[data-copy]").click()
    page.get_by_text("已复制").wait_for()
    assert page.evaluate("getSelection().toString() || document.activeElement.value") == "各位家长好，今天下午见。"


@pytest.mark.parametrize("viewport", [PHONE, DESK])
@pytest.mark.parametrize(
    "path", [TODAY, "/plan/today/add/", "/plan/sessions/{code}/group/", "/plan/today/group/{slug}/"]
)
def test_pages_are_sound(session, arrive, viewport, path):
    address = path.format(code=session.code, slug=session.venue.slug if "slug" in path else "")
    page = arrive(viewport=viewport).open(address)
    assert (serious(page), sideways(page)) == ([], 0)
    page.evaluate("document.documentElement.dataset.type = 'large'")
    assert sideways(page) == 0


def test_on_a_small_screen_now_is_seen_first(session, arrive):
    page = arrive().open(TODAY)
    card = page.locator(".td-card").first.bounding_box()
    assert card["y"] + 60 < PHONE["height"] - 57
