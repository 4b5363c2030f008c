"""Several days of an activity in one go: those that a family ticks, or the whole course. All of it or nothing."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from kit import clock
from kit.refusals import Refused
from networks.models import Fact, inside
from programmes.planning.models import Session
from programmes.signup.commands.changing import cancel
from programmes.signup.commands.courses import cancel_course, register_course
from programmes.signup.models import Registration, Terms
from tests.browsers import browser, person
from tests.people import homes
from tests.signup.signing import another, family, party, sign_up, story_hour, taken

pytestmark = pytest.mark.django_db


def course(network, kind, *, places=20, days=3, **terms):
    first = story_hour(network, places=places, terms={"course": kind, **terms})
    rest = [another(network, first.activity, later=timedelta(days=3 + 7 * number)) for number in range(1, days)]
    with inside(network):
        Session.objects.update(area=first.area, venue=first.venue, room=None, place_kind=first.place_kind)
    return [first, *rest]


def joins(network, sessions, home, *, key=None, children=1, opened=None, waits_for=()):
    household, by = home
    chosen = party(household, children=children)
    with inside(network):
        return register_course(
            household=household,
            session=opened or sessions[0],
            days=[one.code for one in sessions],
            party=chosen,
            by=by,
            request_key=key or uuid4(),
            at=clock.now(),
            waits_for=[one.code for one in waits_for],
        )


def no(function, *args, **values):
    with pytest.raises(Refused) as found:
        function(*args, **values)
    (refusal,) = found.value.refusals
    return refusal


def takes(network, sessions):
    return [taken(network, one) for one in sessions]


def words(response):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", response.content.decode()))


def test_the_days_that_a_family_ticks_are_taken_together_and_told_once(nanjing):
    days, home, key = course(nanjing, "chosen"), family(nanjing, children=2), uuid4()
    made = joins(nanjing, days[:2], home, key=key, children=2)
    again = joins(nanjing, days[:2], home, key=key, children=2)
    assert (again.pk, takes(nanjing, days)) == (made.pk, [(2, 2), (2, 2), (0, 0)])
    with inside(nanjing):
        rows = list(Registration.objects.order_by("pk"))
        assert (len({row.together for row in rows}), len({bytes(row.ticket_hash) for row in rows})) == (1, 2)
        (fact,) = Fact.objects.filter(kind="signup.registered", listener="notifications.signup.registered")
        assert fact.payload["days"] == 2
    # One day more is a registration of its own.
    assert sign_up(nanjing, days[2], *home).together is None


@pytest.mark.parametrize("kind", ["chosen", "whole"])
def test_a_full_day_leaves_nothing_behind_and_is_named(nanjing, kind):
    days = course(nanjing, kind, places=1)
    with inside(nanjing):
        Terms.objects.update(course="each")
    sign_up(nanjing, days[1], *family(nanjing))
    with inside(nanjing):
        Terms.objects.update(course=kind)
    refusal = no(joins, nanjing, days, family(nanjing))
    day = days[1].starts_at.astimezone(nanjing.zone)
    assert (refusal.code, str(refusal.text)) == ("day_full", f"{day.month}月{day.day}日 的名额已满。")
    assert takes(nanjing, days) == [(0, 0), (1, 1), (0, 0)]


def test_a_whole_course_is_whole(nanjing):
    days, home = course(nanjing, "whole"), family(nanjing)
    assert no(sign_up, nanjing, days[0], *home).code == "whole_course"
    assert no(joins, nanjing, days[:2], home).code == "days_changed"
    assert no(joins, nanjing, [], home, opened=days[0]).code == "no_day"
    joins(nanjing, days, home)
    assert takes(nanjing, days) == [(1, 1)] * 3
    assert no(joins, nanjing, days, home).code == "registered_already"


def test_a_limit_counts_all_days_of_a_course(nanjing):
    days, home = course(nanjing, "chosen", most_sessions=2, cap_period="ever"), family(nanjing)
    assert no(joins, nanjing, days, home).code == "cap_reached"
    assert takes(nanjing, days) == [(0, 0)] * 3
    joins(nanjing, days[:2], home)


def test_one_day_or_all_that_are_left_are_given_up(nanjing):
    days, home = course(nanjing, "whole", cancel_hours=24 * 4), family(nanjing)
    made = joins(nanjing, days, home)
    with inside(nanjing):
        last = Registration.objects.get(session=days[2])
        cancel(registration=last, by=home[1], at=clock.now())
        # The first day is too near to be given up.
        assert cancel_course(registration=made, by=home[1], at=clock.now()) == 1
        assert cancel_course(registration=made, by=home[1], at=clock.now()) == 0
    assert takes(nanjing, days) == [(1, 1), (0, 0), (0, 0)]


def test_for_a_full_day_it_waits_where_it_said_so(nanjing):
    days, home = course(nanjing, "chosen", places=1), family(nanjing)
    sign_up(nanjing, days[0], *family(nanjing))
    made = joins(nanjing, days[1:], home, waits_for=days[:1], opened=days[0])
    with inside(nanjing):
        states = list(Registration.objects.filter(household=home[0]).order_by("pk").values_list("state", flat=True))
        told = list(
            Fact.objects.filter(payload__registration__gte=made.pk - 1).values_list("kind", flat=True).distinct()
        )
    assert (made.session_id, states, len(set(told)) >= 2) == (days[1].pk, ["waits", "holds", "holds"], True)
    assert takes(nanjing, days)[1:] == [(1, 1), (1, 1)]


@pytest.mark.parametrize("kind", ["chosen", "whole"])
def test_on_the_pages(nanjing, kind):
    days, mother = course(nanjing, kind), person(nanjing, "13800138010")
    household, visit = homes.home(nanjing, mother), browser(mother)
    page = visit.get(f"/events/{days[0].code}/sign-up/").content.decode()
    assert page.count('name="days"') == 3
    form = {
        "household": household.code,
        "request_key": str(uuid4()),
        "children": [child.code for child in homes.children_of(household)],
        "adults": "0",
        "course": "1",
    }
    told = visit.post(f"/events/{days[0].code}/sign-up/", form)
    assert (told.status_code, "还没有选择日期" in words(told)) == (422, True)
    made = visit.post(f"/events/{days[0].code}/sign-up/", {**form, "days": [one.code for one in days]})
    assert made.status_code == 303
    listed = visit.get("/me/sign-ups/").content.decode()
    assert (listed.count('<li class="signup-row"'), "另有 2 天" in listed) == (1, True)
    page = visit.get(made["Location"]).content.decode()
    assert page.count('href="/me/sign-ups/') - page.count('href="/me/sign-ups/"') >= 2
    assert "取消全部 3 天" in words(visit.get(f"{made['Location']}cancel/"))
    assert visit.post(f"{made['Location']}cancel/", {"days": "all"}).status_code == 303
    assert takes(nanjing, days) == [(0, 0)] * 3
