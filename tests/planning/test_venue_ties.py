"""A venue, a room or an area does not close over what is planned there; a closure says what falls into it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock
from kit.refusals import Refused
from networks.models import Area, inside
from programmes.planning.choices import PlaceKind
from programmes.planning.commands import sessions
from programmes.planning.queries.venue_ties import occupancy_of, sessions_hanging_on_area
from programmes.planning.steps.sessions import Where
from tests.planning import plans
from venues.commands.rooms import close_room
from venues.commands.venues import close_for_good
from venues.models import Room, Venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(nanjing):
    with inside(nanjing):
        now = clock.now()
        season = plans.season(now.year, ends_on=now.date() + timedelta(days=400))
        activity, room = plans.activity(programme=plans.programme(season=season)), plans.room()
        starts_at = (now + timedelta(days=20)).replace(hour=2, minute=0, second=0, microsecond=0)
        return room, plans.session(starts_at, activity=activity, room=room)


def test_a_room_or_venue_with_sessions_to_come_does_not_close(nanjing, nanjing_cast, stage):
    room, session = stage
    by, at = nanjing_cast["planner"], clock.now()
    with inside(nanjing):
        for close in (
            lambda: close_room(room=room, by=by, at=at),
            lambda: close_for_good(venue=room.venue, reason="拆迁", by=by, at=at),
        ):
            with pytest.raises(Refused) as no:
                close()
            assert no.value.codes == ("sessions_to_come",)
            assert "小种子" in str(no.value.refusals[0].text)
        sessions.call_off(sessions=[session], reason="场地维修", by=by, at=at)
        close_room(room=room, by=by, at=at)
        close_for_good(venue=room.venue, reason="拆迁", by=by, at=at)
        assert Room.objects.get(pk=room.pk).closed_at == at
        assert Venue.objects.get(pk=room.venue_id).closed_at == at


def test_a_refused_room_says_so_on_the_venues_page(nanjing, nanjing_cast, stage):
    room, _session = stage
    planner = nanjing_cast.client("planner")
    planner.post(f"/plan/venues/{room.venue.slug}/rooms/{room.pk}/close/")
    assert "故事屋还有 1 场待举办" in planner.get(f"/plan/venues/{room.venue.slug}/").content.decode()


def test_a_closure_names_the_sessions_that_fall_into_it_before_it_is_entered(nanjing, nanjing_cast, stage):
    room, session = stage
    day = session.starts_at.date()
    typed = {"venue": room.venue.slug, "first_day": f"{day}", "reason": "空调检修"}
    page = nanjing_cast.client("planner").post("/plan/closures/add/", typed).content.decode()
    assert "有 1 场活动在这段时间内" in page
    assert f"/plan/sessions/{session.code}/" in page
    other = typed | {"first_day": f"{day - timedelta(days=3)}"}
    assert (
        "场活动在这段时间内" not in nanjing_cast.client("planner").post("/plan/closures/add/", other).content.decode()
    )


def test_an_area_with_meeting_points_to_come_says_so(nanjing, stage):
    _room, session = stage
    with inside(nanjing):
        district = Area.objects.get(name="江宁区")
        assert list(sessions_hanging_on_area(district)) == []
        where = Where(PlaceKind.PARTNER, district, place_name="方山")
        plans.session(session.starts_at, activity=session.activity, where=where)
        [refusal] = sessions_hanging_on_area(district)
        assert refusal.code == "sessions_to_come"


def test_what_takes_place_in_many_venues_costs_two_statements(nanjing, stage):
    room, _session = stage
    with inside(nanjing):
        venues = [room.venue, plans.room(venue="宝船阅读空间").venue]
        with CaptureQueriesContext(connection) as done:
            found = occupancy_of(venues, clock.now(), None)
    assert (found.count, len(found.lines), len(done)) == (1, 1, 2)
