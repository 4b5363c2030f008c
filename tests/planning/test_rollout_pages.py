"""Roll-out as a planner goes through it: spaces, rule, preview, commit, and what comes after."""

import re
from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kit import clock
from programmes.planning.models import Rollout, Session, VenueSet
from tests.planning import plans
from tests.venues.places import open_space
from venues.models import Closure, Room, Venue

ZONE = ZoneInfo("Asia/Shanghai")
RULE = {
    "pattern": "weekly",
    "weekdays": "5",
    "every": "1",
    "first": "2027-03-01",
    "last": "2027-03-28",
    "times": "10:00",
    "skips_holidays": "on",
    "adjusted": "skip",
    "within_hours": "on",
    "skips_closures": "on",
    "host_lack": "skip",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _february():
    with time_machine.travel(datetime(2027, 2, 1, 9, tzinfo=ZONE), tick=True):
        yield


@pytest.fixture
def spaces(nanjing) -> list[Venue]:
    return [
        open_space(nanjing, "清凉门阅读空间", number="001"),
        open_space(nanjing, "宝船阅读空间", number="002", step_free=True),
        open_space(nanjing, "百家湖阅读空间", number="003", district="江宁区"),
    ]


@pytest.fixture
def activity(home, spaces):
    for venue in spaces:
        Room.objects.create(venue=venue, name="故事角", capacity=30)
    return plans.activity()


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast.client("planner")


def at(activity, step: str, **values) -> str:
    return f"/plan/activities/{activity.pk}/roll-out/?{urlencode({'step': step, **values}, doseq=True)}"


def ids(*venues: Venue) -> str:
    return ".".join(str(venue.pk) for venue in venues)


def ticked(page: str) -> list[str]:
    return re.findall(r'name="v" value="(\d+)" checked', page)


def names(page: str) -> list[str]:
    return re.findall(r'ro-space-name">([^<]+)<', page)


def totals(page: str) -> dict[str, int]:
    found = re.findall(r'<li data-state="(\w+)"><strong class="numbers">(\d+)<', page)
    return {state: int(number) for state, number in found}


def states(page: str) -> list[str]:
    """Of all marks in the grid, row by row."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    return re.findall(r'class="ro-mark" data-state="(\w+)"', body)


def seen(page: str) -> str:
    return re.findall(r'name="seen" value="(\w+)"', page)[0]


def query(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


# --- Spaces


def test_spaces_are_narrowed_while_ticks_elsewhere_stay(planner, activity, spaces) -> None:
    one, other, far = spaces
    page = planner.get(at(activity, "spaces", v=[far.pk], wd=one.area.parent_id)).content.decode()
    assert (names(page), ticked(page)) == (["清凉门阅读空间", "宝船阅读空间"], [])
    assert f'name="spaces" value="{far.pk}"' in page
    page = planner.get(at(activity, "spaces", spaces=ids(far, other), wa="step_free")).content.decode()
    assert (names(page), ticked(page)) == (["宝船阅读空间"], [str(other.pk)])
    assert names(planner.get(at(activity, "spaces", wq="百家")).content.decode()) == ["百家湖阅读空间"]


def test_all_shown_are_chosen_and_the_way_leads_on(planner, activity, spaces) -> None:
    one, other, far = spaces
    answer = planner.get(at(activity, "spaces", spaces=ids(far), wd=one.area.parent_id, go="shown"))
    assert query(answer["Location"])["spaces"] == ids(far, one, other)
    answer = planner.get(at(activity, "spaces", v=[one.pk, other.pk], go="rule"))
    assert query(answer["Location"]) == {"step": "rule", "spaces": ids(one, other)}


def test_rooms_and_nonsense_in_filters(planner, activity, spaces) -> None:
    Room.objects.filter(venue=spaces[0]).update(capacity=8)
    page = planner.get(at(activity, "spaces", wf="1")).content.decode()
    assert names(page) == ["宝船阅读空间", "百家湖阅读空间"]
    odd = {"wk": "castle", "wd": "x", "wp": "-3", "wa": "lift", "we": "organ", "spaces": "a.9999999.-1", "v": "x"}
    assert len(names(planner.get(at(activity, "spaces", **odd)).content.decode())) == 3


def test_a_set_is_kept_used_renamed_and_deleted(planner, activity, spaces) -> None:
    one, other, _far = spaces
    back = at(activity, "rule", spaces=ids(one, other))
    answer = planner.post("/plan/venue-sets/", {"name": "首批两家", "spaces": ids(one, other), "back": back})
    assert (answer.status_code, answer["Location"]) == (302, back)
    row = VenueSet.objects.get()
    answer = planner.get(at(activity, "spaces", go=f"set:{row.pk}"))
    assert query(answer["Location"])["spaces"] == ids(one, other)
    planner.post(f"/plan/venue-sets/{row.pk}/", {"name": "试点两家"})
    assert "试点两家" in planner.get("/plan/venue-sets/").content.decode()
    planner.post(f"/plan/venue-sets/{row.pk}/", {"do": "delete"})
    assert VenueSet.objects.count() == 0


# --- Rule


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"weekdays": ""}, "请至少选一个星期几。"),
        ({"times": "上午十点"}, "时间写成 10:00 或 14:30。"),
        ({"times": "25:00"}, "时间写成 10:00 或 14:30。"),
        ({"last": "2027-02-01"}, "最后一天早于第一天。"),
        ({"last": "2029-02-01"}, "起止超过了一年半。"),
        ({"pattern": "dates", "dates": "2027-02-30"}, "没有 2月30日。"),
        ({"pattern": "dates", "dates": "春分"}, "日期写成 2027-04-23 或 4月23日。"),
        ({"pattern": "spread", "count": ""}, "每个空间排几场？"),
        ({"pattern": "monthly"}, "请选每月第几个。"),
        ({"first": "2027-12-20", "last": "2028-01-20"}, "不在 2027 年度内"),
        ({"first": "2027-03-01", "last": "2027-03-03"}, "按这条规则，一天也没有。"),
    ],
)
def test_a_rule_that_cannot_be_is_said_at_once(change, said, planner, activity, spaces) -> None:
    answer = planner.get(at(activity, "preview", spaces=ids(*spaces), **{**RULE, **change}))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_named_days_without_a_year_are_of_the_first_days(planner, activity, spaces) -> None:
    rule = {**RULE, "pattern": "dates", "dates": "4月23日、5/8；2027-06-01", "skips_holidays": ""}
    page = planner.get(at(activity, "preview", spaces=ids(spaces[0]), **rule)).content.decode()
    assert re.findall(r'ro-day">(\d+)<', page) == ["23", "8", "1"]


def test_without_spaces_nothing_is_previewed(planner, activity) -> None:
    answer = planner.get(at(activity, "preview", **RULE))
    assert (answer.status_code, "还没有选空间" in answer.content.decode()) == (422, True)


# --- Preview and commit


def test_previewed_taken_out_and_committed(planner, activity, spaces) -> None:
    one, other, far = spaces
    Closure.objects.create(
        venue=other,
        starts_at=datetime(2027, 3, 12, tzinfo=ZONE),
        ends_at=datetime(2027, 3, 15, tzinfo=ZONE),
        reason="内部设备检修",
    )
    room = Room.objects.select_related("venue__area").get(venue=far)
    plans.session(datetime(2027, 3, 27, 10, tzinfo=ZONE), activity=plans.activity("科学课"), room=room)
    page = planner.get(at(activity, "preview", spaces=ids(*spaces), **RULE)).content.decode()
    assert totals(page) == {"made": 10, "clash": 1, "closed": 1}
    assert states(page) == ["made"] * 4 + ["made", "closed", "made", "made"] + ["made"] * 3 + ["clash"]
    assert "宝船阅读空间 3月13日 周六 10:00–11:00 · 闭馆 · 内部设备检修" in page
    assert Session.objects.count() == 1

    out = f"{one.pk}.202703061000"
    form = {"spaces": ids(*spaces), **RULE, "seen": seen(page), "out": [out, str(far.pk)]}
    again = planner.post(at(activity, "preview"), {**form, "do": "again"})
    page = planner.get(again["Location"]).content.decode()
    assert totals(page) == {"made": 6, "clash": 1, "closed": 1, "out": 4}
    answer = planner.post(at(activity, "preview"), {**form, "do": "commit"})
    row = Rollout.objects.get()
    assert (answer.status_code, answer["Location"], row.made) == (302, f"/plan/roll-outs/{row.pk}/", 6)
    assert Session.objects.filter(rollout=row).count() == 6


def test_what_changed_meanwhile_writes_nothing_and_shows_anew(planner, activity, spaces) -> None:
    page = planner.get(at(activity, "preview", spaces=ids(*spaces), **RULE)).content.decode()
    form = {"spaces": ids(*spaces), **RULE, "seen": seen(page), "do": "commit"}
    room = Room.objects.select_related("venue__area").get(venue=spaces[0])
    plans.session(datetime(2027, 3, 6, 10, tzinfo=ZONE), activity=plans.activity("科学课"), room=room)
    answer = planner.post(at(activity, "preview"), form)
    assert (answer.status_code, Rollout.objects.count(), Session.objects.count()) == (422, 0, 1)
    assert "您查看之后情况有变" in answer.content.decode()
    again = planner.post(at(activity, "preview"), {**form, "seen": seen(answer.content.decode())})
    assert (again.status_code, Rollout.objects.get().made) == (302, 11)


def test_the_same_again_by_the_back_button_leads_to_what_was_made(planner, activity, spaces) -> None:
    page = planner.get(at(activity, "preview", spaces=ids(*spaces), **RULE)).content.decode()
    form = {"spaces": ids(*spaces), **RULE, "seen": seen(page), "do": "commit"}
    made = planner.post(at(activity, "preview"), form)["Location"]
    count = Session.objects.count()
    again = planner.post(at(activity, "preview"), form)
    text = again.content.decode()
    assert (again.status_code, Rollout.objects.count(), Session.objects.count()) == (422, 1, count)
    assert (f'<a href="{made}">' in text, f"这一批您刚刚排过了：{count} 场" in text, "情况有变" in text) == (
        True,
        True,
        False,
    )
    Rollout.objects.update(made_at=clock.now() - timedelta(hours=2))
    assert "您查看之后情况有变" in planner.post(at(activity, "preview"), form).content.decode()


def test_thousands_are_asked_again(planner, activity, spaces) -> None:
    rule = {
        **RULE,
        "weekdays": [str(day) for day in range(7)],
        "first": "2027-02-02",
        "last": "2027-12-31",
        "times": "、".join(f"{hour}:{minute:02}" for hour in (9, 10, 11, 12, 13) for minute in (0, 30)),
        "skips_holidays": "",
    }
    number = 3 * 333 * 10
    answer = planner.get(at(activity, "preview", spaces=ids(*spaces), **rule))
    assert (answer.status_code, f"{number:,}" in answer.content.decode() or str(number) in answer.content.decode()) == (
        422,
        True,
    )
    wrong = planner.get(at(activity, "preview", spaces=ids(*spaces), **rule, confirmed="1000"))
    assert (wrong.status_code, "数字不对" in wrong.content.decode()) == (422, True)
    sure = planner.get(at(activity, "preview", spaces=ids(*spaces), **rule, confirmed=str(number)))
    page = sure.content.decode()
    assert (sure.status_code, sum(totals(page).values()), len(states(page))) == (200, number, number)


def test_hosts_who_are_never_free(planner, activity, spaces) -> None:
    host = plans.host("钱老师", term_until=date(2026, 12, 31))
    page = planner.get(at(activity, "preview", spaces=ids(*spaces), **RULE, hosts=host.pk)).content.decode()
    assert totals(page) == {"made": 0, "clash": 12, "closed": 0}
    assert 'value="commit"' not in page
    assert "这次没有排到场次的主讲人： 钱老师" in page


def test_only_spaces_of_ones_own_network_and_reach(planner, activity, spaces, shenzhen) -> None:
    stranger = open_space(shenzhen, "南山书吧", district="南山区")
    page = planner.get(at(activity, "preview", spaces=ids(spaces[0], stranger), **RULE)).content.decode()
    assert (totals(page), "南山书吧" in page) == ({"made": 4, "clash": 0, "closed": 0}, False)


# --- Afterwards


def rolled_out(planner, activity, spaces) -> Rollout:
    page = planner.get(at(activity, "preview", spaces=ids(*spaces), **RULE)).content.decode()
    form = {"spaces": ids(*spaces), **RULE, "seen": seen(page), "do": "commit"}
    planner.post(at(activity, "preview"), form)
    return Rollout.objects.get()


def test_looked_at_and_undone(planner, activity, spaces) -> None:
    row = rolled_out(planner, activity, spaces)
    page = planner.get(f"/plan/roll-outs/{row.pk}/").content.decode()
    assert ("林晓梅" in page, "整批撤回 12 场" in page) == (True, True)
    assert "小种子" in planner.get("/plan/roll-outs/").content.decode()
    answer = planner.post(f"/plan/roll-outs/{row.pk}/undo/")
    assert (answer.status_code, Session.objects.count()) == (302, 0)
    assert "已于 2027-02-01" in planner.get(f"/plan/roll-outs/{row.pk}/").content.decode()


def test_the_rule_is_the_old_one_once_sessions_were_changed(planner, activity, spaces) -> None:
    row = rolled_out(planner, activity, spaces)
    address = f"/plan/roll-outs/{row.pk}/"
    assert "原规则" not in planner.get(address).content.decode()
    Session.objects.filter(pk=row.sessions.first().pk).update(changed_at=clock.now())
    page = planner.get(address).content.decode()
    assert ("原规则：每周" in page, "1 场已改" in page) == (True, True)


def test_published_and_then_not_undone(planner, activity, spaces) -> None:
    row = rolled_out(planner, activity, spaces)
    planner.post(f"/plan/roll-outs/{row.pk}/publish/")
    assert Session.objects.exclude(published_at=None).count() == 12
    answer = planner.post(f"/plan/roll-outs/{row.pk}/undo/")
    assert (answer.status_code, Session.objects.count()) == (422, 12)
    assert "12 场里有 12 场此后已发布、改动或取消。" in answer.content.decode()


def test_statements_of_the_pages_do_not_grow(planner, activity, spaces, nanjing, django_assert_max_num_queries) -> None:
    for number in range(12):
        Room.objects.create(
            venue=open_space(nanjing, f"阅读空间 {number}", number=f"1{number}"), name="故事角", capacity=30
        )
    everything = list(Venue.objects.order_by("pk"))
    for step in ("spaces", "rule", "preview"):
        planner.get(at(activity, step, spaces=ids(*everything), **RULE))
        with django_assert_max_num_queries(26):
            planner.get(at(activity, step, spaces=ids(*everything), **RULE))
