"""Two at once in a family: the last guardian stays, a link works once, a double entry is noticed, a pair has one answer.

Each race comes with a control that switches its guard off and must show the harm. `meeting` lets both come to the same
point: where the guard keeps one of them waiting, the other goes on alone after a moment.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from kit import clock
from kit.refusals import Refused
from networks.models import inside
from people.choices import ConsentAnswer, MemberRole, PairState
from people.commands import children, families, joining, pairs
from people.models import Child, ChildPair, Household, Member
from people.registers import CHILD_DATA
from people.steps import families as family_steps
from people.steps import pairs as pair_steps
from people.steps.children import Details
from tests.browsers import person
from tests.people import homes

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def both_at_once(network, *works):
    """What each came to: done, or the code of its refusal."""

    def run(work):
        try:
            with inside(network):
                work()
        except Refused as no:
            return no.codes[0]
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


@pytest.fixture
def meeting(monkeypatch):
    """meeting(module, name): whoever has passed the function of that name waits for the other."""

    def arrange(module, name):
        barrier, real = Barrier(2), getattr(module, name)

        def met(*args, **kwargs):
            answer = list(real(*args, **kwargs))
            with suppress(BrokenBarrierError):
                barrier.wait(timeout=1.5)
            return answer

        monkeypatch.setattr(module, name, met)

    return arrange


@pytest.fixture
def unlocked(monkeypatch):
    """The guard of all changes of a family, switched off."""

    def read(household):
        return Household.objects.select_related("network").get(pk=household.pk)

    def switch_off():
        for module in (family_steps, joining, pairs):
            monkeypatch.setattr(module, "lock_household", read)

    return switch_off


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


@pytest.fixture
def father(nanjing):
    return person(nanjing, "13800138012", name="王建国")


# --- The last guardian ---------------------------------------------------------------------


@pytest.fixture
def two_guardians(nanjing, mother, father):
    home = homes.home(nanjing, mother)
    with inside(nanjing):
        Member.objects.create(household=home, person=father, role=MemberRole.GUARDIAN)
    return home


def both_leave(network, home, *who):
    at = clock.now()
    works = [lambda one=one: families.leave(household=home, by=one, at=at) for one in who]
    told = both_at_once(network, *works)
    with inside(network):
        return told, Member.objects.filter(household=home, left_at=None).count()


def test_of_two_guardians_who_leave_at_once_one_stays(nanjing, two_guardians, mother, father, meeting):
    meeting(families.rules, "against_leaving")
    assert both_leave(nanjing, two_guardians, mother, father) == (["done", "last_guardian"], 1)


def test_control_without_the_lock_the_child_is_left_alone(nanjing, two_guardians, meeting, unlocked):
    with inside(nanjing):
        mother, father = (member.person for member in two_guardians.members.select_related("person__network"))
    unlocked()
    meeting(families.rules, "against_leaving")
    assert both_leave(nanjing, two_guardians, mother, father) == (["done", "done"], 0)


# --- A link --------------------------------------------------------------------------------


def both_join(network, home, mother):
    at = clock.now()
    with inside(network):
        link = joining.make_join_link(household=home, role=MemberRole.CARER, relation="", by=mother, at=at)
    strangers = [person(network, f"1380013809{number}", name="某人") for number in (1, 2)]
    works = [lambda one=one: joining.join(link=link, by=one, name="", relation="", at=at) for one in strangers]
    told = both_at_once(network, *works)
    with inside(network):
        return told, Member.objects.filter(household=home, role=MemberRole.CARER).count()


def test_a_link_that_two_press_at_once_brings_one_in(nanjing, mother, meeting):
    home = homes.home(nanjing, mother)
    meeting(joining.rules, "against_joining")
    assert both_join(nanjing, home, mother) == (["done", "link_used"], 1)


def test_even_without_the_familys_lock_the_links_own_row_lets_one_in(nanjing, mother, meeting, unlocked):
    home = homes.home(nanjing, mother)
    unlocked()
    meeting(joining.rules, "against_joining")
    assert both_join(nanjing, home, mother) == (["done", "link_used"], 1)


def test_control_without_either_guard_both_come_in(nanjing, mother, meeting, unlocked, monkeypatch):
    home = homes.home(nanjing, mother)
    unlocked()
    monkeypatch.setattr(joining, "use_link", lambda _link, **_more: True)
    meeting(joining.rules, "against_joining")
    assert both_join(nanjing, home, mother) == (["done", "done"], 2)


# --- The same child, twice -----------------------------------------------------------------


def both_add(network, mother, father):
    today, at = date(2026, 11, 20), clock.now()
    details = Details("王小雨", date(2022, 8, 1))
    answers = [children.Answer(CHILD_DATA, ConsentAnswer.GIVEN, None)]

    def add(home, who):
        children.add_child(household=home, details=details, answers=answers, by=who, at=at, today=today)

    homes_of = [(homes.home(network, who, children=0), who) for who in (mother, father)]
    both_at_once(network, *(lambda one=one: add(*one) for one in homes_of))
    with inside(network):
        return Child.objects.count(), ChildPair.objects.count()


def test_a_child_that_two_families_add_at_once_is_noticed(nanjing, mother, father, monkeypatch):
    barrier, real = Barrier(2), pair_steps.wait_for_alike

    def met(child):
        barrier.wait(timeout=10)
        real(child)

    monkeypatch.setattr(pair_steps, "wait_for_alike", met)
    assert both_add(nanjing, mother, father) == (2, 1)


def test_control_without_waiting_neither_sees_the_other(nanjing, mother, father, monkeypatch):
    before, after, real = Barrier(2), Barrier(2), pair_steps.put_pairs

    def looked(child, others):
        found = list(others)
        after.wait(timeout=10)
        real(child, found)

    monkeypatch.setattr(pair_steps, "wait_for_alike", lambda _child: before.wait(timeout=10))
    monkeypatch.setattr(pair_steps, "put_pairs", looked)
    assert both_add(nanjing, mother, father) == (2, 0)


# --- One answer per pair -------------------------------------------------------------------


def both_answer(network, mother, father):
    planner, at = person(network, "13800138001", name="林晓梅"), clock.now()
    for who in (mother, father):
        homes.home(network, who)
    with inside(network):
        first, second = Child.objects.order_by("pk")
        pair = ChildPair.objects.create(first=first, second=second)
    told = both_at_once(
        network,
        lambda: pairs.merge(pair=pair, kept_id=first.pk, bring={}, by=planner, reason="同一个", at=at),
        lambda: pairs.tell_apart(pair=pair, by=planner, reason="两个", at=at),
    )
    with inside(network):
        pair.refresh_from_db()
        is_merged = Child.objects.filter(merged_into__isnull=False).exists()
    return told, (pair.state == PairState.MERGED) == is_merged


def test_of_two_answers_to_a_pair_one_counts(nanjing, mother, father, meeting):
    meeting(pairs.rules, "against_answering")
    assert both_answer(nanjing, mother, father) == (["done", "pair_answered"], True)


def test_control_without_locks_one_pair_has_two_answers(nanjing, mother, father, meeting, monkeypatch):
    def read(pair):
        row = ChildPair.objects.get(pk=pair.pk)
        first, second = (
            Child.objects.select_related("household__network", "person")
            .filter(pk__in=[row.first_id, row.second_id])
            .order_by("pk")
        )
        return row, first, second

    monkeypatch.setattr(pairs, "_locked", read)
    meeting(pairs.rules, "against_answering")
    told, _agree = both_answer(nanjing, mother, father)
    assert told == ["done", "done"]
