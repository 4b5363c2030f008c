"""The retention clock: each class of data goes when its time is up, and not a day before; totals stay."""

from datetime import date, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.db import connection, transaction

from kit import clock
from networks.models import JournalLine, Network, inside
from notifications.models import Message, ShownMessage
from people.choices import ConsentAnswer, ConsentEnd, MemberRole, Role
from people.commands.retention import set_days
from people.listeners import purge
from people.models import Child, Consent, Household, Member, Person, Retention
from people.queries.retention import RAN
from people.registers import CHILD_DATA
from people.registers.holdings import holdings
from tests.people.conftest import relay
from tests.people.homes import answered, children_of, home, withdrawn

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def mother(nanjing_cast):
    return nanjing_cast["reader"]


@pytest.fixture
def grandmother(nanjing_cast):
    return nanjing_cast["neighbour"]


def night(start, **span):
    """The nightly work so much later, and what the relay does after it."""
    with time_machine.travel(start + timedelta(**span), tick=False):
        purge()
        for network in Network.objects.order_by("pk"):
            relay(network)


def seen(person, day):
    with inside(person.network):
        Person.objects.filter(pk=person.pk).update(seen_on=day)


def name_of(child):
    with inside(child.network):
        return Child.objects.get(pk=child.pk).name


def inbox(person):
    with inside(person.network):
        return list(Message.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


# --- Children without consent --------------------------------------------------------------


def test_thirty_days_after_the_withdrawal_the_child_is_empty(nanjing, mother):
    start = clock.now()
    family = home(nanjing, mother, children=2)
    first, second = children_of(family)
    with inside(nanjing):
        consent = Consent.objects.get(child=first)
    withdrawn(consent, mother, at=start)
    night(start, days=29)
    assert (name_of(first), name_of(second)) == ("小雨", "小宇")
    night(start, days=30, minutes=1)
    assert (name_of(first), name_of(second)) == ("", "小宇")
    with inside(nanjing):
        kept = Child.objects.get(pk=first.pk)
        assert (kept.birth_month, kept.school, kept.erased_at is not None) == (None, "", True)
        line = JournalLine.objects.get(verb="people.child_erased")
        assert (line.actor_id, line.reason, line.values) == (None, "no_consent", {})
        assert JournalLine.objects.filter(verb=RAN).order_by("-pk").first().values["people.children"] == 1


def test_a_guardian_who_agrees_again_in_time_keeps_the_child(nanjing, mother):
    start = clock.now()
    (child,) = children_of(home(nanjing, mother))
    with inside(nanjing):
        consent = Consent.objects.get(child=child)
    withdrawn(consent, mother, at=start)
    answered(child.household, CHILD_DATA, ConsentAnswer.GIVEN, mother, at=start + 20 * DAY, child=child)
    night(start, days=60)
    assert name_of(child) == "小雨"


def test_what_a_carer_declared_is_reminded_of_runs_out_and_takes_the_child_along(nanjing, mother, grandmother):
    start = clock.now()
    family = home(nanjing, mother, carer=grandmother)
    (child,) = children_of(family)
    with inside(nanjing), transaction.atomic():
        Consent.objects.all().delete()
    answered(family, CHILD_DATA, ConsentAnswer.GIVEN, grandmother, at=start, child=child, as_role=MemberRole.CARER)
    night(start, days=22)
    assert inbox(mother) == []
    night(start, days=23, minutes=1)
    night(start, days=24)
    assert (inbox(mother), inbox(grandmother)) == (["people.consent_runs_out"], ["people.consent_runs_out"])
    night(start, days=30, minutes=1)
    with inside(nanjing):
        assert Consent.objects.get(child=child).end == ConsentEnd.EXPIRED
    night(start, days=60)
    assert name_of(child) == "小雨"
    night(start, days=61)
    assert name_of(child) == ""


# --- Families without adults, and silent accounts ------------------------------------------


def test_a_family_that_everybody_left_is_closed_after_thirty_days(nanjing, mother):
    family = home(nanjing, mother)
    start = clock.now()
    (child,) = children_of(family)
    with inside(nanjing):
        Member.objects.filter(household=family).update(left_at=start)
    night(start, days=29)
    assert name_of(child) == "小雨"
    night(start, days=31)
    with inside(nanjing):
        assert Household.objects.get(pk=family.pk).closed_at is not None
    assert name_of(child) == ""


def test_a_silent_account_is_told_and_goes_thirty_days_later_with_its_family(nanjing, mother):
    start = clock.now()
    seen(mother, start.date())
    (child,) = children_of(home(nanjing, mother))
    night(start, days=699)
    assert inbox(mother) == []
    night(start, days=702)
    assert inbox(mother) == ["people.silence_warned"]
    night(start, days=731)
    assert inbox(mother) == ["people.silence_warned"]
    assert name_of(child) == "小雨"
    night(start, days=733)
    with inside(nanjing):
        gone = Person.objects.get(pk=mother.pk)
        assert (gone.name, gone.phone_index, gone.is_active, gone.erased_at is not None) == ("", None, False, True)
    assert name_of(child) == ""


def test_whoever_was_never_told_does_not_go(nanjing, mother):
    """The service stood still for months: the warning's thirty days count all the same."""
    start = clock.now()
    seen(mother, start.date())
    night(start, days=900)
    with inside(nanjing):
        assert Person.objects.get(pk=mother.pk).erased_at is None
    night(start, days=931)
    with inside(nanjing):
        assert Person.objects.get(pk=mother.pk).erased_at is not None


def test_a_visit_after_the_warning_keeps_the_account(nanjing, mother):
    start = clock.now()
    seen(mother, start.date())
    night(start, days=702)
    seen(mother, (start + 710 * DAY).date())
    night(start, days=740)
    with inside(nanjing):
        assert Person.objects.get(pk=mother.pk).erased_at is None


def test_an_account_whose_family_somebody_else_visits_stays(nanjing, mother, grandmother):
    start = clock.now()
    seen(mother, start.date())
    home(nanjing, mother, carer=grandmother)
    for days in (702, 740):
        seen(grandmother, (start + (days - 1) * DAY).date())
        night(start, days=days)
    with inside(nanjing):
        assert Person.objects.get(pk=mother.pk).erased_at is None


def test_staff_do_not_go_for_want_of_a_visit(nanjing, nanjing_cast):
    admin = nanjing_cast["admin"]
    start = clock.now()
    seen(admin, date(2020, 1, 1))
    for days in (1, 40):
        night(start, days=days)
    with inside(nanjing):
        assert Person.objects.get(pk=admin.pk).erased_at is None
    assert Role.NETWORK_ADMIN in Role


# --- The other classes ---------------------------------------------------------------------


def test_messages_go_after_a_year_or_when_the_network_says(nanjing, nanjing_cast, mother):
    start = clock.now()
    with inside(nanjing):
        for number, days in enumerate((0, 100, 340)):
            Message.objects.create(person=mother, kind="x", dedupe_key=str(number), made_at=start - days * DAY)
    night(start, days=30)
    with inside(nanjing):
        assert Message.objects.filter(kind="x").count() == 2
        set_days(holdings["notifications.messages"], days=60, by=nanjing_cast["admin"], reason="年度审计建议")
        line = JournalLine.objects.get(verb="people.retention_changed")
        assert (line.values, line.reason) == (
            {"holding": "notifications.messages", "days": [365, 60]},
            "年度审计建议",
        )
    night(start, days=31)
    with inside(nanjing):
        assert Message.objects.filter(kind="x").count() == 1


def test_bounds_that_are_tightened_later_hold_for_what_was_set(nanjing, mother):
    start = clock.now()
    with inside(nanjing):
        Retention.objects.create(holding="notifications.messages", days=9000)
        Message.objects.create(person=mother, kind="x", dedupe_key="x", made_at=start - 1100 * DAY)
    night(start)
    with inside(nanjing):
        assert Message.objects.count() == 0


def test_journal_lines_go_after_three_years_and_never_before(nanjing):
    start = clock.now()
    with inside(nanjing), transaction.atomic():
        JournalLine.objects.bulk_create(
            [JournalLine(verb="x", subject_kind="x", at=start - days * DAY) for days in (1090, 1100)]
        )
    night(start, days=1)
    with inside(nanjing):
        assert [(start - line.at).days for line in JournalLine.objects.filter(verb="x")] == [1090]


@pytest.mark.parametrize("days", [0, 1000, 1094])
def test_not_even_by_asking_the_database_does_a_younger_line_go(nanjing, days):
    with inside(nanjing), transaction.atomic():
        JournalLine.objects.bulk_create([JournalLine(verb="x", subject_kind="x", at=clock.now() - days * DAY)])
        with connection.cursor() as cursor:
            cursor.execute("SELECT siji_drop_journal(%s, now() + interval '9 years', 1000)", [nanjing.pk])
            assert cursor.fetchone() == (0,)
        assert JournalLine.objects.filter(verb="x").count() == 1


def test_one_network_turns_its_own_clock(nanjing, shenzhen, mother, shenzhen_cast):
    start = clock.now()
    theirs = shenzhen_cast["reader"]
    for person in (mother, theirs):
        with inside(person.network):
            Message.objects.create(person=person, kind="x", dedupe_key="x", made_at=start - 40 * DAY)
    with inside(nanjing):
        Retention.objects.create(holding="notifications.messages", days=30)
    night(start)
    left = {}
    for network in Network.objects.order_by("pk"):
        with inside(network):
            left[network.code] = Message.objects.count()
    assert left == {"nanjing": 0, "shenzhen": 1}


def test_nothing_is_left_of_sessions_and_shown_numbers(nanjing, sign_in):
    start = clock.now()
    sign_in(nanjing, "13800138000")
    assert UserSession.objects.count() == 1
    night(start, days=120)
    assert UserSession.objects.count() == 0
    with inside(nanjing):
        assert ShownMessage.objects.count() >= 1
