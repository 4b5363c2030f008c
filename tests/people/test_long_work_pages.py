"""The pages of facts set aside and of long work: who sees them, what the buttons do."""

import pytest
from django.db import transaction

from networks import registers
from networks.commands.jobs import start_job
from networks.engine.handing import drain
from networks.engine.job_child import run_here
from networks.models import Job, JournalLine, inside
from networks.registers import GiveUp
from networks.steps.outbox import post
from tests.networks.facts import facts, listening

pytestmark = pytest.mark.django_db


def give_up(_fact):
    raise GiveUp("没有这个号码。")


@pytest.fixture
def two_set_aside(nanjing, error_logs):
    with listening(give_up):
        with inside(nanjing), transaction.atomic():
            for key in "ab":
                post("test.happened", payload={}, dedupe_key=key)
        drain()
        error_logs.clear()
        yield facts(state="set_aside")


@pytest.fixture
def count(monkeypatch):
    def function(progress, *, to):
        progress.start(total=to)
        for _number in range(to):
            progress.step()
        progress.result_file("数目.txt", str(to).encode())

    registers.job("test.count", title="数一数")(function)
    yield
    del registers.job_kinds["test.count"]


def asked_by(person, **args):
    with inside(person.network):
        return start_job("test.count", args=args, by=person.pk).code


def test_what_was_set_aside_is_shown_with_its_reason(nanjing_cast, two_set_aside):
    page = nanjing_cast.client("admin").get("/plan/facts/")
    assert page.status_code == 200
    assert page.content.decode().count("没有这个号码。") == 2


@pytest.mark.parametrize("who", ["keeper", "planner"])
def test_staff_without_the_right_do_not_see_it(nanjing_cast, two_set_aside, who):
    client = nanjing_cast.client(who)
    for answer in (client.get("/plan/facts/"), client.post(f"/plan/facts/{two_set_aside[0].pk}/again/")):
        assert answer.status_code == 403


def test_one_is_sent_again_another_dropped_with_a_reason(nanjing_cast, two_set_aside, nanjing):
    client = nanjing_cast.client("admin")
    first, second = two_set_aside
    assert client.post(f"/plan/facts/{first.pk}/again/").status_code == 302
    refused = client.post(f"/plan/facts/{second.pk}/drop/", {"reason": ""})
    assert (refused.status_code, "请填写放弃的原因" in refused.content.decode()) == (422, True)
    assert client.post(f"/plan/facts/{second.pk}/drop/", {"reason": "号码已注销"}).status_code == 302
    assert [row.state for row in facts()] == ["waiting", "dropped"]
    with inside(nanjing):
        assert JournalLine.objects.latest("pk").reason == "号码已注销"
    assert client.post("/plan/facts/999999/again/").status_code == 404


def test_all_of_a_listener_are_sent_again_at_once(nanjing_cast, two_set_aside):
    client = nanjing_cast.client("admin")
    assert client.post("/plan/facts/again/", {"listener": "test.listener"}).status_code == 302
    assert [row.state for row in facts()] == ["waiting", "waiting"]
    assert client.post("/plan/facts/again/", {"listener": "test.listener"}).status_code == 302


def test_another_network_s_facts_are_not_there(shenzhen_cast, two_set_aside):
    client = shenzhen_cast.client("admin")
    assert "没有这个号码。" not in client.get("/plan/facts/").content.decode()
    assert client.post(f"/plan/facts/{two_set_aside[0].pk}/again/").status_code == 404


def test_the_list_costs_the_same_for_many(nanjing_cast, two_set_aside, django_assert_max_num_queries):
    client = nanjing_cast.client("admin")
    client.get("/plan/facts/")
    with django_assert_max_num_queries(16):
        client.get("/plan/facts/")


def test_long_work_is_followed_to_its_result(nanjing_cast, count):
    planner = nanjing_cast["planner"]
    client = nanjing_cast.client("planner")
    code = asked_by(planner, to=3)
    waiting = client.get(f"/plan/jobs/{code}/").content.decode()
    assert ("hx-get" in waiting, "http-equiv" in waiting) == (True, True)
    part = client.get(f"/plan/jobs/{code}/", headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in part, "hx-get" in part) == (False, True)
    assert client.get(f"/plan/jobs/{code}/file/").status_code == 404
    with inside(planner.network):
        Job.objects.filter(code=code).update(total=3, done=1)
    assert run_here() == 1
    done = client.get(f"/plan/jobs/{code}/").content.decode()
    assert ("hx-get" in done, "已经完成" in done) == (False, True)
    answer = client.get(f"/plan/jobs/{code}/file/")
    assert b"".join(answer.streaming_content) == b"3"
    assert "attachment" in answer["Content-Disposition"]
    assert code in client.get("/plan/jobs/").content.decode()


def test_long_work_is_stopped_and_done_again(nanjing_cast, count):
    client = nanjing_cast.client("planner")
    code = asked_by(nanjing_cast["planner"], to=3)
    assert client.post(f"/plan/jobs/{code}/stop/").status_code == 302
    assert client.post(f"/plan/jobs/{code}/stop/").status_code == 422
    assert "已按要求停止" in client.get(f"/plan/jobs/{code}/").content.decode()
    assert client.post(f"/plan/jobs/{code}/again/").status_code == 302
    assert run_here() == 1
    assert client.post(f"/plan/jobs/{code}/again/").status_code == 422


def test_only_its_owner_and_who_watches_see_long_work(nanjing_cast, shenzhen_cast, count):
    code = asked_by(nanjing_cast["planner"], to=3)
    address = f"/plan/jobs/{code}/"
    asked = {
        "owner": nanjing_cast.client("planner").get(address).status_code,
        "who watches": nanjing_cast.client("admin").get(address).status_code,
        "a colleague": nanjing_cast.client("keeper").get(address).status_code,
        "a stranger network": shenzhen_cast.client("admin").get(address).status_code,
    }
    assert asked == {"owner": 200, "who watches": 200, "a colleague": 403, "a stranger network": 404}
    assert nanjing_cast.client("keeper").post(f"{address}stop/").status_code == 403
    assert code not in nanjing_cast.client("keeper").get("/plan/jobs/").content.decode()
