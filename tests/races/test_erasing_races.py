"""Erasing against adding, answering and leaving, on two connections: nothing of a family is left, nobody is left alone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from kit import clock
from kit.refusals import Refused
from networks.models import inside
from people.choices import ConsentAnswer, MemberRole
from people.commands import consents, erasing
from people.commands.children import Answer, Details, add_child
from people.models import Child, Consent, Household, Member
from people.registers import CHILD_DATA, PHOTO
from people.steps import consents as consent_steps
from tests.people.homes import children_of, home

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


def both(first, second):
    """The two at once; what each refused, or None."""
    barrier = Barrier(2)

    def run(work):
        try:
            barrier.wait()
            work()
        except Refused as no:
            return no.codes
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, (first, second)))


def adds(network, family, who, number):
    def work():
        with inside(network):
            add_child(
                household=family,
                details=Details(name=f"王小{number}", birth_month=clock.now().date().replace(day=1, year=2022)),
                answers=[Answer(CHILD_DATA, ConsentAnswer.GIVEN, 1)],
                by=who,
                at=clock.now(),
                today=clock.now().date(),
            )

    return work


def erases(network, family, who):
    def work():
        with inside(network):
            erasing.erase_family(family, by=who, at=clock.now())

    return work


def left_of(network, family):
    """Children with a name in a family that is closed."""
    with inside(network):
        assert Household.objects.get(pk=family.pk).closed_at is not None
        return Child.objects.filter(household=family, erased_at=None).count()


def test_a_child_added_while_the_family_is_erased_goes_with_it_or_never_comes(nanjing, nanjing_cast):
    who = nanjing_cast["reader"]
    for number in range(ROUNDS):
        family = home(nanjing, who)
        both(adds(nanjing, family, who, number), erases(nanjing, family, who))
        assert left_of(nanjing, family) == 0


def test_without_the_lock_a_child_is_left_behind(nanjing, nanjing_cast, monkeypatch):
    """The control: erasing has read the children, the other hand adds one, erasing goes on."""
    who = nanjing_cast["reader"]
    family = home(nanjing, who)
    unlocked = SimpleNamespace(household=family, members=[], me=None)
    monkeypatch.setattr(erasing, "enter_home", lambda *_args, **_more: unlocked)
    monkeypatch.setattr(erasing, "against_erasing", lambda *_args, **_more: ())
    reads, pause = erasing.all_of, {}

    def read_then_wait(household):
        found = reads(household)
        with ThreadPoolExecutor(1) as pool:
            pause["other"] = pool.submit(in_thread, adds(nanjing, family, who, 1)).result()
        return found

    monkeypatch.setattr(erasing, "all_of", read_then_wait)
    erases(nanjing, family, who)()
    assert left_of(nanjing, family) == 1


def in_thread(work):
    try:
        work()
    finally:
        connection.close()


def test_two_guardians_who_go_at_once_leave_no_child_alone(nanjing, nanjing_cast):
    mother, father = nanjing_cast["reader"], nanjing_cast["neighbour"]
    family = home(nanjing, mother)
    with inside(nanjing), transaction.atomic():
        Member.objects.create(household=family, person=father, role=MemberRole.GUARDIAN)

    def goes(who):
        def work():
            with inside(nanjing):
                erasing.erase_person(who, at=clock.now())

        return work

    answers = both(goes(mother), goes(father))
    assert sorted(answers, key=str) == [("last_guardian",), None]
    with inside(nanjing):
        assert Member.objects.filter(household=family, left_at=None).count() == 1


def answer(network, family, who, word):
    def work():
        with inside(network):
            consents.answer(household=family, purpose=PHOTO, answer=word, by=who, at=clock.now())

    return work


def test_two_answers_at_once_leave_one_in_force(nanjing, nanjing_cast):
    who = nanjing_cast["reader"]
    family = home(nanjing, who)
    for _round in range(ROUNDS):
        both(answer(nanjing, family, who, ConsentAnswer.GIVEN), answer(nanjing, family, who, ConsentAnswer.REFUSED))
        with inside(nanjing):
            rows = list(Consent.objects.filter(purpose=PHOTO.key).order_by("given_at", "pk"))
        assert [row.ended_at is None for row in rows].count(True) == 1
        assert [row.ended_at for row in rows[:-1]] == [row.given_at for row in rows[1:]]


def test_without_the_lock_the_database_itself_refuses_the_second(nanjing, nanjing_cast, monkeypatch):
    """The control: both have read that nothing is in force; the constraint stops the later one."""
    who = nanjing_cast["reader"]
    family = home(nanjing, who)
    monkeypatch.setattr(consent_steps, "_locked", lambda household: Household.objects.get(pk=household.pk))
    meet, reads = Barrier(2), consent_steps.live_answer

    def read_and_meet(*args, **more):
        found = reads(*args, **more)
        meet.wait(timeout=10)
        return found

    monkeypatch.setattr(consent_steps, "live_answer", read_and_meet)
    with pytest.raises(IntegrityError, match="one_live_answer_per_purpose_and_subject"):
        both(answer(nanjing, family, who, ConsentAnswer.GIVEN), answer(nanjing, family, who, ConsentAnswer.REFUSED))


def test_a_withdrawal_and_an_erasing_at_once_end_it_once(nanjing, nanjing_cast):
    who = nanjing_cast["reader"]
    for _round in range(ROUNDS):
        family = home(nanjing, who)
        (child,) = children_of(family)
        with inside(nanjing):
            live = Consent.objects.select_related("household").get(child=child)

        def withdraws(live=live):
            with inside(nanjing):
                consents.withdraw(consent=live, by=who, at=clock.now())

        both(withdraws, erases(nanjing, family, who))
        with inside(nanjing):
            assert Consent.objects.filter(child=child, ended_at=None).count() == 0
