"""Hosts: when they can come, what keeps them away, and the account behind them."""

import base64
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit.refusals import Refused
from people.commands.upkeep import seal_anew
from programmes.planning.choices import HostKind
from programmes.planning.commands import hosts as commands
from programmes.planning.commands import sessions
from programmes.planning.models import Engagement, Host, HostAbsence, HostHours
from programmes.planning.queries.availability import HostTime, free_hosts, host_faults
from programmes.planning.queries.hosts import calendar_of, phone_of, terms_ending, week_of_host
from programmes.planning.steps.sessions import SessionPlan, in_room
from tests.planning import plans
from tests.planning.times import HOUR, NEXT, NOW, SATURDAY, SUNDAY
from venues.rules.hours import Span

pytestmark = pytest.mark.django_db
SIX = 5


@pytest.fixture
def by(home, nanjing_cast):
    return nanjing_cast["planner"]


def leads(host, starts_at, by, *, venue="清凉门阅读空间"):
    plan = SessionPlan(
        plans.activity(f"活动{venue}{starts_at:%d%H}"), starts_at, in_room(plans.room(venue=venue)), hosts=[host]
    )
    [made] = sessions.make_sessions(plans=[plan], by=by, at=NOW, anyway=True)
    return made


def codes(host, starts_at, ends_at=None):
    faults = host_faults([HostTime("one", host, starts_at, ends_at or starts_at + HOUR)])
    return [refusal.code for refusal in faults.get("one", [])]


def test_without_hours_a_host_comes_at_any_time_and_with_them_only_then(by):
    host = plans.host()
    assert codes(host, SATURDAY) == []
    HostHours.objects.create(host=host, weekday=SIX, from_minute=9 * 60, until_minute=10 * 60 + 30)
    assert codes(host, SATURDAY) == ["host_hours"]
    HostHours.objects.create(host=host, weekday=SIX, from_minute=10 * 60 + 30, until_minute=12 * 60)
    assert codes(host, SATURDAY) == []
    assert codes(host, SUNDAY) == ["host_hours"]


def test_days_away_and_a_term_speak_against_it(by):
    host = plans.host(term_from=date(2027, 5, 16), term_until=date(2027, 5, 20))
    HostAbsence.objects.create(host=host, starts_on=SUNDAY.date(), ends_on=SUNDAY.date())
    assert codes(host, SATURDAY) == ["host_not_appointed"]
    assert codes(host, SUNDAY) == ["host_absent"]
    assert codes(host, NEXT) == ["host_not_appointed"]


def test_limits_count_what_is_led_and_what_is_asked_with_it(by):
    host = plans.host(per_day=2, per_week=3)
    leads(host, SATURDAY, by)
    asked = [
        HostTime(number, host, SATURDAY + (2 + 2 * number) * HOUR, SATURDAY + (3 + 2 * number) * HOUR)
        for number in range(2)
    ]
    assert {key: [one.code for one in found] for key, found in host_faults(asked).items()} == {1: ["host_full_day"]}
    leads(host, SATURDAY + 2 * HOUR, by, venue="宝船阅读空间")
    leads(host, SUNDAY, by, venue="明城墙阅读空间")
    assert codes(host, SUNDAY + 2 * HOUR) == ["host_full_week"]
    assert codes(host, SATURDAY + timedelta(days=2)) == []


def test_a_host_who_leads_something_is_taken_with_setting_up_and_clearing_away(by):
    host = plans.host()
    leads(host, SATURDAY, by)
    assert codes(host, SATURDAY + HOUR / 2) == ["host_taken"]
    assert codes(host, SATURDAY + HOUR) == []
    assert free_hosts([(SATURDAY, SATURDAY + HOUR), (NEXT, NEXT + HOUR)]) == []
    assert free_hosts([(NEXT, NEXT + HOUR)]) == [host]


def test_asking_about_many_hosts_and_times_costs_the_same(by):
    def cost(hosts, times):
        with CaptureQueriesContext(connection) as done:
            free_hosts(
                [(SATURDAY + timedelta(days=day), SATURDAY + timedelta(days=day) + HOUR) for day in range(times)]
            )
        assert Host.objects.count() == hosts
        return len(done)

    plans.host(per_week=2)
    few = cost(1, 1)
    for number in range(5):
        plans.host(f"讲师{number}", per_week=2)
    assert cost(6, 13) == few


def add(nanjing, by, **values):
    values = {"name": "孙老师", "kind": HostKind.PROMOTER, **values}
    return commands.add_host(network=nanjing, values=values, phone="+8613800138077", week=[Span(SIX, 540, 720)], by=by)


def test_a_host_is_entered_with_hours_and_a_sealed_telephone(nanjing, by):
    host = add(nanjing, by)
    assert "13800138077" not in host.phone_sealed
    assert phone_of(host, network=nanjing) == "+8613800138077"
    assert week_of_host(host) == [Span(SIX, 540, 720)]
    values = {"name": "孙老师", "kind": HostKind.EXPERT}
    commands.change_host(host=host, network=nanjing, values=values, phone="", week=[], by=by)
    host.refresh_from_db()
    assert (host.kind, host.phone_sealed, week_of_host(host)) == (HostKind.EXPERT, "", [])


def test_one_who_still_leads_something_does_not_leave(nanjing, by):
    host = add(nanjing, by)
    leads(host, SATURDAY, by)
    with pytest.raises(Refused) as no:
        commands.close_host(host=host, by=by, at=NOW)
    assert no.value.codes == ("still_leads",)
    commands.close_host(host=host, by=by, at=NEXT)
    host.refresh_from_db()
    assert host.closed_at == NEXT
    assert codes(host, NEXT + HOUR) == ["host_closed"]


def test_an_account_goes_along_to_the_sessions_to_come_and_belongs_to_one_host(nanjing, nanjing_cast, by):
    host, reader = add(nanjing, by), nanjing_cast["reader"]
    leads(host, SATURDAY, by)
    commands.link_account(host=host, network=nanjing, phone=reader.phone, by=by, at=NOW)
    assert Engagement.objects.get().person == reader
    with pytest.raises(Refused) as no:
        commands.link_account(host=plans.host("顾老师"), network=nanjing, phone=reader.phone, by=by, at=NOW)
    assert no.value.codes == ("account_taken",)
    with pytest.raises(Refused) as no:
        commands.link_account(host=host, network=nanjing, phone="+8613900000000", by=by, at=NOW)
    assert no.value.codes == ("no_account",)
    commands.unlink_account(host=host, by=by, at=NOW)
    assert Engagement.objects.get().person is None


def test_an_account_that_is_elsewhere_at_the_time_is_not_linked(nanjing, nanjing_cast, by):
    host, other, reader = add(nanjing, by), plans.host("顾老师"), nanjing_cast["reader"]
    leads(host, SATURDAY, by)
    leads(other, SATURDAY, by, venue="宝船阅读空间")
    Engagement.objects.filter(host=other).update(person=reader)
    with pytest.raises(Refused) as no:
        commands.link_account(host=host, network=nanjing, phone=reader.phone, by=by, at=NOW)
    assert no.value.codes == ("person_taken",)
    host.refresh_from_db()
    assert host.person is None


def test_days_away_name_the_sessions_that_fall_into_them(nanjing, by):
    host = add(nanjing, by)
    session = leads(host, SATURDAY, by)
    leads(host, NEXT, by, venue="宝船阅读空间")
    first = SATURDAY.date()
    hit = commands.add_absence(host=host, first=first, last=first, words="外出培训", by=by, today=NOW.date())
    assert hit == [session]
    with pytest.raises(Refused) as no:
        commands.add_absence(host=host, first=first, last=first - timedelta(days=1), words="", by=by, today=NOW.date())
    assert no.value.codes == ("ends_before_it_starts",)
    commands.remove_absence(absence=HostAbsence.objects.get(), by=by)
    assert HostAbsence.objects.count() == 0


def test_the_calendar_tells_days_that_are_theirs_from_others(nanjing, by):
    host = add(nanjing, by, term_until=date(2027, 5, 29))
    away = HostAbsence(starts_on=SATURDAY.date(), ends_on=SATURDAY.date())
    weeks = calendar_of(host, [], [away], [Span(SIX, 540, 720)], today=date(2027, 5, 12))
    assert [one.state for one in weeks[0]] == ["past", "past", "off", "off", "off", "away", "off"]
    assert [weeks[number][SIX].state for number in (1, 2, 3)] == ["free", "free", "off"]
    assert [one.day for one in weeks[0] if one.is_today] == [date(2027, 5, 12)]


def test_terms_that_end_within_sixty_days_are_waiting(by):
    soon, later = plans.host(term_until=date(2027, 6, 1)), plans.host("顾老师", term_until=date(2027, 8, 1))
    assert list(terms_ending(today=NOW.date())) == [soon]
    assert later not in terms_ending(today=NOW.date())


def test_telephones_under_an_older_key_are_sealed_anew_by_night(nanjing, by, settings):
    host, old = add(nanjing, by), settings.DATA_KEYS
    settings.DATA_KEYS = [f"newer:{base64.b64encode(bytes(32)).decode()}", *old]
    seal_anew(network=nanjing)
    host.refresh_from_db()
    assert host.phone_sealed.split(".")[1] == "newer"
    assert phone_of(host, network=nanjing) == "+8613800138077"
