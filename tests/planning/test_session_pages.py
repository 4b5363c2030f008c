"""Sessions through the pages of staff: found, entered, changed, published, called off, by planner and branch."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kit import clock
from networks.models import Area, inside
from programmes.planning.choices import LocalField
from programmes.planning.models import Host, Session
from tests.planning import plans
from venues.models import Venue

pytestmark = pytest.mark.django_db


def soon(days=14, hour=10):
    day = timezone.localtime(clock.now()) + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


@pytest.fixture
def stage(nanjing):
    """An activity of this year and the next, a room, a host."""
    with inside(nanjing):
        now = clock.now()
        season = plans.season(now.year, ends_on=now.date() + timedelta(days=400))
        activity = plans.activity(programme=plans.programme(season=season), local_fields=[LocalField.TEXT])
        return activity, plans.room(), plans.host()


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast.client("planner")


def typed(room, starts_at, **more):
    return {
        "day": f"{starts_at:%Y-%m-%d}",
        "starts": f"{starts_at:%H:%M}",
        "place_kind": "room",
        "room": str(room.pk),
        "anyway": "on",
        **more,
    }


def text(response):
    return response.content.decode()


def add(planner, stage, starts_at, **more):
    activity, room, _host = stage
    return planner.post(f"/plan/activities/{activity.pk}/sessions/add/", typed(room, starts_at, **more))


def the_session(nanjing):
    with inside(nanjing):
        return Session.objects.select_related("room").get()


def test_a_session_is_entered_published_and_called_off(nanjing, planner, stage):
    answer = add(planner, stage, soon(), hosts=[stage[2].pk])
    session = the_session(nanjing)
    here = f"/plan/sessions/{session.code}/"
    assert (answer.status_code, answer["Location"]) == (302, here)
    assert "孙老师" in text(planner.get(here))
    assert planner.post(f"{here}publish/")["Location"] == here
    assert the_session(nanjing).published_at is not None
    assert planner.post(f"{here}call-off/", {"reason": ""}).status_code == 422
    assert planner.post(f"{here}call-off/", {"reason": "讲师生病"}).status_code == 302
    assert "讲师生病" in text(planner.get(here))
    planner.post(f"{here}restore/")
    assert the_session(nanjing).called_off_at is None


def test_a_taken_room_is_refused_on_the_page_and_the_free_one_is_told(nanjing, planner, stage):
    add(planner, stage, soon())
    answer = add(planner, stage, soon())
    assert answer.status_code == 422
    assert "这个时间已被占用：《小种子》" in text(answer)
    assert "故事屋（30 人） — 已占用" in text(answer)
    free = add(planner, stage, soon(15), look="1", anyway="")
    assert free.status_code == 200
    assert "故事屋（30 人） — 不在开放时间内" in text(free)
    with inside(nanjing):
        assert Session.objects.count() == 1


def test_hours_are_asked_about_before_they_are_passed_over(nanjing, planner, stage):
    """A venue without opening hours is never open."""
    activity, room, _host = stage
    values = typed(room, soon())
    del values["anyway"]
    answer = planner.post(f"/plan/activities/{activity.pk}/sessions/add/", values)
    assert answer.status_code == 422
    assert "我已了解，仍按此安排" in text(answer)
    assert add(planner, stage, soon()).status_code == 302


def test_a_change_says_what_is_its_own_and_one_press_gives_it_back(nanjing, planner, stage):
    add(planner, stage, soon())
    session = the_session(nanjing)
    here = f"/plan/sessions/{session.code}/"
    values = typed(stage[1], soon(), title="小种子（手语场）", capacity="8")
    assert planner.post(f"{here}edit/", values).status_code == 302
    assert (the_session(nanjing).title, the_session(nanjing).capacity) == ("小种子（手语场）", 8)
    assert text(planner.get(here)).count("本场自定") == 2
    planner.post(f"{here}inherit/", {"field": "capacity"})
    assert (the_session(nanjing).title, the_session(nanjing).capacity) == ("小种子（手语场）", None)
    assert planner.post(f"{here}inherit/", {"field": "published_at"}).status_code == 404


def test_ages_are_given_in_years_or_months_and_stay_where_nobody_touches_them(nanjing, planner, stage):
    def ages():
        return the_session(nanjing).from_months, the_session(nanjing).to_months

    add(planner, stage, soon())
    assert ages() == (None, None)
    edit = f"/plan/sessions/{the_session(nanjing).code}/edit/"
    assert "留空则与活动相同：3–6 岁" in text(planner.get(edit))
    years = {"ages_first": "4", "ages_last": "5", "ages_unit": "years"}
    planner.post(edit, typed(stage[1], soon(), **years))
    assert ages() == (48, 71)
    planner.post(edit, typed(stage[1], soon(), ages_first="18", ages_last="30", ages_unit="months"))
    assert ages() == (18, 30)
    with inside(nanjing):
        Session.objects.update(from_months=36, to_months=72)
    planner.post(edit, typed(stage[1], soon(), ages_first="3", ages_last="6", ages_unit="years", title="小种子"))
    assert (ages(), the_session(nanjing).title) == ((36, 72), "小种子")
    backwards = planner.post(edit, typed(stage[1], soon(), ages_first="6", ages_last="3", ages_unit="years"))
    assert (backwards.status_code, "最小年龄比最大年龄还大" in text(backwards)) == (422, True)
    planner.post(edit, typed(stage[1], soon(), ages_unit="years"))
    assert ages() == (None, None)


def test_a_keeper_changes_only_what_the_planner_leaves_to_her(nanjing, nanjing_cast, planner, stage):
    add(planner, stage, soon())
    session, keeper = the_session(nanjing), nanjing_cast.client("keeper")
    here = f"/plan/sessions/{session.code}/"
    page = text(keeper.get(f"{here}edit/"))
    assert 'name="title"' in page
    assert 'name="room"' not in page
    values = typed(stage[1], soon(20), title="小种子（清凉门）")
    assert keeper.post(f"{here}edit/", values).status_code == 302
    assert (the_session(nanjing).title, the_session(nanjing).starts_at) == ("小种子（清凉门）", session.starts_at)
    assert keeper.post(f"{here}publish/").status_code == 403


def test_what_the_planner_keeps_a_keeper_does_not_find(nanjing, nanjing_cast, planner, stage):
    add(planner, stage, soon())
    with inside(nanjing):
        type(stage[0]).objects.update(local_fields=[])
    here = f"/plan/sessions/{the_session(nanjing).code}/"
    keeper = nanjing_cast.client("keeper")
    assert keeper.get(here).status_code == 200
    assert keeper.get(f"{here}edit/").status_code == 403
    assert nanjing_cast.client("other_district").get(here).status_code == 403


def test_many_are_published_after_a_look_and_those_that_cannot_are_named(nanjing, planner, stage):
    for day in (14, 15):
        add(planner, stage, soon(day))
    add(planner, stage, soon(16), place_kind="stream")
    asked = planner.post("/plan/sessions/publish/", {"all": "1", "query": ""})
    assert "发布 2 场" in text(asked)
    assert "还没有直播地址" in text(asked)
    planner.post("/plan/sessions/publish/", {"all": "1", "query": "", "sure": "1"})
    with inside(nanjing):
        assert Session.objects.exclude(published_at=None).count() == 2


def test_the_list_begins_today_and_finds_by_words_days_and_state(nanjing, planner, stage):
    add(planner, stage, soon(3))
    with inside(nanjing):
        old = soon(-3)
        plans.session(old, activity=stage[0], room=stage[1], title="去年的种子")

    def found(query):
        return "小种子" in text(planner.get(f"/plan/sessions/?{query}")), "去年的种子" in text(
            planner.get(f"/plan/sessions/?{query}")
        )

    assert found("") == (True, False)
    assert found("time=past")[1] is True
    assert found(f"from={soon(-5):%Y-%m-%d}")[1] is True
    assert found("q=清凉门") == (True, False)
    assert planner.get("/plan/sessions/?state=draft&district=nonsense&from=2027-13-45&host=%00").status_code == 200


def test_a_session_of_the_whole_list_costs_as_much_as_four(nanjing, planner, stage):
    def cost():
        with CaptureQueriesContext(connection) as done:
            planner.get("/plan/sessions/")
        return len(done)

    add(planner, stage, soon(3), hosts=[stage[2].pk])
    cost()
    few = cost()
    for day in (4, 5, 6):
        add(planner, stage, soon(day), hosts=[stage[2].pk])
    cost()
    assert cost() == few


def test_the_list_is_narrowed_by_host_and_venue(nanjing, planner, stage):
    add(planner, stage, soon(3), hosts=[stage[2].pk])
    with inside(nanjing):
        plans.session(soon(4), activity=stage[0], room=plans.room(venue="河西阅读空间"), title="皮影戏")

    def found(query):
        page = text(planner.get(f"/plan/sessions/?{query}"))
        return "孙老师" in page, "皮影戏" in page

    assert found("") == (True, True)
    assert found("host=孙") == (True, False)
    assert found("host=周") == (False, False)
    assert found("venue=河西") == (False, True)
    assert found("q=河西 小种子") == (False, True)
    assert found("sort=-place") == (True, True)


def test_the_staffs_search_finds_sessions_to_come_first_within_rights_and_hosts(nanjing, nanjing_cast, planner, stage):
    with inside(nanjing):
        for days, title in ((-3, "种子回顾"), (9, "种子远足"), (3, "种子开场")):
            plans.session(soon(days), activity=stage[0], room=stage[1], title=title)
        plans.host("孙宁", unit="金陵中学")
    page = text(planner.get("/plan/search/?q=清凉门"))
    assert sorted(("种子回顾", "种子远足", "种子开场"), key=page.index) == ["种子开场", "种子远足", "种子回顾"]
    assert "金陵中学" in text(planner.get("/plan/search/?q=孙宁"))
    with inside(nanjing):
        code = Session.objects.get(title="种子开场").code
    assert "种子开场" in text(planner.get(f"/plan/search/?q={code}"))
    assert "种子开场" not in text(nanjing_cast.client("other_district").get("/plan/search/?q=清凉门"))


def test_a_host_is_entered_changed_and_marked_as_away(nanjing, planner, stage):
    values = {
        "name": "顾老师",
        "kind": "promoter",
        "hours": "周六 9:00-12:00",
        "skills": "绘本 手语",
        "phone": "13800138088",
    }
    assert planner.post("/plan/hosts/add/", values | {"hours": "随便"}).status_code == 422
    here = planner.post("/plan/hosts/add/", values)["Location"]
    page = text(planner.get(here))
    assert "绘本、手语" in page
    assert "+8613800138088" in page
    assert planner.post(f"{here}edit/", values | {"name": "顾晓梅"}).status_code == 302
    day = f"{soon():%Y-%m-%d}"
    assert planner.post(f"{here}away/", {"first": day}).status_code == 302
    assert planner.post(f"{here}away/", {"first": ""}).status_code == 422
    assert planner.post(f"{here}link/", {"phone": "13900000000"}).status_code == 422
    planner.post(f"{here}close/")
    with inside(nanjing):
        host = Host.objects.get(name="顾晓梅")
    assert (host.skills, host.closed_at is not None) == (["绘本", "手语"], True)
    assert "顾晓梅" in text(planner.get("/plan/hosts/?leads=no&skill=手语"))


def test_a_telephone_is_for_planners_only(nanjing, nanjing_cast, planner, stage):
    here = planner.post("/plan/hosts/add/", {"name": "顾老师", "kind": "reader", "phone": "13800138088"})["Location"]
    assert "13800138088" not in text(nanjing_cast.client("keeper").get(here))


def test_a_closed_room_or_venue_is_not_offered(nanjing, planner, stage):
    activity, room, _host = stage
    page = f"/plan/activities/{activity.pk}/sessions/add/"
    assert "故事屋" in text(planner.get(page))
    with inside(nanjing):
        Venue.objects.filter(pk=room.venue_id).update(closed_at=clock.now(), close_reason="拆迁")
    assert "故事屋" not in text(planner.get(page))


def test_filters_offer_what_lies_in_her_view(nanjing, nanjing_cast, planner, stage):
    add(planner, stage, soon())
    with inside(nanjing):
        plans.programme("江宁书市", area=Area.objects.get(name="江宁区"))

    def offered(who):
        filters = {
            one.filter.name: one for one in nanjing_cast.client(who).get("/plan/sessions/").context["table"].filters
        }
        return [
            [str(way.label).rpartition(" · ")[2] for way in filters[name].ways] for name in ("district", "programme")
        ]

    assert offered("planner") == [["玄武区", "鼓楼区", "江宁区", "江北新区"], ["江宁书市", "绘本故事会"]]
    assert offered("district") == offered("keeper") == [["鼓楼区"], ["绘本故事会"]]
