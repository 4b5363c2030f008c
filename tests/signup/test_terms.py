"""Terms of sign-up: set and changed by planners, shown to staff, copied with their activity."""

from datetime import time

import pytest

from kit import clock
from networks.models import JournalLine, inside
from programmes.planning.commands.activities import copy_activity
from programmes.planning.commands.copying import take_over_season
from programmes.planning.models import Activity, Programme, Season
from programmes.signup.choices import Way
from programmes.signup.models import Terms
from tests.planning import plans

pytestmark = pytest.mark.django_db

TYPED = {
    "way": "sign_up",
    "opens_days": "7",
    "opens_at": "09:00",
    "closes_hours": "2",
    "answer_hours": "12",
    "waits": "on",
    "cancel_hours": "24",
    "most_children": "2",
    "most_sessions": "",
    "cap_period": "month",
    "cap_of": "family",
    "course": "each",
}


@pytest.fixture
def activity(nanjing):
    with inside(nanjing):
        return plans.activity()


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast.client("planner")


def text(response):
    return response.content.decode()


def send(planner, activity, **more):
    return planner.post(f"/plan/activities/{activity.pk}/sign-up/", {**TYPED, **more})


def test_the_page_of_an_activity_says_that_nothing_is_set_and_then_what(nanjing, activity, planner):
    page = text(planner.get(f"/plan/activities/{activity.pk}/"))
    assert "还没有设置报名方式" in page
    assert f"/plan/activities/{activity.pk}/sign-up/" in page
    assert send(planner, activity).status_code == 302
    page = text(planner.get(f"/plan/activities/{activity.pk}/"))
    for words in ("在线报名", "活动前 7 天 09:00", "活动开始前 2 小时", "活动开始前 24 小时", "2 个孩子"):
        assert words in page, words
    with inside(nanjing):
        row = Terms.objects.get(activity=activity)
        assert (row.way, row.opens_days, row.opens_at, row.closes_hours) == (Way.SIGN_UP, 7, time(9), 2)
        line = JournalLine.objects.get(verb="signup.terms_set")
        assert line.values["opens_days"] == [None, 7]


def test_only_what_changed_is_noted_and_nothing_if_nothing_did(nanjing, activity, planner):
    send(planner, activity)
    send(planner, activity)
    send(planner, activity, opens_days="", most_children="")
    with inside(nanjing):
        lines = list(
            JournalLine.objects.filter(verb="signup.terms_set").order_by("pk").values_list("values", flat=True)
        )
        assert [sorted(line) for line in lines[1:]] == [["most_children", "opens_days"]]
        assert (Terms.objects.get().opens_days, Terms.objects.get().most_children) == (None, None)


def test_one_cannot_close_before_it_opens(nanjing, activity, planner):
    told = send(planner, activity, opens_days="1", closes_hours="48")
    assert (told.status_code, "这样报名还没开放就已经截止了" in text(told)) == (422, True)
    assert 'id="id_closes_hours_error"' in text(told)
    assert send(planner, activity, opens_days="1", closes_hours="47").status_code == 302
    with inside(nanjing):
        assert Terms.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("way", "by_crow"), ("opens_days", "400"), ("closes_hours", "-1"), ("most_children", "0"), ("opens_at", "25:00")],
)
def test_what_cannot_be_is_said_at_its_field(activity, planner, field, value):
    told = send(planner, activity, **{field: value})
    assert (told.status_code, f'id="id_{field}_error"' in text(told)) == (422, True)


def test_whoever_does_not_plan_sees_terms_and_changes_nothing(activity, planner, nanjing_cast):
    send(planner, activity, way="phone")
    keeper = nanjing_cast.client("keeper")
    page = text(keeper.get(f"/plan/activities/{activity.pk}/"))
    assert "电话" in page
    assert "/sign-up/" not in page
    assert keeper.get(f"/plan/activities/{activity.pk}/sign-up/").status_code == 403
    assert send(keeper, activity).status_code == 403


def test_terms_of_a_dropped_activity_stay(nanjing, activity, planner):
    with inside(nanjing):
        Activity.objects.update(dropped_at=clock.now())
    assert send(planner, activity).status_code == 422


def test_a_copy_has_the_same_terms(nanjing, activity, nanjing_cast):
    with inside(nanjing):
        Terms.objects.create(activity=activity, opens_days=5, most_children=1)
        copy = copy_activity(
            activity=activity, programme=activity.programme, title="又一粒小种子", by=nanjing_cast["planner"]
        )
        row = Terms.objects.get(activity=copy)
        assert (row.opens_days, row.most_children, Terms.objects.count()) == (5, 1, 2)


def test_a_season_that_is_taken_over_brings_its_terms(nanjing, activity, nanjing_cast):
    with inside(nanjing):
        Terms.objects.create(activity=activity, opens_days=5, cancel_hours=3)
        plans.activity("没有报名方式")
        taken = {
            "source": Season.objects.get(year=2027),
            "target": plans.season(2028),
            "programmes": list(Programme.objects.all()),
            "by": nanjing_cast["planner"],
            "at": clock.now(),
        }
        take_over_season(**taken)
        take_over_season(**taken)
        rows = Terms.objects.filter(activity__programme__season__year=2028)
        assert [(row.activity.title, row.opens_days, row.cancel_hours) for row in rows] == [("小种子", 5, 3)]
