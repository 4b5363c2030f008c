"""Many sessions changed at once: looked at first, then all of them or those that can."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from networks.models import Area
from programmes.planning.choices import Pattern
from programmes.planning.models import Rollout, Session
from programmes.planning.rules.asking import Ask, kept
from programmes.planning.rules.recurrence import Rule
from programmes.planning.views import change_many
from tests.planning import plans
from venues.models import OpeningHours

ZONE = ZoneInfo("Asia/Shanghai")
AT = "/plan/sessions/change/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _february(home):
    with time_machine.travel(datetime(2027, 2, 1, 9, tzinfo=ZONE), tick=True):
        yield


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast.client("planner")


def on(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def batch() -> Rollout:
    """Two spaces in two districts, each on two Saturdays."""
    activity = plans.activity()
    rooms = [plans.room(), plans.room(venue="百家湖阅读空间", district="江宁区")]
    first = on(6).date()
    rule = Rule(Pattern.WEEKLY, first, first, weekdays=(5,), times=(600,))
    row = Rollout.objects.create(activity=activity, rule=kept(Ask((), rule)), made=4)
    for room in rooms:
        OpeningHours.objects.create(venue=room.venue, weekday=5, opens_minute=540, closes_minute=1260)
        for day in (6, 13):
            made = plans.session(on(day), activity=activity, room=room, hosts=(plans.host(f"{room.pk}-{day}"),))
            Session.objects.filter(pk=made.pk).update(rollout=row)
    return row


def told() -> list[str]:
    rows = Session.objects.filter(rollout__isnull=False).order_by("venue__name", "starts_at").select_related("venue")
    return [f"{row.venue.name[:2]} {timezone.localtime(row.starts_at, ZONE):%m-%d %H:%M}" for row in rows]


def carried(page: str) -> str:
    return re.findall(r'name="sessions" value="([\d.]+)"', page)[0]


def test_all_in_one_district_are_moved_to_another_start(planner, batch) -> None:
    area = Area.objects.get(name="江宁区")
    page = planner.get(f"{AT}?rollout={batch.pk}&district={area.pk}").content.decode()
    form = {"rollout": batch.pk, "sessions": carried(page), "what": "time", "start": "14:30"}
    look = planner.post(AT, {**form, "do": "look"})
    assert (look.status_code, told()[0]) == (200, "清凉 03-06 10:00")
    assert "3月6日 周六 10:00 → <strong>3月6日 周六 14:30</strong>" in look.content.decode()
    done = planner.post(AT, {**form, "do": "commit"})
    assert (done.status_code, done["Location"]) == (302, f"/plan/roll-outs/{batch.pk}/")
    assert told() == ["清凉 03-06 10:00", "清凉 03-13 10:00", "百家 03-06 14:30", "百家 03-13 14:30"]


def test_a_week_later_each_takes_the_place_that_another_leaves(planner, batch) -> None:
    page = planner.get(f"{AT}?rollout={batch.pk}&weekday=5").content.decode()
    form = {"rollout": batch.pk, "sessions": carried(page), "what": "shift", "days": 7, "minutes": 30}
    assert planner.post(AT, {**form, "do": "commit"}).status_code == 302
    assert told() == ["清凉 03-13 10:30", "清凉 03-20 10:30", "百家 03-13 10:30", "百家 03-20 10:30"]


def test_what_cannot_is_named_and_all_or_only_the_others_change(planner, batch) -> None:
    room = Session.objects.filter(venue__name="清凉门阅读空间").first().room
    plans.session(on(13, 14), activity=plans.activity("科学课"), room=room)
    form = {"rollout": batch.pk, "sessions": ".".join(str(s.pk) for s in batch.sessions.all())}
    form |= {"what": "time", "start": "14:30"}
    look = planner.post(AT, {**form, "do": "look"}).content.decode()
    assert ("科学课" in look, look.count('data-state="bad"')) == (True, 2)
    before = told()
    refused = planner.post(AT, {**form, "do": "commit", "which": "all"})
    assert (refused.status_code, told()) == (422, before)
    assert planner.post(AT, {**form, "do": "commit", "which": "able"}).status_code == 302
    assert told() == ["清凉 03-06 14:30", "清凉 03-13 10:00", "百家 03-06 14:30", "百家 03-13 14:30"]


def test_doubts_are_passed_over_only_when_said_so(planner, batch) -> None:
    form = {"sessions": ".".join(str(s.pk) for s in batch.sessions.all()), "what": "time", "start": "21:00"}
    before = told()
    for more in ({"which": "all"}, {"which": "able"}):
        assert (planner.post(AT, {**form, **more, "do": "commit"}).status_code, told()) == (422, before)
    assert planner.post(AT, {**form, "anyway": "1", "do": "commit"}).status_code == 302
    assert {line[-5:] for line in told()} == {"21:00"}


def test_one_host_for_another_where_she_leads(planner, batch) -> None:
    first = batch.sessions.order_by("pk")[0]
    leaving, coming = first.engagements.get().host, plans.host("钱老师")
    form = {"sessions": ".".join(str(s.pk) for s in batch.sessions.all()), "what": "swap"}
    form |= {"host_from": leaving.pk, "host_to": coming.pk}
    assert planner.post(AT, {**form, "do": "commit"}).status_code == 302
    hosts = {s.pk: [one.host.name for one in s.engagements.all()] for s in batch.sessions.all()}
    assert hosts.pop(first.pk) == ["钱老师"]
    assert ["钱老师"] not in hosts.values()


def test_a_host_cannot_be_in_two_places_at_once(planner, batch) -> None:
    coming = plans.host("钱老师")
    form = {"sessions": ".".join(str(s.pk) for s in batch.sessions.all()), "what": "hosts", "host_to": coming.pk}
    answer = planner.post(AT, {**form, "do": "commit"})
    assert (answer.status_code, coming.engagements.count()) == (422, 0)
    assert "钱老师" in answer.content.decode()


def test_places_and_a_word_to_readers(planner, batch) -> None:
    form = {"sessions": ".".join(str(s.pk) for s in batch.sessions.all()), "what": "words"}
    planner.post(AT, {**form, "capacity": 12, "notice": "请带彩笔", "do": "commit"})
    assert set(batch.sessions.values_list("capacity", "notice")) == {(12, "请带彩笔")}


def test_called_off_with_a_reason_after_a_look(planner, batch) -> None:
    form = {"rollout": batch.pk, "sessions": ".".join(str(s.pk) for s in batch.sessions.all()), "what": "off"}
    assert planner.post(AT, {**form, "do": "look"}).status_code == 422
    look = planner.post(AT, {**form, "reason": "主讲人生病", "do": "look"})
    assert (look.status_code, batch.sessions.filter(called_off_at=None).count()) == (200, 4)
    planner.post(AT, {**form, "reason": "主讲人生病", "do": "commit"})
    assert set(batch.sessions.values_list("call_off_reason", flat=True)) == {"主讲人生病"}
    assert "这一批里没有" in planner.get(f"{AT}?rollout={batch.pk}").content.decode()


@pytest.mark.parametrize(
    "typed", [{"what": "time"}, {"what": "shift"}, {"what": "swap"}, {"what": "words"}, {"what": "zzz"}, {}]
)
def test_what_is_missing_is_asked_for(typed, planner, batch) -> None:
    form = {"sessions": str(batch.sessions.first().pk), **typed, "do": "commit"}
    before = told()
    assert (planner.post(AT, form).status_code, told()) == (422, before)


def test_chosen_rows_of_a_list_and_nothing_chosen(planner, batch) -> None:
    keys = [s.pk for s in batch.sessions.all()[:2]]
    page = planner.post(AT, {"chosen": keys}).content.decode()
    assert sorted(carried(page).split(".")) == sorted(str(key) for key in keys)
    assert planner.post(AT, {}).status_code == 302
    assert planner.post(AT, {"sessions": f"{keys[0]}.999999"}).status_code == 404
    everything = planner.post(AT, {"all": "1", "query": ""}).content.decode()
    assert len(carried(everything).split(".")) == 4


def test_the_narrowed_choice_is_kept_from_look_to_look(planner, batch) -> None:
    area = Area.objects.get(name="江宁区")
    page = planner.get(f"{AT}?rollout={batch.pk}&district={area.pk}&weekday=5").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(rollout|district|weekday|sessions)" value="([^"]+)"', page))
    assert (hidden["district"], hidden["weekday"]) == (str(area.pk), "5")
    look = planner.post(AT, {**hidden, "what": "time", "start": "14:30", "do": "look"})
    assert (look.context["choice"].district, look.context["choice"].weekday) == (area.pk, 5)
    assert len(look.context["choice"].sessions) == 2
    assert f'<option value="{area.pk}" selected>江宁区' in look.content.decode()


def test_more_than_go_at_once_are_refused_with_their_number(planner, batch, monkeypatch) -> None:
    monkeypatch.setattr(change_many, "MOST", 3)
    before = told()
    page = planner.get(f"{AT}?rollout={batch.pk}")
    assert (page.context["choice"].too_many, "一共是 4 场" in page.content.decode()) == (4, True)
    assert (
        len(
            planner.get(f"{AT}?rollout={batch.pk}&district={Area.objects.get(name='江宁区').pk}")
            .context["choice"]
            .sessions
        )
        == 2
    )
    form = {"sessions": ".".join(str(s.pk) for s in batch.sessions.all()), "what": "time", "start": "14:30"}
    for typed in ({**form, "do": "commit"}, {"all": "1", "query": ""}):
        answer = planner.post(AT, typed, follow=True)
        assert "一共是 4 场，一次最多调整 3 场" in answer.content.decode()
    assert told() == before


def test_statements_do_not_grow_with_the_sessions(planner, batch, django_assert_max_num_queries) -> None:
    activity = batch.activity
    for number in range(12):
        room = plans.room(venue=f"阅读空间 {number}")
        made = plans.session(on(20), activity=activity, room=room)
        Session.objects.filter(pk=made.pk).update(rollout=batch)
    form = {"sessions": ".".join(str(s.pk) for s in batch.sessions.all()), "what": "time", "start": "14:30"}
    with django_assert_max_num_queries(26):
        planner.post(AT, {**form, "do": "look"})
