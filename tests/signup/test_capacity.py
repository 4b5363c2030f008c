"""More and fewer places: never fewer than are taken, and the count follows in the same transaction."""

from datetime import timedelta

import pytest
from django.db import transaction

from kit import clock
from kit.refusals import Refused
from networks.models import inside
from programmes.planning.commands.activities import change_activity, drop_activity
from programmes.planning.commands.rollouts import undo_rollout
from programmes.planning.commands.sessions import change_many, change_session, delete_draft
from programmes.planning.models import Activity, Rollout, Session
from programmes.planning.rules.changes import SessionChange
from programmes.signup.models import Places, Registration
from programmes.signup.steps.places import open_places
from tests.planning import plans
from tests.signup.signing import another, family, sign_up, story_hour

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast["planner"]


def filled(network, session, families=2):
    for _number in range(families):
        sign_up(network, session, *family(network))
    return session


def kept(session):
    row = Places.objects.get(pk=session.pk)
    return row.capacity, row.taken


def change(session, planner, capacity):
    change_session(change=SessionChange(session, own={"capacity": capacity}), by=planner, at=clock.now(), anyway=True)


def test_a_session_gets_more_places_and_fewer_down_to_those_taken(nanjing, planner):
    session = filled(nanjing, story_hour(nanjing))
    with inside(nanjing):
        change(session, planner, 30)
        assert kept(session) == (30, 2)
        change(session, planner, 2)
        assert kept(session) == (2, 2)
        with pytest.raises(Refused) as no:
            change(session, planner, 1)
        (refusal,) = no.value.refusals
        assert (refusal.field, str(refusal.text)) == ("capacity", "已有 2 人报名，名额不能少于 2。")
        assert (kept(session), Session.objects.get(pk=session.pk).capacity) == ((2, 2), 2)
        change(session, planner, None)
        assert kept(session) == (20, 2)


def test_the_session_form_says_it_at_the_field(nanjing, nanjing_cast):
    session = filled(nanjing, story_hour(nanjing))
    with inside(nanjing):
        page = nanjing_cast.client("planner").get(f"/plan/sessions/{session.code}/edit/")
        typed = {name: field.value() for name, field in _bound(page.context["form"]).items()}
    typed |= {"capacity": "1", "anyway": "on"}
    told = nanjing_cast.client("planner").post(f"/plan/sessions/{session.code}/edit/", _sendable(typed))
    assert (told.status_code, "已有 2 人报名，名额不能少于 2。" in told.content.decode()) == (422, True)


def _bound(form):
    return {field.html_name: field for field in form}


def _sendable(typed):
    sent = {}
    for name, value in typed.items():
        if isinstance(value, list):
            sent[name] = [str(one) for one in value if one is not None]
        elif value is not None and value is not False:
            sent[name] = f"{value:%Y-%m-%d}" if hasattr(value, "year") else str(value)[:16]
    return sent


def test_an_activity_changes_all_sessions_but_those_with_a_number_of_their_own(nanjing, planner):
    first = filled(nanjing, story_hour(nanjing))
    with inside(nanjing):
        activity = Activity.objects.get(pk=first.activity_id)
    second = filled(nanjing, another(nanjing, activity, later=timedelta(days=5)), 1)
    with inside(nanjing):
        change(second, planner, 8)
        change_activity(activity=activity, values={"capacity": 12}, by=planner)
        assert (kept(first), kept(second)) == ((12, 2), (8, 1))
        change_activity(activity=activity, values={"capacity": None}, by=planner)
        assert (kept(first), kept(second)) == ((None, 2), (8, 1))
        with pytest.raises(Refused) as no:
            change_activity(activity=activity, values={"capacity": 1}, by=planner)
        (refusal,) = no.value.refusals
        assert (refusal.code, refusal.field) == ("places_are_taken", "capacity")
        assert str(refusal.text) == "已有 2 人报名，名额不能少于 2。"
        assert (kept(first), Activity.objects.get(pk=activity.pk).capacity) == ((None, 2), None)


def test_what_is_over_keeps_the_places_it_had(nanjing, planner):
    session = filled(nanjing, story_hour(nanjing))
    with inside(nanjing):
        activity = Activity.objects.get(pk=session.activity_id)
        past = clock.now() - timedelta(days=1)
        Session.objects.filter(pk=session.pk).update(
            starts_at=past, ends_at=past + timedelta(hours=1), occupies=(past, past + timedelta(hours=1))
        )
        change_activity(activity=activity, values={"capacity": 1}, by=planner)
        assert kept(session) == (20, 2)


def test_of_many_the_fullest_is_named_and_none_is_changed(nanjing, planner):
    first = filled(nanjing, story_hour(nanjing), 1)
    with inside(nanjing):
        activity = Activity.objects.get(pk=first.activity_id)
    second = filled(nanjing, another(nanjing, activity, later=timedelta(days=5)), 3)
    with inside(nanjing):
        changes = [SessionChange(one, own={"capacity": 2}) for one in (first, second)]
        with pytest.raises(Refused) as no:
            change_many(changes=changes, by=planner, at=clock.now(), anyway=True)
        assert [str(one.text).endswith("这场已有 3 人报名，名额不能少于 3。") for one in no.value.refusals] == [True]
        assert (kept(first), kept(second)) == ((20, 1), (20, 3))


# --- What hangs on a session ----------------------------------------------------------------


def draft_with_places(network):
    session = story_hour(network)
    with inside(network):
        Session.objects.filter(pk=session.pk).update(published_at=None)
        with transaction.atomic():
            open_places(session.pk)
        return Session.objects.get(pk=session.pk)


def registered(network, session):
    household, person = family(network)
    with inside(network):
        Registration.objects.create(
            session=session,
            household=household,
            by=person,
            request_key="6f9619ff-8b86-d011-b42d-00c04fc964ff",
            counted=1,
        )


def test_a_draft_goes_with_its_count_but_not_with_a_registration(nanjing, planner):
    session = draft_with_places(nanjing)
    registered(nanjing, session)
    with inside(nanjing):
        with pytest.raises(Refused) as no:
            delete_draft(session=session, by=planner)
        assert "in_use" in no.value.codes
        Registration.objects.all().delete()
        delete_draft(session=session, by=planner)
        assert (Session.objects.count(), Places.objects.count()) == (0, 0)


def test_a_roll_out_is_not_taken_back_from_under_a_registration(nanjing, planner):
    session = draft_with_places(nanjing)
    with inside(nanjing):
        rollout = Rollout.objects.create(activity=session.activity, rule={}, made=1)
        Session.objects.filter(pk=session.pk).update(rollout=rollout, changed_at=None)
    registered(nanjing, session)
    with inside(nanjing):
        with pytest.raises(Refused) as no:
            undo_rollout(rollout=rollout, by=planner, at=clock.now())
        assert "in_use" in no.value.codes
        Registration.objects.all().delete()
        undo_rollout(rollout=rollout, by=planner, at=clock.now())
        assert (Session.objects.count(), Places.objects.count()) == (0, 0)


def test_an_activity_with_a_session_to_come_is_not_dropped(nanjing, planner):
    session = filled(nanjing, story_hour(nanjing))
    with inside(nanjing):
        with pytest.raises(Refused):
            drop_activity(activity=session.activity, by=planner, at=clock.now())
        empty = plans.activity("没有场次")
        drop_activity(activity=empty, by=planner, at=clock.now())
        assert Activity.objects.get(pk=empty.pk).dropped_at is not None
