"""A season takes over what worked in another one: on matching weekdays, with holidays, venues and hosts read anew."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kit import clock
from networks.choices import JobState
from networks.engine.job_child import run_here
from networks.models import Area, Job, JournalLine
from people.models import Person
from programmes.planning.choices import EngagementPart, PhaseKind, PlaceKind
from programmes.planning.commands.copying import take_over_season
from programmes.planning.engine.copying import prepare
from programmes.planning.models import (
    Activity,
    ActivityBook,
    ActivityPicture,
    Book,
    Engagement,
    HostAbsence,
    PartnerUnit,
    Phase,
    Programme,
    ProgrammeVenue,
    SafetyNotice,
    Season,
    Session,
    Slot,
    UnitLine,
)
from programmes.planning.rules.moving import Year, moved, moved_span, retitled
from programmes.planning.rules.places import Where
from programmes.planning.rules.seasons import offered_phases
from programmes.planning.views import copying
from tests.planning import plans
from tests.planning.times import ZONE
from venues.choices import DayKind, OnHolidays
from venues.models import CalendarDay, Closure, OpeningHours, Room

TAKE = "/plan/seasons/2028/take-over/"
# A Saturday in the spring of 2027, and the Saturday 52 weeks later.
SATURDAY, NEXT = date(2027, 4, 10), date(2028, 4, 8)
WEEK = timedelta(days=7)


def at(day, hour=10):
    return datetime.combine(day, time(hour), ZONE)


def year(number):
    return Year(number, date(number, 1, 1), date(number, 12, 31), tuple(offered_phases(number)))


def open_room(**values):
    """Open every day from nine to five."""
    room = plans.room(**values)
    OpeningHours.objects.bulk_create(
        OpeningHours(venue=room.venue, weekday=day, opens_minute=540, closes_minute=1020) for day in range(7)
    )
    return room


@pytest.fixture
def stage(nanjing, nanjing_cast, home):
    """Two seasons, the first with a programme that meets on Saturdays in a room."""
    planner = nanjing_cast["planner"]
    source, target = plans.season(2027), plans.season(2028)
    for phase in offered_phases(2027):
        Phase.objects.create(
            season=source, kind=phase.kind, starts_on=phase.first, ends_on=phase.last, goal=f"做完{phase.kind}"
        )
    brand = plans.brand("阅美四季")
    programme = plans.programme(
        "2027 读者节", season=source, brand=brand, starts_on=date(2027, 4, 1), ends_on=date(2027, 5, 31)
    )
    activity = plans.activity("故事会", programme=programme, budget=100, spent=80)
    return Stage(planner, source, target, programme, activity, open_room())


@dataclass
class Stage:
    planner: Person
    source: Season
    target: Season
    programme: Programme
    activity: Activity
    room: Room

    def preview(self):
        return prepare(self.source, self.target, [self.programme], at=clock.now())

    def take(self):
        return take_over_season(
            source=self.source, target=self.target, programmes=[self.programme], by=self.planner, at=clock.now()
        )

    def codes(self):
        """What the preview says of each session, in their order."""
        lines = self.preview().programmes[0].sessions
        return [[refusal.code for refusal in (*line.reasons, *line.notes)] for line in lines]


@pytest.mark.django_db
class TestTaking:
    def test_all_that_belongs_to_it_comes_along(self, stage):
        unit, gone = (PartnerUnit.objects.create(name=name) for name in ("区教育局", "已撤的单位"))
        gone.closed_at = clock.now()
        gone.save()
        UnitLine.objects.create(programme=stage.programme, unit=unit, role="hosts")
        UnitLine.objects.create(activity=stage.activity, unit=unit, role="helps")
        UnitLine.objects.create(activity=stage.activity, unit=gone, role="supports")
        book = Book.objects.create(title="猜猜我有多爱你")
        ActivityBook.objects.create(activity=stage.activity, book=book, place=3)
        ActivityPicture.objects.create(activity=stage.activity, image="activities/a.webp", description="绘本")
        ProgrammeVenue.objects.create(programme=stage.programme, venue=stage.room.venue, is_main=True)
        lead, help_ = plans.host("孙老师"), plans.host("顾老师")
        first = plans.session(
            at(SATURDAY), activity=stage.activity, room=stage.room, hosts=(lead, help_), notice="带水杯"
        )
        Engagement.objects.filter(host=help_).update(part=EngagementPart.HELPS)
        off = plans.session(at(SATURDAY, 14), activity=stage.activity, room=stage.room)
        Session.objects.filter(pk=off.pk).update(called_off_at=clock.now(), call_off_reason="停电")
        taken = stage.take()
        assert (taken.sessions, taken.left) == (1, 0)
        programme = Programme.objects.get(season=stage.target)
        assert (programme.title, programme.copied_from, programme.brand.name) == (
            "2028 读者节",
            stage.programme,
            "阅美四季",
        )
        assert (programme.starts_on, programme.ends_on) == (date(2028, 3, 30), date(2028, 5, 29))
        activity = programme.activities.get()
        assert (activity.title, activity.budget, activity.spent, activity.copied_from) == (
            "故事会", 100, None, stage.activity,
        )  # fmt: skip
        session = activity.sessions.get()
        assert (session.starts_at, session.room, session.notice, session.copied_from) == (
            at(NEXT), stage.room, "带水杯", first,
        )  # fmt: skip
        assert (session.published_at, session.code != first.code) == (None, True)
        assert list(session.engagements.order_by("pk").values_list("host__name", "part")) == [
            ("孙老师", "leads"),
            ("顾老师", "helps"),
        ]
        lines = UnitLine.objects.filter(unit=unit).exclude(programme=stage.programme).exclude(activity=stage.activity)
        assert sorted(lines.values_list("role", flat=True)) == ["helps", "hosts"]
        assert activity.unit_lines.count() == 1
        assert activity.book_lines.get().place == 3
        assert activity.pictures.get().image == "activities/a.webp"
        assert programme.venue_lines.get().is_main
        goals = Phase.objects.filter(season=stage.target).order_by("starts_on").values_list("kind", "starts_on", "goal")
        assert list(goals)[:2] == [
            ("winter", date(2027, 12, 1), "做完winter"),
            ("spring", date(2028, 3, 1), "做完spring"),
        ]
        assert JournalLine.objects.get(verb="planning.season_taken_over").values["sessions"] == 1

    def test_twice_doubles_nothing(self, stage):
        for number in range(3):
            plans.session(at(SATURDAY + number * WEEK), activity=stage.activity, room=stage.room)
        assert [stage.take().sessions for _time in range(2)] == [3, 0]
        assert (Programme.objects.count(), Activity.objects.count(), Session.objects.count()) == (2, 2, 6)
        # One that was moved by hand since is still the copy; one that came later is taken over next time.
        Session.objects.filter(starts_at=at(NEXT)).update(
            starts_at=at(NEXT, 15), ends_at=at(NEXT, 16), occupies=(at(NEXT, 15), at(NEXT, 16))
        )
        plans.session(at(SATURDAY + 3 * WEEK), activity=stage.activity, room=stage.room)
        assert stage.take().sessions == 1
        assert Session.objects.filter(activity__programme__season=stage.target).count() == 4

    def test_slots_and_places_without_a_room(self, stage):
        Activity.objects.filter(pk=stage.activity.pk).update(slot_minutes=20)
        city = Area.objects.get(parent=None)
        old = SafetyNotice.objects.create(title="户外须知", text="旧", closed_at=clock.now())
        new = SafetyNotice.objects.create(title="户外须知", version=2, text="新")
        outside = Where(PlaceKind.MEETING_POINT, city, place_name="玄武湖", safety_notice=old)
        plans.session(at(SATURDAY), activity=stage.activity, where=outside)
        assert stage.take().sessions == 1
        session = Session.objects.get(activity__programme__season=stage.target)
        assert (session.place_name, session.safety_notice) == ("玄武湖", new)
        assert Slot.objects.filter(session=session).count() == 3

    def test_preview_writes_nothing(self, stage, nanjing_cast):
        plans.session(at(SATURDAY), activity=stage.activity, room=stage.room)
        answer = nanjing_cast.client("planner").get(TAKE, {"from": "2027", "programme": stage.programme.pk})
        assert answer.status_code == 200
        assert (answer.context["found"].to_make, answer.context["found"].to_settle) == (1, 0)
        assert (Programme.objects.count(), Session.objects.count(), Phase.objects.count()) == (1, 1, 4)

    def test_a_programme_of_the_same_title_takes_what_it_lacks(self, stage, nanjing_cast):
        days = {"starts_on": date(2028, 5, 1), "ends_on": date(2028, 5, 31)}
        there = plans.programme("2028 读者节", season=stage.target, text="手写的介绍", **days)
        by_hand = plans.activity("故事会", programme=there, capacity=9)
        plans.activity("只在今年", programme=there)
        more = plans.activity("手工课", programme=stage.programme)
        first = plans.session(at(SATURDAY), activity=stage.activity, room=stage.room)
        second = plans.session(at(SATURDAY, 14), activity=more, room=stage.room)
        found = stage.preview().programmes[0]
        assert (found.is_joined, found.refusal, len(found.to_make)) == (True, None, 2)
        assert [[refusal.code for refusal in line.notes] for line in found.sessions] == [["outside_programme"]] * 2
        page = nanjing_cast.client("planner").get(TAKE, {"from": "2027", "programme": stage.programme.pk})
        assert "并入 2028 年已有的项目" in page.content.decode()
        assert [stage.take().sessions for _time in range(2)] == [2, 0]
        programme = Programme.objects.get(season=stage.target)
        assert (programme.pk, programme.text, programme.copied_from) == (there.pk, "手写的介绍", None)
        assert programme.starts_on == days["starts_on"]
        assert sorted(programme.activities.values_list("title", "copied_from")) == [
            ("只在今年", None), ("手工课", more.pk), ("故事会", None),
        ]  # fmt: skip
        by_hand.refresh_from_db()
        assert (by_hand.capacity, by_hand.sessions.get().copied_from) == (9, first)
        assert Session.objects.get(copied_from=second).activity.title == "手工课"

    def test_a_title_that_a_dropped_one_has(self, stage, nanjing_cast):
        Programme.objects.filter(pk=plans.programme("2028 读者节", season=stage.target).pk).update(
            dropped_at=clock.now()
        )
        plans.session(at(SATURDAY), activity=stage.activity, room=stage.room)
        found = stage.preview()
        assert (found.programmes[0].refusal.code, found.to_make, found.to_settle) == ("title_is_taken", 0, 1)
        page = nanjing_cast.client("planner").get(TAKE, {"from": "2027", "programme": stage.programme.pk})
        assert ("能沿用的都已沿用" in page.content.decode(), "都不能直接沿用" in page.content.decode()) == (False, True)
        assert stage.take().sessions == 0
        assert Programme.objects.filter(season=stage.target).count() == 1

    def test_a_brand_that_is_gone(self, stage):
        brand = stage.programme.brand
        brand.closed_at = clock.now()
        brand.save()
        assert [refusal.code for refusal in stage.preview().programmes[0].notes] == ["brand_closed"]
        stage.take()
        assert Programme.objects.get(season=stage.target).brand is None


@pytest.mark.django_db
class TestSettling:
    """Only what can be made is made; the rest says why."""

    def test_a_closure_and_days_off(self, stage):
        for number in range(3):
            plans.session(at(SATURDAY + number * WEEK), activity=stage.activity, room=stage.room)
        Closure.objects.create(venue=stage.room.venue, starts_at=at(NEXT, 0), ends_at=at(NEXT, 23), reason="检修")
        for number, kind in ((1, DayKind.HOLIDAY), (2, DayKind.WORKDAY)):
            CalendarDay.objects.create(day=NEXT + number * WEEK, kind=kind, name="清明节")
        assert stage.codes() == [["venue_shut"], ["on_a_holiday"], ["on_a_workday"]]
        stage.room.venue.on_holidays = OnHolidays.CLOSED
        stage.room.venue.save()
        assert stage.codes()[1] == ["outside_hours"]
        assert (stage.take().sessions, stage.take().left) == (1, 2)

    def test_dead_venues_and_rooms(self, stage):
        other = Room.objects.create(venue=stage.room.venue, name="活动室", capacity=10, closed_at=clock.now())
        gone = open_room(venue="旧馆", district="江宁区")
        for room in (other, gone):
            plans.session(
                at(SATURDAY), activity=stage.activity, room=Room.objects.select_related("venue__area").get(pk=room.pk)
            )
        gone.venue.closed_at, gone.venue.close_reason = clock.now(), "迁走"
        gone.venue.save()
        assert [codes[0] for codes in stage.codes()] == ["room_closed", "venue_closed"]
        assert stage.take().sessions == 0
        assert Activity.objects.filter(programme__season=stage.target).count() == 1

    def test_a_room_that_is_taken(self, stage):
        plans.session(at(SATURDAY), activity=stage.activity, room=stage.room)
        other = plans.activity("讲座", programme=plans.programme("讲堂", season=stage.target))
        plans.session(at(NEXT, 10), activity=other, room=stage.room)
        assert stage.codes() == [["room_taken"]]
        assert "讲座" in str(stage.preview().programmes[0].sessions[0].reasons[0])
        assert (stage.take().left, Session.objects.count()) == (1, 2)

    def test_hosts_who_cannot_come_are_left_out(self, stage):
        gone, away, busy, here = (plans.host(name) for name in ("离任", "外出", "已约", "在岗"))
        plans.session(at(SATURDAY), activity=stage.activity, room=stage.room, hosts=(gone, away, busy, here))
        gone.closed_at = clock.now()
        gone.save()
        HostAbsence.objects.create(host=away, starts_on=NEXT, ends_on=NEXT)
        other = plans.activity("讲座", programme=plans.programme("讲堂", season=stage.target))
        plans.session(at(NEXT, 10), activity=other, room=open_room(venue="宝船"), hosts=(busy,))
        assert sorted(stage.codes()[0]) == ["host_absent", "host_closed", "host_taken"]
        assert stage.take().left == 0
        made = Session.objects.get(activity__copied_from=stage.activity)
        assert [one.host.name for one in made.engagements.select_related("host")] == ["在岗"]

    def test_the_first_sunday_of_a_phase(self, stage):
        """1 March 2026 was a Sunday: the Sundays of that spring go 53 weeks as long as more of them stay inside."""
        source = plans.season(2026)
        for phase in offered_phases(2026):
            Phase.objects.create(season=source, kind=phase.kind, starts_on=phase.first, ends_on=phase.last)
        programme = plans.programme("春读", season=source)
        activity = plans.activity("晨读", programme=programme)
        for number in range(3):
            plans.session(at(date(2026, 3, 1) + number * WEEK), activity=activity, room=stage.room)
        take_over_season(source=source, target=stage.source, programmes=[programme], by=stage.planner, at=clock.now())
        made = Session.objects.filter(activity__copied_from=activity).order_by("starts_at")
        assert [timezone.localtime(one.starts_at).date() for one in made] == [
            date(2027, 3, 7),
            date(2027, 3, 14),
            date(2027, 3, 21),
        ]

    def test_a_closed_season_takes_nothing(self, stage, nanjing_cast):
        stage.target.closed_at = clock.now()
        stage.target.save()
        answer = nanjing_cast.client("planner").post(TAKE, {"from": "2027", "programme": stage.programme.pk})
        assert (answer.status_code, [one.code for one in answer.context["refusals"]]) == (422, ["season_is_closed"])


@pytest.mark.django_db
class TestPages:
    def test_choose_look_take(self, stage, nanjing_cast):
        plans.session(at(SATURDAY), activity=stage.activity, room=stage.room)
        plans.session(at(SATURDAY + WEEK), activity=stage.activity, room=stage.room)
        Closure.objects.create(venue=stage.room.venue, starts_at=at(NEXT, 0), ends_at=at(NEXT, 23), reason="检修")
        planner = nanjing_cast.client("planner")
        assert "2027 读者节" in planner.get(TAKE).content.decode()
        said = {"from": "2027", "programme": str(stage.programme.pk)}
        assert "检修" in planner.get(TAKE, said).content.decode()
        answer = planner.post(TAKE, said)
        assert (answer.status_code, answer["Location"]) == (
            302, f"{TAKE}?from=2027&programme={stage.programme.pk}",
        )  # fmt: skip
        page = planner.get(answer["Location"])
        assert (page.context["found"].taken_before, page.context["found"].to_settle) == (1, 1)
        assert page.context["found"].has_work is False
        assert Season.objects.get(year=2028).programmes.count() == 1

    def test_ticked_are_those_that_the_year_has_not_yet(self, stage, nanjing_cast):
        empty, full = (plans.programme(title, season=stage.source) for title in ("书市", "讲堂"))
        plans.programme("书市", season=stage.target)
        plans.session(at(NEXT), activity=plans.activity("讲座", programme=plans.programme("讲堂", season=stage.target)))
        planner = nanjing_cast.client("planner")
        every = {stage.programme.pk, empty.pk, full.pk}
        for query, ticked in ({}, every - {full.pk}), ({"all": "1"}, every), ({"all": "none"}, set()):
            answer = planner.get(TAKE, {"from": "2027", "programme": full.pk, **query} if query else {})
            assert set(answer.context["ticked"]) == ticked, query
        page = answer.content.decode()
        assert ("2028 年已有 · 0 场" in page, "2028 年已有 · 1 场" in page) == (True, True)

    def test_many_are_long_work(self, stage, nanjing_cast, monkeypatch):
        monkeypatch.setattr(copying, "AT_ONCE", 1)
        for week in range(2):
            plans.session(at(SATURDAY + week * WEEK), activity=stage.activity, room=stage.room)
        planner = nanjing_cast.client("planner")
        for _time in range(2):
            answer = planner.post(TAKE, {"from": "2027", "programme": str(stage.programme.pk)})
            job = Job.objects.get(code=answer["Location"].rstrip("/").split("/")[-1])
            assert run_here() == 1
        job.refresh_from_db()
        assert (job.state, job.result) == (JobState.DONE, {"sessions": 0, "left": 0})
        assert Session.objects.filter(activity__programme__season=stage.target).count() == 2

    def test_nothing_chosen_and_nonsense(self, stage, nanjing_cast):
        planner = nanjing_cast.client("planner")
        assert planner.post(TAKE, {"from": "2027"}).status_code == 422
        assert planner.get(TAKE, {"from": "1066"}).status_code == 404
        assert planner.get(TAKE, {"from": "2027", "programme": ["x", "999999"]}).status_code == 200
        assert planner.get("/plan/seasons/2030/take-over/").status_code == 404

    def test_statements_grow_with_hundreds_only(self, stage):
        counts = []
        for many in (2, 60):
            for number in range(many):
                day = SATURDAY + (number % 7) * WEEK
                plans.session(
                    at(day, 9) + timedelta(minutes=number),
                    activity=plans.activity(f"活{many}-{number}", programme=stage.programme),
                )
            with CaptureQueriesContext(connection) as seen:
                assert stage.take().sessions == many
            counts.append(len(seen))
        # The second time finds the phases.
        assert counts[1] <= counts[0]


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.integers(2024, 2032), st.integers(0, 6), st.sets(st.integers(0, 52)), st.integers(1, 3))
def test_a_series_keeps_its_weekday_and_its_phase(number, weekday, weeks, years):
    source, target = year(number), year(number + years)
    first = source.first + timedelta(days=(weekday - source.first.weekday()) % 7)
    days = [day for week in weeks if (day := first + week * WEEK) <= source.last]
    found = moved(days, source, target)
    goes = [then for then in found.values() if then is not None]
    assert set(found) == set(days)
    assert len(set(goes)) == len(goes)
    assert {then.weekday() for then in goes} <= {weekday}
    for day, then in found.items():
        if then is not None:
            assert target.first <= then <= target.last
            assert source.phase_of(day) in {target.phase_of(then), ""}
    # At most one of each phase, and of December, finds no day.
    lost = [source.phase_of(day) for day, then in found.items() if then is None]
    assert all(lost.count(kind) <= 1 for kind in {*PhaseKind.values, ""})


@given(DAYS, st.integers(0, 364), st.lists(DAYS, max_size=3))
def test_a_programme_holds_what_is_made_in_it(first, length, holding):
    source, target = year(2026), year(2027)
    last = min(first + timedelta(days=length), source.last)
    held = [day.replace(year=2027) for day in holding]
    begins, ends = moved_span(first, last, source, target, holding=held)
    assert target.first <= begins <= ends <= target.last
    assert all(begins <= day <= ends for day in held)


def test_the_year_in_a_title():
    titles = ["2026 读者节", "读者节2026", "第20261届", "读者节"]
    assert [retitled(title, year(2026), year(2027)) for title in titles] == [
        "2027 读者节",
        "读者节2027",
        "第20261届",
        "读者节",
    ]
