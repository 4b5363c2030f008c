"""Days and numbers that nobody means: said at the field or passed over, on every page of the plan, never a fault."""

from datetime import timedelta

import pytest

from kit import clock
from kit.numbers import whole
from networks.models import inside
from programmes.planning.choices import LocalField
from programmes.planning.models import HostAbsence, Rollout, Session
from tests.planning import plans
from tests.planning.test_session_pages import soon, typed

pytestmark = pytest.mark.django_db
FAR = ("9999-12-31", "0001-01-01", "1999-12-31", "2101-01-01")
LONG = ("9" * 20, "9" * 5000, "٣")


@pytest.fixture
def stage(nanjing):
    with inside(nanjing):
        now = clock.now()
        season = plans.season(now.year, ends_on=now.date() + timedelta(days=400))
        activity = plans.activity(programme=plans.programme(season=season), local_fields=[LocalField.TEXT])
        room, host = plans.room(), plans.host()
        return activity, room, host, plans.session(soon(), activity=activity, room=room)


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast.client("planner")


def refused(answer):
    return answer.status_code, "请填写 2000 年到 2100 年之间的日期" in answer.content.decode()


@pytest.mark.parametrize("day", FAR)
def test_a_far_day_is_refused_at_its_field(nanjing, planner, stage, day):
    activity, room, host, session = stage
    one = typed(room, soon())
    edit, add = f"/plan/sessions/{session.code}/edit/", f"/plan/activities/{activity.pk}/sessions/add/"
    assert refused(planner.post(edit, one | {"day": day})) == (422, True)
    assert refused(planner.post(edit, one | {"day": day, "look": "1"})) == (422, True)
    assert refused(planner.post(edit, one | {"last_day": day})) == (422, True)
    assert refused(planner.post(add, one | {"day": day})) == (422, True)
    assert refused(planner.post(f"/plan/hosts/{host.pk}/away/", {"first": day, "last": day})) == (422, True)
    with inside(nanjing):
        assert (Session.objects.count(), HostAbsence.objects.count()) == (1, 0)


@pytest.mark.parametrize("day", FAR)
def test_a_far_day_is_refused_in_the_rule_of_a_rollout(nanjing, planner, stage, day):
    activity, room, _host, _session = stage
    here = f"/plan/activities/{activity.pk}/roll-out/"
    rule = {
        "spaces": str(room.venue_id),
        "pattern": "weekly",
        "weekdays": "5",
        "times": "10:00",
        "first": day,
        "last": day,
        "adjusted": "skip",
        "host_lack": "skip",
    }
    for step in ({"step": "rule", "go": "preview"}, {"step": "preview"}):
        assert refused(planner.get(here, rule | step)) == (422, True)
    assert refused(planner.post(here, rule | {"do": "commit"})) == (422, True)
    named = rule | {"pattern": "dates", "dates": day, "first": "2027-01-01", "last": "2027-02-01"}
    assert refused(planner.get(here, named | {"step": "preview"})) == (422, True)
    with inside(nanjing):
        assert Rollout.objects.count() == 0


@pytest.mark.parametrize("day", FAR)
@pytest.mark.parametrize(
    "address",
    [
        "/plan/sessions/?until={0}",
        "/plan/sessions/?from={0}",
        "/plan/table/?from={0}&until={0}",
        "/plan/table/excel/?from={0}&until={0}",
        "/plan/day/?date={0}",
        "/plan/week/?date={0}",
        "/plan/programmes/add/?starts_on={0}&ends_on={0}",
        "/events/?day={0}",
        "/events/month/?m={0}",
        "/events/week/?w={0}",
        "/events/past/?month={0}",
    ],
)
def test_a_far_day_in_an_address_is_passed_over(planner, stage, address, day):
    assert planner.get(address.format(day)).status_code == 200


@pytest.mark.parametrize("number", LONG)
@pytest.mark.parametrize(
    "address",
    [
        "/plan/sessions/?district={0}",
        "/plan/sessions/?season={0}&programme={0}",
        "/plan/sessions/?activity={0}&rollout={0}&page={0}",
        "/plan/hosts/?home={0}",
        "/plan/programmes/?season={0}&brand={0}",
        "/plan/day/?area={0}",
        "/plan/table/?year={0}&area={0}&page={0}",
        "/plan/programmes/add/?season={0}&brand={0}",
        "/plan/seasons/add/?year={0}",
        "/plan/brands/add/?under={0}",
        "/plan/fees/?until=2027-01-01&host={0}",
        "/events/?district={0}&brand={0}&age={0}&page={0}",
    ],
)
def test_a_number_without_end_in_an_address_is_passed_over(planner, stage, address, number):
    assert planner.get(address.format(number)).status_code == 200


@pytest.mark.parametrize("number", LONG)
def test_a_number_without_end_in_a_form_is_nobodys(planner, stage, number):
    activity, room, host, session = stage
    assert planner.post("/plan/whole/excel/", {"season": number}).status_code == 404
    assert planner.post(f"/plan/hosts/{host.pk}/back/", {"absence": number}).status_code == 404
    assert planner.post("/plan/sessions/publish/", {"chosen": number}).status_code == 302
    assert planner.post("/plan/sessions/call-off/", {"chosen": number}).status_code == 302
    assert planner.post("/plan/sessions/change/", {"chosen": number, "sessions": number}).status_code == 302
    assert planner.post("/plan/sessions/change/", {"rollout": number}).status_code == 302
    edit = planner.post(f"/plan/sessions/{session.code}/edit/", typed(room, soon()) | {"room": number, "hosts": number})
    assert edit.status_code == 422
    units = planner.post(f"/plan/activities/{activity.pk}/units/", {"do": "remove", "line": number})
    assert units.status_code == 302


def test_only_a_few_plain_digits_are_a_number():
    found = [whole(one) for one in ("0", "12", "9" * 18, "9" * 19, "-1", "", "٣", "1.0")]
    assert found == [0, 12, int("9" * 18), None, None, None, None, None]
