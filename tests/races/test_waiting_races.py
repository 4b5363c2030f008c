"""The waiting list at one moment: an invitation ends one way, nobody overtakes, nobody waits beside a free place.

Each race comes with a control that takes its guard away and must show the harm.
"""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError, Event

import pytest
from django.db.models import F

from networks.models import inside
from programmes.signup.choices import Ending, State
from programmes.signup.commands import waiting
from programmes.signup.models import Places, Registration
from programmes.signup.queries.families import registrations
from programmes.signup.steps import freeing, joining
from tests.signup.racing import at_once, cancels, made, signs
from tests.signup.signing import family, sign_up, story_hour, wait

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def stands(network, row):
    with inside(network):
        found = Registration.objects.get(pk=row.pk)
        return found.ending or found.state


def counts(network, session):
    with inside(network):
        kept = Places.objects.get(pk=session.pk)
        return kept.taken, kept.waiting


@pytest.fixture
def full(nanjing):
    """One place, whoever has it, and a family that waits."""
    session = story_hour(nanjing, places=1)
    holder = sign_up(nanjing, session, *family(nanjing))
    return session, holder, wait(nanjing, session, *family(nanjing))


# --- The end of an invitation --------------------------------------------------------------


def answers_as_time_runs_out(network, full):
    """The family says yes with a second to go, and the service looks a second after."""
    session, holder, row = full
    with inside(network):
        cancels(holder, holder.by)()
        until = Registration.objects.get(pk=row.pk).invited_until
    second = timedelta(seconds=1)
    told = at_once(
        network,
        lambda: waiting.accept(registration=row, by=row.by, at=until - second).state,
        lambda: waiting.tend(session_id=session.pk, at=until + second),
    )
    return told[0], stands(network, row), counts(network, session)


def test_a_yes_at_the_last_second_and_the_end_of_the_time_are_one_or_the_other(nanjing, full):
    came = answers_as_time_runs_out(nanjing, full)
    assert came in [("holds", State.HOLDS, (1, 0)), ("expired", Ending.EXPIRED, (0, 0))]


def test_control_without_the_lock_a_family_is_told_yes_and_has_no_place(nanjing, full, monkeypatch):
    meet = Barrier(2)

    def met():
        with suppress(BrokenBarrierError):
            meet.wait(timeout=3)

    def read(registration):
        row = registrations().get(pk=registration.pk)
        met()
        with suppress(BrokenBarrierError):
            meet.wait(timeout=1)  # the other has ended it by then
        return row

    monkeypatch.setattr(waiting, "locked", read)
    monkeypatch.setattr(waiting, "lock_places", lambda _session_id: met())
    assert answers_as_time_runs_out(nanjing, full) == ("holds", Ending.EXPIRED, (0, 0))


# --- Nobody overtakes ----------------------------------------------------------------------


def test_who_cancels_and_who_comes_new_at_once_leave_the_place_to_whoever_waits(nanjing, full):
    session, holder, row = full
    told = at_once(nanjing, cancels(holder, holder.by), *(signs(session, family(nanjing)) for _one in range(3)))
    assert told == ["by_family", "full", "full", "full"]
    assert (stands(nanjing, row), counts(nanjing, session)) == (State.INVITED, (1, 0))


@pytest.fixture
def forgotten(full, nanjing, monkeypatch):
    """A place became free, and nobody in line was asked."""
    session, holder, row = full
    with monkeypatch.context() as patched, inside(nanjing):
        patched.setattr(freeing, "invite_who_fit", lambda *_args, **_values: None)
        cancels(holder, holder.by)()
    assert counts(nanjing, session) == (0, 1)
    return session, row


def test_a_free_place_that_nobody_was_asked_about_is_not_for_whoever_comes_new(nanjing, forgotten):
    session, row = forgotten
    assert at_once(nanjing, signs(session, family(nanjing))) == ["full"]
    # To be told no is no reason to change anything; the next who looks after the list asks them.
    with inside(nanjing):
        waiting.tend(session_id=session.pk, at=row.made_at)
    assert (stands(nanjing, row), counts(nanjing, session)) == (State.INVITED, (1, 0))


def test_control_without_asking_for_the_line_somebody_new_overtakes(nanjing, forgotten, monkeypatch):
    session, row = forgotten

    def past_the_line(session_id, wanted):
        rows = Places.objects.filter(session=session_id, taken__lte=F("capacity") - wanted)
        return rows.update(taken=F("taken") + wanted) == 1

    monkeypatch.setattr(joining, "take_places", past_the_line)
    assert len(made(at_once(nanjing, signs(session, family(nanjing))))) == 1
    assert (stands(nanjing, row), counts(nanjing, session)) == (State.WAITS, (1, 1))


# --- Nobody waits beside a free place ------------------------------------------------------


@pytest.fixture
def joins_while_it_becomes_free(nanjing, monkeypatch):
    """The family has seen that it is full, and is about to stand in line, when the only place is given back."""

    def come():
        session, home = story_hour(nanjing, places=1), family(nanjing)
        holder = sign_up(nanjing, session, *family(nanjing))
        about_to, given_back, real = Event(), Event(), joining.count_waiting

        def late(session_id, more):
            about_to.set()
            given_back.wait(timeout=1.5)
            real(session_id, more)

        def gives_back():
            about_to.wait(timeout=5)
            cancels(holder, holder.by)()
            given_back.set()

        monkeypatch.setattr(joining, "count_waiting", late)
        [pk, _none] = at_once(nanjing, signs(session, home, waits=True), gives_back)
        with inside(nanjing):
            return Registration.objects.get(pk=pk).state, counts(nanjing, session)

    return come


def test_whoever_joins_while_a_place_becomes_free_is_asked(joins_while_it_becomes_free):
    assert joins_while_it_becomes_free() == (State.INVITED, (1, 0))


def test_control_without_the_lock_a_family_waits_beside_a_free_place(joins_while_it_becomes_free, monkeypatch):
    monkeypatch.setattr(joining, "lock_places", lambda _session_id: None)
    monkeypatch.setattr(joining, "tend_list", lambda *_args, **_values: None)
    assert joins_while_it_becomes_free() == (State.WAITS, (0, 1))
