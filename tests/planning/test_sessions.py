"""Sessions one at a time: made, changed, published, called off, restored, deleted, and why not."""

from datetime import timedelta

import pytest
from django.db import transaction

from kit.refusals import Refused
from networks.models import Area, JournalLine
from programmes.planning.choices import LocalField, PlaceKind
from programmes.planning.commands import sessions as commands
from programmes.planning.models import Engagement, SafetyNotice, Session, Slot
from programmes.planning.queries.lines import sessions_with_places
from programmes.planning.rules.changes import SessionChange
from programmes.planning.steps.sessions import SessionPlan, Where, in_room
from tests.planning import plans
from tests.planning.times import HOUR, NEXT, NOW, SATURDAY, SUNDAY
from tests.venues.places import ALL_DAYS
from venues.models import Closure
from venues.steps.venues import add_weeks

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(home):
    return opened(plans.room())


@pytest.fixture
def activity(home):
    return plans.activity(setup_minutes=15, clearup_minutes=15)


@pytest.fixture
def by(nanjing_cast):
    return nanjing_cast["planner"]


def opened(room):
    """Its venue is open every day from nine to five."""
    with transaction.atomic():
        add_weeks([(room.venue, ALL_DAYS)])
    return room


def make(activity, starts_at, room, by, *, at=NOW, anyway=False, **more):
    where = more.pop("where", None) or in_room(room)
    plan = SessionPlan(activity, starts_at, where, **more)
    [made] = commands.make_sessions(plans=[plan], by=by, at=at, anyway=anyway)
    return sessions_with_places().get(pk=made.pk)


def refused(work, *args, **more):
    """What was said, by code."""
    with pytest.raises(Refused) as no:
        work(*args, **more)
    return {refusal.code: str(refusal) for refusal in no.value.refusals}


def fresh(session):
    return sessions_with_places().get(pk=session.pk)


def test_a_session_is_made_with_its_hosts_and_slots(room, by):
    advice, host = plans.activity("法律咨询", slot_minutes=20), plans.host()
    session = make(advice, SATURDAY, room, by, hosts=[host])
    assert (session.starts_at, session.ends_at, session.room) == (SATURDAY, SATURDAY + HOUR, room)
    assert session.published_at is None
    assert [slot.starts_at for slot in session.slots.order_by("starts_at")] == [
        SATURDAY + timedelta(minutes=20 * number) for number in range(3)
    ]
    assert list(session.engagements.values_list("host__name", "live")) == [("孙老师", True)]


def test_a_taken_room_names_what_takes_it(room, activity, by):
    make(activity, SATURDAY, room, by)
    other = plans.activity("皮影戏", programme=activity.programme)
    said = refused(make, other, SATURDAY + HOUR, room, by)
    assert said == {
        "room_taken": "清凉门阅读空间 · 故事屋 这个时间已被占用：《小种子》，5月15日 周六 10:00–11:00。请换个场地，或换个时间。"
    }
    assert Session.objects.count() == 1
    make(other, SATURDAY + HOUR + timedelta(minutes=15), room, by)


def test_a_taken_host_is_named_with_what_she_leads(room, activity, by):
    host, elsewhere = plans.host(), opened(plans.room(venue="宝船阅读空间"))
    make(activity, SATURDAY, room, by, hosts=[host])
    said = refused(make, activity, SATURDAY, elsewhere, by, hosts=[host])
    assert said == {
        "host_taken": "孙老师这个时间已安排主讲《小种子》：5月15日 周六 10:00–11:00。请换一位主讲人，或换个时间。"
    }


def test_outside_hours_and_in_a_closure_a_planner_may_say_anyway(room, activity, by):
    evening = SATURDAY + timedelta(hours=9)
    assert list(refused(make, activity, evening, room, by)) == ["outside_hours"]
    Closure.objects.create(venue=room.venue, starts_at=SUNDAY, reason="空调检修")
    said = refused(make, activity, NEXT, room, by)
    assert said == {"venue_shut": "清凉门阅读空间届时闭馆：空调检修"}
    for starts_at in (evening, NEXT):
        assert make(activity, starts_at, room, by, anyway=True).starts_at == starts_at


def test_no_anyway_for_the_past_another_year_and_what_was_dropped(room, activity, by):
    assert list(refused(make, activity, NOW, room, by, anyway=True)) == ["in_the_past"]
    assert list(refused(make, activity, SATURDAY + timedelta(days=365), room, by, anyway=True)) == ["outside_season"]
    activity.dropped_at = NOW
    assert list(refused(make, activity, SATURDAY, room, by, anyway=True)) == ["activity_dropped"]


def test_each_kind_of_place_has_what_it_needs(room, activity, by):
    city = Area.objects.get(parent=None)
    empty = Where(PlaceKind.MEETING_POINT, city)
    assert list(refused(make, activity, SATURDAY, room, by, where=empty)) == ["no_place_name", "no_safety_notice"]
    partner = Where(PlaceKind.PARTNER, city)
    assert list(refused(make, activity, SATURDAY, room, by, where=partner)) == ["no_place_name"]
    assert list(refused(make, activity, SATURDAY, room, by, where=Where(PlaceKind.ROOM, city))) == [
        "no_venue",
        "no_room",
    ]
    notice = SafetyNotice.objects.create(title="户外活动安全告知书", text="请看护好孩子。")
    outside = Where(
        PlaceKind.MEETING_POINT, city, place_name="中山植物园 2 号门", route="南园环线", safety_notice=notice
    )
    assert make(activity, SATURDAY, room, by, where=outside).place_name == "中山植物园 2 号门"


def test_a_room_out_of_use_takes_no_session(room, activity, by):
    room.closed_at = NOW
    room.save()
    assert list(refused(make, activity, SATURDAY, room, by)) == ["room_closed"]


def test_a_public_session_that_moves_says_what_was_said_before(room, activity, by):
    session = make(activity, SATURDAY, room, by, hosts=[plans.host()])
    commands.publish(sessions=[session], by=by, at=NOW)
    change = SessionChange(fresh(session), starts_at=SUNDAY)
    commands.change_session(change=change, by=by, at=NOW + HOUR)
    now = fresh(session)
    assert (now.starts_at, now.ends_at, now.sequence) == (SUNDAY, SUNDAY + HOUR, 1)
    assert (now.moved_at, now.changed_at) == (NOW + HOUR, NOW + HOUR)
    assert now.moved_from["place"] == "清凉门阅读空间 · 故事屋"
    assert now.moved_from["starts_at"] == "2027-05-15T02:00:00+00:00"
    assert now.engagements.get().occupies == now.occupies


def test_a_draft_that_moves_has_nothing_to_say_of_it(room, activity, by):
    session = make(activity, SATURDAY, room, by)
    commands.change_session(change=SessionChange(session, starts_at=SUNDAY), by=by, at=NOW)
    assert (fresh(session).moved_at, fresh(session).moved_from) == (None, None)


def test_a_session_is_not_in_its_own_way(room, activity, by):
    session = make(activity, SATURDAY, room, by, hosts=[plans.host()])
    commands.change_session(change=SessionChange(session, starts_at=SATURDAY + HOUR / 2), by=by, at=NOW)
    assert fresh(session).starts_at == SATURDAY + HOUR / 2


def test_slots_are_made_anew_with_the_time(room, by):
    session = make(plans.activity("法律咨询", slot_minutes=30), SATURDAY, room, by)
    commands.change_session(change=SessionChange(session, starts_at=SUNDAY), by=by, at=NOW)
    assert list(Slot.objects.order_by("starts_at").values_list("starts_at", flat=True)) == [SUNDAY, SUNDAY + HOUR / 2]


def test_own_words_stand_above_the_activitys_until_they_go(room, activity, by):
    session = make(activity, SATURDAY, room, by)
    commands.change_session(
        change=SessionChange(session, own={"title": "小种子（手语场）", "capacity": 8}), by=by, at=NOW
    )
    assert (fresh(session).title, fresh(session).capacity, fresh(session).sequence) == ("小种子（手语场）", 8, 0)
    commands.change_session(change=SessionChange(fresh(session), own={"title": ""}), by=by, at=NOW)
    assert (fresh(session).title, fresh(session).capacity) == ("", 8)


def test_hosts_are_swapped_and_the_one_who_left_is_free(room, activity, by):
    old, new = plans.host(), plans.host("顾老师")
    session = make(activity, SATURDAY, room, by, hosts=[old])
    commands.change_session(change=SessionChange(session, hosts=[new]), by=by, at=NOW)
    assert list(session.engagements.values_list("host__name", flat=True)) == ["顾老师"]
    make(activity, SATURDAY, opened(plans.room(venue="宝船阅读空间")), by, hosts=[old])


def test_what_is_over_keeps_its_time_and_its_hosts_may_still_be_put_right(room, activity, by):
    session, later = make(activity, SATURDAY, room, by), NEXT
    change = SessionChange(session, starts_at=NEXT + timedelta(days=1))
    with pytest.raises(Refused) as no:
        commands.change_session(change=change, by=by, at=later)
    assert no.value.codes == ("over",)
    commands.change_session(change=SessionChange(session, hosts=[plans.host()]), by=by, at=later)
    assert session.engagements.count() == 1


def test_calling_off_frees_room_and_host_and_says_why(room, activity, by):
    host = plans.host()
    session = make(activity, SATURDAY, room, by, hosts=[host])
    assert list(refused(commands.call_off, sessions=[session], reason=" ", by=by, at=NOW)) == ["no_reason"]
    commands.call_off(sessions=[session], reason="讲师生病", by=by, at=NOW)
    now = fresh(session)
    assert (now.called_off_at, now.call_off_reason, now.sequence) == (NOW, "讲师生病", 1)
    assert Engagement.objects.get().live is False
    make(activity, SATURDAY, room, by, hosts=[host])


def test_a_called_off_session_comes_back_if_its_room_is_free(room, activity, by):
    session = make(activity, SATURDAY, room, by, hosts=[plans.host()])
    commands.call_off(sessions=[session], reason="讲师生病", by=by, at=NOW)
    assert commands.restore(session=session, by=by, at=NOW) == []
    assert (fresh(session).called_off_at, fresh(session).sequence) == (None, 2)
    assert Engagement.objects.get().live is True


def test_a_called_off_session_whose_room_is_taken_stays_called_off(room, activity, by):
    session = make(activity, SATURDAY, room, by)
    commands.call_off(sessions=[session], reason="讲师生病", by=by, at=NOW)
    make(activity, SATURDAY, room, by)
    assert list(refused(commands.restore, session=session, by=by, at=NOW)) == ["room_taken"]


def test_a_host_who_leads_something_else_by_now_does_not_come_back_with_it(room, activity, by):
    host = plans.host()
    session = make(activity, SATURDAY, room, by, hosts=[host])
    commands.call_off(sessions=[session], reason="讲师生病", by=by, at=NOW)
    make(activity, SATURDAY, opened(plans.room(venue="宝船阅读空间")), by, hosts=[host])
    assert commands.restore(session=session, by=by, at=NOW) == [host]
    assert session.engagements.count() == 0


def test_a_draft_can_be_deleted_and_a_public_session_cannot(room, activity, by):
    draft, seen = make(activity, SATURDAY, room, by), make(activity, SUNDAY, room, by)
    commands.publish(sessions=[seen], by=by, at=NOW)
    commands.delete_draft(session=draft, by=by)
    assert list(refused(commands.delete_draft, session=seen, by=by)) == ["published"]
    assert list(Session.objects.all()) == [seen]


def test_nothing_is_published_of_a_dropped_activity_or_without_an_address(room, activity, by):
    stream = make(activity, SATURDAY, room, by, where=Where(PlaceKind.STREAM, Area.objects.get(parent=None)))
    assert list(refused(commands.publish, sessions=[stream], by=by, at=NOW)) == ["no_stream"]
    session = make(activity, SATURDAY, room, by)
    activity.dropped_at = NOW
    activity.save()
    assert list(refused(commands.publish, sessions=[session], by=by, at=NOW)) == ["activity_dropped"]
    assert fresh(session).published_at is None


def test_a_branch_changes_only_what_the_planner_leaves_to_it(room, by, nanjing_cast):
    activity = plans.activity(local_fields=[LocalField.TIME, LocalField.TEXT])
    session, keeper = make(activity, SATURDAY, room, by), nanjing_cast["keeper"]
    allowed = SessionChange(session, starts_at=SATURDAY + HOUR, own={"title": "小种子（下午场）"})
    commands.change_local_session(change=allowed, by=keeper, at=NOW)
    assert fresh(session).title == "小种子（下午场）"
    change = SessionChange(fresh(session), own={"capacity": 5})
    assert list(refused(commands.change_local_session, change=change, by=keeper, at=NOW)) == ["not_for_branches"]


def test_the_journal_keeps_who_and_what_without_what_is_personal(room, activity, by):
    session = make(activity, SATURDAY, room, by)
    change = SessionChange(session, starts_at=SUNDAY, own={"in_charge": "林老师"})
    commands.change_session(change=change, by=by, at=NOW)
    line = JournalLine.objects.get(verb="planning.session_changed")
    assert (line.actor_id, line.subject_id) == (by.pk, session.pk)
    assert line.changed == ["ends_at", "in_charge", "starts_at"]
    assert sorted(line.values) == ["ends_at", "starts_at"]
