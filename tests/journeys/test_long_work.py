"""A page that follows long work by itself, without a reload, under the strict content policy; and without scripts."""

import pytest
from django.conf import settings
from django.db import transaction

from kit import clock
from networks import registers
from networks.choices import JobState
from networks.commands.jobs import start_job
from networks.engine import jobs
from networks.engine.handing import drain
from networks.models import inside
from networks.registers import GiveUp
from networks.steps.outbox import post
from tests.journeys.soundness import serious
from tests.networks.facts import listening

pytestmark = [pytest.mark.django_db(transaction=True)]
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def job(nanjing_cast):
    registers.job("test.export", title="导出名单")(lambda _progress: None)
    person = nanjing_cast["planner"]
    with inside(person.network):
        yield start_job("test.export", args={}, by=person.pk)
    del registers.job_kinds["test.export"]


@pytest.fixture
def arrive(visit, nanjing_cast):
    def run(part, **options):
        visitor = visit("nanjing.test", **options)
        name = settings.SESSION_COOKIE_NAME
        value = nanjing_cast.client(part).cookies[name].value
        visitor.page.context.add_cookies([{"name": name, "value": value, "url": visitor.origin}])
        return visitor

    return run


def test_the_page_follows_the_work_to_its_end(arrive, job):
    visitor = arrive("planner", viewport=DESK)
    said = []
    visitor.page.on("console", lambda message: said.append(message.text))
    page = visitor.page
    page.goto(f"{visitor.origin}/plan/jobs/{job.code}/")
    page.get_by_text("正在排队").wait_for()
    assert serious(page) == []
    claimed = jobs.claim(holder="test", at=clock.now())
    jobs.tell(claimed.id, claimed.lease, done=40, total=200, note="鼓楼区", at=clock.now())
    page.get_by_role("progressbar", name="鼓楼区").wait_for()
    page.locator(".progress-facts").get_by_text("共 200 项，已完成 40 项").wait_for()
    jobs.end(claimed.id, claimed.lease, state=JobState.DONE, at=clock.now())
    page.get_by_text("已经完成").wait_for()
    page.wait_for_timeout(1500)
    assert serious(page) == []
    # Chromium warns that this test has no TLS; of the content policy nothing is said.
    assert [words for words in said if "Cross-Origin-Opener-Policy" not in words] == []


def test_long_work_is_stopped_without_scripts(arrive, job):
    visitor = arrive("planner", java_script_enabled=False)
    page = visitor.page
    page.goto(f"{visitor.origin}/plan/jobs/{job.code}/")
    page.get_by_role("button", name="停止").click()
    page.get_by_text("已按要求停止").wait_for()


def test_what_was_set_aside_is_dropped_with_a_reason(arrive, nanjing, error_logs):
    def give_up(_fact):
        raise GiveUp("没有这个号码。")

    with listening(give_up):
        with inside(nanjing), transaction.atomic():
            post("test.happened", payload={}, dedupe_key="a")
        drain()
        error_logs.clear()
        visitor = arrive("admin", viewport=DESK)
        page = visitor.open("/plan/facts/")
        assert serious(page) == []
        page.get_by_label("理由").fill("号码已注销")
        page.get_by_role("button", name="放弃").click()
        page.get_by_text("没有待处理的事项").wait_for()
