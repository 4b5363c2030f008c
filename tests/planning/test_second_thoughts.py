"""What a planner is asked about once more and a branch is refused: places beyond the room, days beyond the programme;
and what was done already, or by somebody else meanwhile."""

from datetime import timedelta

import pytest

from kit import clock
from kit.refusals import Refused
from networks.models import inside
from programmes.planning.choices import LocalField
from programmes.planning.commands import sessions as commands
from programmes.planning.models import Host, HostAbsence, Programme, Session
from tests.planning import plans
from tests.planning.test_session_pages import soon, text, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(nanjing):
    """An activity whose branches set the places, a room for 30, a session in it."""
    with inside(nanjing):
        now = clock.now()
        season = plans.season(now.year, ends_on=now.date() + timedelta(days=400))
        programme = plans.programme(season=season)
        local = [LocalField.TEXT, LocalField.CAPACITY]
        activity = plans.activity(programme=programme, local_fields=local)
        room = plans.room()
        return activity, room, plans.session(soon(), activity=activity, room=room, hosts=(plans.host(),))


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast.client("planner")


def now_is(nanjing, session):
    with inside(nanjing):
        return Session.objects.select_related("activity__programme__season", "room").get(pk=session.pk)


def test_a_keeper_gives_no_more_places_than_the_room_has(nanjing, nanjing_cast, stage):
    _activity, _room, session = stage
    keeper, here = nanjing_cast.client("keeper"), f"/plan/sessions/{session.code}/edit/"
    answer = keeper.post(here, {"title": "", "capacity": "31", "anyway": "on"})
    assert (answer.status_code, "故事屋只能容纳 30 人，31 个名额超出了。" in text(answer)) == (422, True)
    assert now_is(nanjing, session).capacity is None
    assert keeper.post(here, {"title": "", "capacity": "30"}).status_code == 302
    assert now_is(nanjing, session).capacity == 30


def test_a_planner_gives_more_places_than_the_room_has_if_she_means_it(nanjing, planner, stage):
    _activity, room, session = stage
    here, form = f"/plan/sessions/{session.code}/edit/", typed(room, soon(), capacity="31")
    answer = planner.post(here, form | {"anyway": ""})
    assert (answer.status_code, "我已了解，仍按此安排" in text(answer)) == (422, True)
    assert planner.post(here, form).status_code == 302
    assert now_is(nanjing, session).capacity == 31


def test_of_many_the_places_are_a_doubt_too(nanjing, planner, stage):
    _activity, _room, session = stage
    form = {"sessions": str(session.pk), "what": "words", "capacity": "31"}
    look = planner.post("/plan/sessions/change/", {**form, "do": "look"})
    assert "31 个名额超出了" in text(look)
    assert planner.post("/plan/sessions/change/", {**form, "do": "commit"}).status_code == 422
    assert planner.post("/plan/sessions/change/", {**form, "do": "commit", "anyway": "1"}).status_code == 302
    assert now_is(nanjing, session).capacity == 31


def test_a_day_outside_the_programme_is_a_doubt_and_a_rollout_ends_with_it(nanjing, planner, stage):
    activity, room, session = stage
    with inside(nanjing):
        last = clock.now().date() + timedelta(days=20)
        Programme.objects.update(ends_on=last)
    here, form = f"/plan/sessions/{session.code}/edit/", typed(room, soon(21))
    answer = planner.post(here, form | {"anyway": ""})
    assert (answer.status_code, "不在项目“绘本故事会”的起止日期内" in text(answer)) == (422, True)
    assert planner.post(here, form).status_code == 302
    rule = text(planner.get(f"/plan/activities/{activity.pk}/roll-out/?step=rule&spaces={room.venue_id}"))
    assert f'value="{last:%Y-%m-%d}"' in rule


def test_what_is_called_off_is_not_called_off_again(nanjing, nanjing_cast, planner, stage):
    _activity, _room, session = stage
    here = f"/plan/sessions/{session.code}/"
    planner.post(f"{here}call-off/", {"reason": "讲师生病"})
    assert planner.get(f"{here}call-off/")["Location"] == here
    assert planner.post(f"{here}call-off/", {"reason": "场地维修"})["Location"] == here
    assert "这一场已经取消。" in text(planner.get(here))
    assert now_is(nanjing, session).call_off_reason == "讲师生病"
    with inside(nanjing), pytest.raises(Refused) as no:
        commands.call_off(sessions=[session], reason="场地维修", by=nanjing_cast["planner"], at=clock.now())
    assert no.value.codes == ("called_off_already",)


def test_of_many_those_that_cannot_be_called_off_are_named_and_the_others_are(nanjing, planner, stage):
    activity, room, session = stage
    with inside(nanjing):
        over = plans.session(soon(3), activity=activity, room=room)
        past = clock.now() - timedelta(days=2)
        end = past + timedelta(hours=1)
        Session.objects.filter(pk=over.pk).update(starts_at=past, ends_at=end, occupies=(past, end))
    form = {"sessions": f"{session.pk}.{over.pk}", "what": "off", "reason": "场地维修"}
    look = text(planner.post("/plan/sessions/change/", {**form, "do": "look"}))
    assert ("取消其余场次" in look, "已经结束，不能再取消" in look) == (True, True)
    assert planner.post("/plan/sessions/change/", {**form, "do": "commit"}).status_code == 302
    found = [now_is(nanjing, one).called_off_at is not None for one in (session, over)]
    assert found == [True, False]
    none = planner.post("/plan/sessions/change/", {**form, "sessions": str(over.pk), "do": "commit"})
    assert (none.status_code, "这些场次都不能取消" in text(none)) == (422, True)


def test_the_same_absence_twice_is_refused(nanjing, planner, stage):
    with inside(nanjing):
        host = Host.objects.get()
    day = soon(5).date()
    here, form = f"/plan/hosts/{host.pk}/away/", {"first": day, "last": day + timedelta(days=2)}
    assert planner.post(here, form).status_code == 302
    again = planner.post(here, form)
    assert (again.status_code, "已登记不能来" in text(again)) == (422, True)
    assert planner.post(here, {"first": day + timedelta(days=3)}).status_code == 302
    with inside(nanjing):
        assert HostAbsence.objects.count() == 2


@pytest.mark.parametrize(
    ("first", "second", "is_asked"),
    [
        ({"name": "钱老师", "unit": "一中"}, {"name": "钱老师", "unit": "一中"}, True),
        ({"name": "钱老师", "unit": "一中"}, {"name": "钱老师", "unit": "二中"}, False),
        ({"name": "钱老师", "phone": "13800138077"}, {"name": "小钱", "phone": "138 0013 8077"}, True),
        ({"name": "钱老师", "phone": "13800138077"}, {"name": "小钱", "phone": "13800138078"}, False),
    ],
)
def test_one_more_host_like_another_is_asked_about_once(nanjing, planner, first, second, is_asked):
    usual = {"kind": "librarian", "unit": "", "phone": ""}
    assert planner.post("/plan/hosts/add/", usual | first).status_code == 302
    answer = planner.post("/plan/hosts/add/", usual | second)
    assert answer.status_code == (422 if is_asked else 302)
    if is_asked:
        assert "已有同名或同电话的主讲人：钱老师" in text(answer)
        assert 'name="anyway"' in text(answer)
        assert planner.post("/plan/hosts/add/", usual | second | {"anyway": "on"}).status_code == 302
    with inside(nanjing):
        assert Host.objects.count() == 2


def seen(page):
    return page.context["form"]["seen"].value()


def test_a_page_opened_before_somebody_elses_change_is_refused_and_shows_what_holds(nanjing, nanjing_cast, stage):
    _activity, room, session = stage
    planner, keeper = nanjing_cast.client("planner"), nanjing_cast.client("keeper")
    here = f"/plan/sessions/{session.code}/edit/"
    mine, theirs = seen(planner.get(here)), seen(keeper.get(here))
    assert mine == theirs
    assert keeper.post(here, {"title": "小种子（清凉门）", "capacity": "12", "seen": theirs}).status_code == 302
    form = typed(room, soon(), capacity="25", title="我的")
    late = planner.post(here, form | {"seen": mine})
    assert late.status_code == 422
    assert f"这一场刚被 {nanjing_cast['keeper'].name} 改过。" in text(late)
    assert ("名额：12" in text(late), "小种子（清凉门）" in text(late), 'value="25"' in text(late)) == (True,) * 3
    assert "区" not in {str(label) for label, _said in late.context["form"].now}
    assert now_is(nanjing, session).capacity == 12
    assert planner.post(here, form | {"seen": seen(late)}).status_code == 302
    assert (now_is(nanjing, session).capacity, now_is(nanjing, session).title) == (25, "我的")


def test_saving_what_is_so_already_says_that_nothing_changed(nanjing, planner, stage):
    _activity, room, session = stage
    with inside(nanjing):
        host = Host.objects.get()
    here = f"/plan/sessions/{session.code}/"
    planner.post(f"{here}edit/", typed(room, soon(), hosts=[host.pk]))
    page = text(planner.get(here))
    assert ("没有改动" in page, "场次已修改" in page) == (True, False)
    with inside(nanjing):
        assert Session.objects.get().changed_at is None


def test_an_empty_field_is_asked_for_kindly(planner, stage):
    assert "请填写此项。" in text(planner.post("/plan/hosts/add/", {"name": ""}))
