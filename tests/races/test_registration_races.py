"""Families at the same moment: as many places are given as there are, a page registers once, nothing is given back twice.

Each race comes with a control that takes its guard away and must show the harm.
"""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from uuid import uuid4

import pytest
from django.db import OperationalError, transaction
from django.db.models import F

from networks.models import inside
from people.choices import MemberRole
from people.models import Member
from programmes.planning.models import Session
from programmes.planning.steps import sessions_many
from programmes.signup.commands import changing, registering
from programmes.signup.models import Places, Registration, Seat
from programmes.signup.queries import families
from programmes.signup.steps import joining, taking
from programmes.signup.steps.places import follow_capacity, open_places
from tests.browsers import person
from tests.signup.racing import at_once, cancels, changes, made, signs
from tests.signup.signing import another, family, sign_up, story_hour, taken

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
FAMILIES, PLACES = 8, 5


@pytest.fixture
def read_then_written(monkeypatch):
    """The guard switched off, piece by piece: the count is read, and written without asking again."""
    meet = Barrier(FAMILIES)
    monkeypatch.setattr(registering, "is_plain", lambda *_seen, **_sent: False)

    def take(session_id, wanted):
        row = Places.objects.filter(session=session_id).first()
        with suppress(BrokenBarrierError):
            meet.wait(timeout=1.5)
        if row is None or (row.capacity is not None and row.taken + wanted > row.capacity):
            return False
        return Places.objects.filter(session=session_id).update(taken=F("taken") + wanted) == 1

    monkeypatch.setattr(joining, "take_places", take)


@pytest.fixture
def taken_unasked(monkeypatch):
    """The guard switched off in the one statement of plain sign-ups."""
    unasked = (
        "UPDATE signup_places SET taken = taken + %s WHERE session_id = %s AND network_id = %s AND %s > 0 RETURNING 1"
    )
    monkeypatch.setattr(taking, "TAKE", unasked)


# --- As many as there are ------------------------------------------------------------------


def counted(session):
    """Somebody has been there: what follows is plain."""
    with inside(session.network), transaction.atomic():
        open_places(session.pk)
    return session


@pytest.mark.parametrize("is_first", [True, False])
def test_of_eight_families_at_once_five_get_the_five_places(nanjing, is_first):
    session = story_hour(nanjing, places=PLACES)
    if not is_first:
        counted(session)
    told = at_once(nanjing, *(signs(session, family(nanjing)) for _one in range(FAMILIES)))
    assert (len(made(told)), told.count("full")) == (PLACES, FAMILIES - PLACES)
    assert taken(nanjing, session) == (PLACES, PLACES)


def test_control_without_the_condition_all_eight_get_one_of_five(nanjing, read_then_written, unguarded):
    unguarded("signup_places", "no_more_are_taken_than_there_are")
    session = counted(story_hour(nanjing, places=PLACES))
    told = at_once(nanjing, *(signs(session, family(nanjing)) for _one in range(FAMILIES)))
    assert len(made(told)) == FAMILIES
    assert taken(nanjing, session) == (FAMILIES, FAMILIES)


def test_control_without_the_condition_of_the_one_statement_all_eight_get_one_of_five(
    nanjing, taken_unasked, unguarded
):
    unguarded("signup_places", "no_more_are_taken_than_there_are")
    session = counted(story_hour(nanjing, places=PLACES))
    told = at_once(nanjing, *(signs(session, family(nanjing)) for _one in range(FAMILIES)))
    assert len(made(told)) == FAMILIES
    assert taken(nanjing, session) == (FAMILIES, FAMILIES)


@pytest.mark.parametrize("guardless", ["read_then_written", "taken_unasked"])
def test_even_without_the_condition_the_database_gives_no_more_than_there_are(nanjing, guardless, request):
    """Nobody is told kindly then, but nobody stands before a full room."""
    request.getfixturevalue(guardless)
    session = counted(story_hour(nanjing, places=PLACES))
    works = [signs(session, family(nanjing)) for _one in range(FAMILIES)]

    def tried(work):
        try:
            return work()
        except Exception as error:  # noqa: BLE001 - which one is what is asked
            return type(error).__name__

    told = at_once(nanjing, *(lambda work=work: tried(work) for work in works))
    assert (len(made(told)), told.count("IntegrityError")) == (PLACES, FAMILIES - PLACES)
    assert taken(nanjing, session) == (PLACES, PLACES)


def test_siblings_get_both_places_or_none(nanjing):
    session = story_hour(nanjing, places=PLACES)
    told = at_once(nanjing, *(signs(session, family(nanjing, children=2), children=2) for _one in range(FAMILIES)))
    assert (len(made(told)), told.count("too_few_left")) == (2, FAMILIES - 2)
    assert taken(nanjing, session) == (4, 4)


def test_the_first_families_of_a_session_meet_at_one_count(nanjing, meeting):
    """None of them finds a count; each opens one, and it is the same."""
    session = story_hour(nanjing, places=None)
    meeting(joining, "take_places", FAMILIES)
    told = at_once(nanjing, *(signs(session, family(nanjing)) for _one in range(FAMILIES)))
    assert len(made(told)) == FAMILIES
    with inside(nanjing):
        assert list(Places.objects.values_list("session", "taken")) == [(session.pk, FAMILIES)]


# --- The same family -----------------------------------------------------------------------


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("places", [1, 20])
def test_the_same_page_sent_eight_times_at_once_is_one_registration(nanjing, places, is_first):
    """All eight are told of it, also where it took the last place."""
    session, home, key = story_hour(nanjing, places=places), family(nanjing), uuid4()
    if not is_first:
        counted(session)
    told = at_once(nanjing, *(signs(session, home, key) for _one in range(FAMILIES)))
    with inside(nanjing):
        assert set(told) == set(Registration.objects.values_list("pk", flat=True))
        assert (len(set(told)), Seat.objects.count()) == (1, 1)
    assert taken(nanjing, session) == (1, 1)


def test_control_without_the_keys_constraints_a_page_registers_twice(nanjing, unguarded, meeting):
    for name in ("one_request_registers_once", "a_household_is_registered_to_a_session_once"):
        unguarded("signup_registration", name)
    unguarded("signup_seat", "a_child_sits_in_a_session_once")
    session, home, key = story_hour(nanjing), family(nanjing), uuid4()
    meeting(registering, "refuse_party", 2)
    told = at_once(nanjing, *(signs(session, home, key) for _one in range(2)))
    assert (len(made(told)), taken(nanjing, session)) == (2, (2, 2))


@pytest.mark.parametrize("places", [1, 20])
def test_mother_and_grandmother_at_once_register_the_family_once(nanjing, places, meeting):
    session = story_hour(nanjing, places=places)
    household, mother = family(nanjing)
    grandmother = person(nanjing, "13800138011", name="李桂英")
    with inside(nanjing):
        Member.objects.create(household=household, person=grandmother, role=MemberRole.CARER)
    meeting(registering, "refuse_party", 2)
    told = at_once(nanjing, *(signs(session, (household, by)) for by in (mother, grandmother)))
    assert (len(made(told)), "registered_already" in told) == (1, True)
    assert taken(nanjing, session) == (1, 1)


# --- Changing and cancelling ---------------------------------------------------------------


def test_one_who_brings_a_sibling_and_one_who_comes_new_want_the_last_place(nanjing):
    session, home, other = story_hour(nanjing, places=2), family(nanjing, children=2), family(nanjing)
    mine = sign_up(nanjing, session, *home)
    told = at_once(nanjing, changes(mine, home, children=2), signs(session, other))
    assert told.count("full") == 1
    assert taken(nanjing, session) == (2, 2)


def test_two_cancels_at_once_give_back_once(nanjing):
    session, home = story_hour(nanjing), family(nanjing, children=2)
    mine = sign_up(nanjing, session, *home, children=2)
    sign_up(nanjing, session, *family(nanjing))
    assert at_once(nanjing, *[cancels(mine, home[1])] * 4) == ["by_family"] * 4
    assert taken(nanjing, session) == (1, 1)


def test_control_without_the_lock_two_cancels_give_back_twice(nanjing, monkeypatch):
    session, home = story_hour(nanjing), family(nanjing)
    mine = sign_up(nanjing, session, *home)
    sign_up(nanjing, session, *family(nanjing))
    meet = Barrier(2)

    def read(registration):
        row = families.registrations().get(pk=registration.pk)
        meet.wait(timeout=10)
        return row

    monkeypatch.setattr(changing, "locked", read)
    at_once(nanjing, *[cancels(mine, home[1])] * 2)
    assert taken(nanjing, session) == (0, 1)


def test_a_place_that_is_given_back_is_given_once(nanjing):
    """One cancels while four others press: whoever comes after it gets the place, and nobody else."""
    session, home = story_hour(nanjing, places=1), family(nanjing)
    mine = sign_up(nanjing, session, *home)
    told = at_once(nanjing, cancels(mine, home[1]), *(signs(session, family(nanjing)) for _one in range(4)))
    assert told[0] == "by_family"
    assert len(made(told)) <= 1
    assert taken(nanjing, session) == (len(made(told)),) * 2


def test_who_changes_and_who_cancels_at_once_leave_no_seat_behind(nanjing):
    session, home = story_hour(nanjing), family(nanjing, children=2)
    mine = sign_up(nanjing, session, *home)
    told = at_once(nanjing, changes(mine, home, children=2), cancels(mine, home[1]))
    assert told[1] == "by_family"
    with inside(nanjing):
        assert not Seat.objects.filter(registration=mine, ended_at=None).exists()
    assert taken(nanjing, session) == (0, 0)


def test_families_who_change_two_sessions_in_opposite_order_do_not_wait_for_ever(nanjing):
    one = story_hour(nanjing)
    sessions = [one, another(nanjing, one.activity)]
    homes = [family(nanjing, children=2) for _one in range(4)]
    works = []
    for number, home in enumerate(homes):
        mine = [sign_up(nanjing, session, *home) for session in sessions]
        both = [changes(row, home, children=2) for row in (mine[::-1] if number % 2 else mine)]
        works.append(lambda both=both: [work() for work in both])
    assert at_once(nanjing, *works) == [[2, 2]] * 4
    assert [taken(nanjing, session) for session in sessions] == [(8, 8)] * 2


@pytest.fixture
def crossing(monkeypatch):
    """The family has the count and next points at the session; the planner has the session and next wants the count."""
    meet, take, lock = Barrier(2), joining.take_places, sessions_many.lock_sessions

    def wait():
        with suppress(BrokenBarrierError):
            meet.wait(timeout=3)

    def taken_then_wait(session_id, wanted):
        is_taken = take(session_id, wanted)
        wait()
        return is_taken

    def resize(session, places, locking=lock):
        with transaction.atomic():
            row = locking([session.pk])[session.pk]
            wait()
            Session.objects.filter(pk=row.pk).update(capacity=places)
            follow_capacity([session.pk])
        return places

    monkeypatch.setattr(joining, "take_places", taken_then_wait)
    return resize


@pytest.fixture
def counted_session(nanjing):
    session = story_hour(nanjing, places=4)
    sign_up(nanjing, session, *family(nanjing))
    return session


def test_a_planner_who_gives_more_places_and_a_family_who_takes_one(nanjing, counted_session, crossing):
    told = at_once(nanjing, signs(counted_session, family(nanjing)), lambda: crossing(counted_session, 6))
    assert (told[1], len(made(told))) == (6, 2)
    with inside(nanjing):
        kept = Places.objects.get(session=counted_session)
        assert (kept.capacity, kept.taken) == (6, 2)


def test_control_where_the_planner_locks_the_sessions_key_they_wait_for_each_other(nanjing, counted_session, crossing):
    def locked(keys):
        return {row.pk: row for row in Session.objects.select_for_update().filter(pk__in=keys)}

    with pytest.raises(OperationalError, match="deadlock"):
        at_once(nanjing, signs(counted_session, family(nanjing)), lambda: crossing(counted_session, 6, locked))
