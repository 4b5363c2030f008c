"""Whatever families, staff, planners and time do in whichever order: the counts are those of the registrations, all fit,
and nobody waits beside places that the whole family fits into.
"""

from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from kit import clock
from kit.refusals import Refused
from networks.models import inside
from programmes.planning.choices import Counts
from programmes.planning.models import Activity, Session
from programmes.signup.choices import HOLDING, Ending, State
from programmes.signup.commands.changing import cancel, cancel_for, change_party
from programmes.signup.commands.registering import register
from programmes.signup.commands.waiting import accept, decline, move_up, tend
from programmes.signup.models import Places, Registration, Seat
from programmes.signup.steps.parties import Party
from programmes.signup.steps.resizing import keep_capacity
from tests.people import homes
from tests.signup.signing import another, family, story_hour

pytestmark = pytest.mark.django_db

FAMILIES, CHILDREN = 4, 3
# Which children, and how many grown-ups.
PARTIES = st.tuples(st.sets(st.integers(0, CHILDREN - 1)), st.integers(0, 2))
REFUSED = {"full", "too_few_left", "registered_already", "ended", "nobody", "no_child"}
NO_INVITATION = {"not_invited", "accepted_already", "ended", "expired"}


def families_of(network):
    found = []
    for _number in range(FAMILIES):
        household, mother = family(network, children=CHILDREN)
        found.append((household, mother, [child.code for child in homes.children_of(household)]))
    return found


class SignUp(RuleBasedStateMachine):
    """Two sessions of one activity; of the first the activity says the places, the second says them itself."""

    made = Bundle("made")
    network, families, sessions = None, (), ()

    def __init__(self):
        super().__init__()
        self.undone = ExitStack()
        self.undone.enter_context(inside(self.network))
        with transaction.atomic():
            Places.objects.all().delete()
            Seat.objects.all().delete()
            Registration.objects.all().delete()

    def teardown(self):
        self.undone.close()

    @initialize(places=st.one_of(st.none(), st.integers(1, 6)), own=st.integers(1, 6), counts=st.sampled_from(Counts))
    def begin(self, places, own, counts):
        activity = self.sessions[0].activity_id
        Activity.objects.filter(pk=activity).update(capacity=places, counts=counts)
        Session.objects.filter(pk=self.sessions[1].pk).update(capacity=own)

    def tried(self, function, expected=REFUSED, **values):
        """What it came to, or nothing: a refusal is one of those that are to be expected here."""
        try:
            return function(at=clock.now(), **values)
        except Refused as no:
            if set(no.codes) <= expected:
                return None
            raise

    def party(self, family, chosen):
        children, adults = chosen
        return Party(tuple(family[2][number] for number in sorted(children)), adults)

    @rule(target=made, who=st.integers(0, FAMILIES - 1), where=st.integers(0, 1), chosen=PARTIES, waits=st.booleans())
    def register(self, who, where, chosen, waits):
        home, key = self.families[who], uuid4()
        asked = {"household": home[0], "by": home[1], "session": self.sessions[where], "request_key": key}
        party = replace(self.party(home, chosen), waits=waits)
        row = self.tried(register, party=party, **asked)
        if row is None:
            return multiple()
        assert waits or row.state == State.HOLDS
        assert self.tried(register, party=party, **asked) == row
        return (row, home)

    @rule(one=made)
    def accept(self, one):
        """The second tap says what the first did."""
        row, home = one
        found = self.tried(accept, NO_INVITATION, registration=row, by=home[1])
        assert found is None or self.tried(accept, NO_INVITATION, registration=row, by=home[1]).state == State.HOLDS

    @rule(one=made)
    def decline(self, one):
        row, home = one
        found = self.tried(decline, NO_INVITATION, registration=row, by=home[1])
        assert found is None or found.ending == Ending.DECLINED

    @rule(one=made)
    def move_up(self, one):
        with suppress(Refused):
            move_up(registration=one[0], reason="从外地赶来", by=one[1][1], at=clock.now())
            first = Registration.objects.filter(session=one[0].session_id, ended_at=None, state=State.WAITS)
            assert first.order_by("rank", "waits_from", "pk").first().pk == one[0].pk

    @rule(where=st.integers(0, 1))
    def expire(self, where):
        """The time of all open invitations runs out, and is looked after twice."""
        session = self.sessions[where].pk
        Registration.objects.filter(session=session, ended_at=None, state=State.INVITED).update(
            invited_until=clock.now() - timedelta(seconds=1)
        )
        if Places.objects.filter(pk=session).exists():
            tend(session_id=session, at=clock.now())
            invited = list(Registration.objects.filter(session=session, ended_at=None, state=State.INVITED))
            tend(session_id=session, at=clock.now())
            assert {row.pk for row in invited} == set(
                Registration.objects.filter(session=session, ended_at=None, state=State.INVITED).values_list(
                    "pk", flat=True
                )
            )

    @rule(one=made, chosen=PARTIES)
    def change(self, one, chosen):
        row, home = one
        self.tried(change_party, registration=row, party=self.party(home, chosen), by=home[1])

    @rule(one=made)
    def cancel(self, one):
        """Also what is cancelled already."""
        row, home = one
        assert self.tried(cancel, registration=row, by=home[1]).ended_at is not None

    @rule(one=consumes(made))
    def cancel_for(self, one):
        row, home = one
        assert self.tried(cancel_for, registration=row, by=home[1], reason="家长来电取消").ended_at is not None

    @rule(places=st.one_of(st.none(), st.integers(1, 8)), where=st.integers(0, 1))
    def resize(self, places, where):
        """Of the activity, or of the second session; left empty, that one follows its activity. Where fewer places
        would be left than are taken, the planner has asked before, and does not."""
        first, second = (Session.objects.select_related("activity").get(pk=row.pk) for row in self.sessions)
        activity, own = (first.activity.capacity, places) if where else (places, second.capacity)
        taken = dict(Places.objects.values_list("session", "taken"))
        said = {first.pk: activity, second.pk: activity if own is None else own}
        if any(number is not None and number < taken.get(pk, 0) for pk, number in said.items()):
            return
        with transaction.atomic():
            Activity.objects.filter(pk=first.activity_id).update(capacity=activity)
            Session.objects.filter(pk=second.pk).update(capacity=own)
            assert not keep_capacity(list(said), clock.now())

    @invariant()
    def counts_are_those_of_the_rows(self):
        live = list(Registration.objects.filter(ended_at=None))
        for kept in Places.objects.select_related("session__activity"):
            session = kept.session
            here = [row for row in live if row.session_id == session.pk]
            assert kept.taken == sum(row.counted for row in here if row.state in HOLDING)
            waiting = [row for row in here if row.state == State.WAITS]
            assert kept.waiting == len(waiting)
            assert not [row for row in waiting if kept.has_room_for(row.counted)], "somebody waits beside free places"
            said = session.activity.capacity if session.capacity is None else session.capacity
            assert kept.capacity == said
            assert said is None or kept.taken <= said
        assert {row.session_id for row in live} <= set(Places.objects.values_list("pk", flat=True))

    @invariant()
    def everybody_sits_once(self):
        seats = list(Seat.objects.filter(ended_at=None).select_related("registration__session__activity"))
        children = [(seat.session_id, seat.child_id) for seat in seats if seat.child_id is not None]
        assert len(children) == len(set(children))
        assert all(seat.registration.ended_at is None for seat in seats)
        for row in Registration.objects.filter(ended_at=None):
            mine = [seat for seat in seats if seat.registration_id == row.pk]
            assert sum(seat.child_id is None for seat in mine) == row.adults
            assert all(seat.session_id == row.session_id for seat in mine)
            small = sum(seat.child_id is not None for seat in mine)
            # How grown-ups count may not change under those who come; here it never does.
            everybody = mine[0].registration.session.activity.counts == Counts.EVERYONE
            assert row.counted == (len(mine) if everybody or not small else small)


def test_whatever_happens_counts_and_rows_agree(nanjing):
    session = story_hour(nanjing)
    sessions = [session, another(nanjing, session.activity)]

    class Here(SignUp):
        network, families = nanjing, families_of(nanjing)

    Here.sessions = sessions
    run_state_machine_as_test(Here, settings=settings(max_examples=25, stateful_step_count=20, deadline=None))
