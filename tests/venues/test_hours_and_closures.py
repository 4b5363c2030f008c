"""The week is typed, filled and copied; closures are looked at, entered and taken back; days off are kept."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kit import clock
from kit.waiting import waiting
from networks.commands.open_network import open_network
from networks.models import Area, inside
from tests.cast import NANJING
from tests.people.conftest import relay
from venues.choices import DayKind, DaySource, OpenState
from venues.commands.calendar import put_days, remove_days, seed_calendar
from venues.models import CalendarDay, Closure, Venue
from venues.queries.calendar import is_notice_missing
from venues.queries.hours import week_of
from venues.queries.today import today_of
from venues.rules.calendar import Block, Notice, blocks, filled
from venues.rules.closures import span_text
from venues.rules.hours_text import week_text

ZONE = ZoneInfo("Asia/Shanghai")
USUAL = "周二至周日 9:00-17:00；周一闭馆"


def text(answer):
    return answer.content.decode()


@pytest.fixture
def venue(open_one):
    return open_one("清凉门阅读空间", slug="qlm")


def week(**times):
    """week(tuesday=["9:00-17:00"]) as the form sends it."""
    data = {"seen": USUAL, "on_holidays": "as_usual"}
    for day, slots in times.items():
        number = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].index(day)
        for place, slot in enumerate(slots):
            opens, closes = slot.removesuffix("+").split("-")
            data |= {f"opens-{number}-{place}": opens, f"closes-{number}-{place}": closes}
            if slot.endswith("+"):
                data[f"next-{number}-{place}"] = "1"
    return data


@pytest.mark.django_db
class TestWeek:
    def save(self, client, **data):
        return client.post("/plan/venues/qlm/hours/", data)

    def kept(self, nanjing, venue):
        with inside(nanjing):
            return week_text(week_of(venue))

    def test_saved_as_a_whole(self, nanjing, nanjing_cast, venue):
        answer = self.save(
            nanjing_cast.client("keeper"),
            **week(monday=["09:00-11:30", "13:00-17:00"], friday=["20:00-23:00"], saturday=["00:00-00:00"]),
        )
        assert answer.status_code == 302
        assert self.kept(nanjing, venue) == (
            "周一 9:00-11:30、13:00-17:00；周五 20:00-23:00；周六 24小时；周二至周四、周日闭馆"
        )

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({"monday": ["09:00-12:00", "11:00-17:00"]}, "星期一的 9:00–12:00 与 11:00–17:00 有重叠"),
            ({"monday": ["01:00-03:00"], "sunday": ["20:00-02:00+"]}, "延续到了星期一"),
            ({"monday": ["17:00-09:00"]}, "结束早于开始"),
            ({"monday": ["09:00-"]}, "一个时段要同时填写开始和结束"),
            ({"monday": ["99:00-10:00"]}, "“99:00”不是时间"),
        ],
    )
    def test_what_cannot_be_is_told_at_its_day(self, nanjing, nanjing_cast, venue, typed, told):
        answer = self.save(nanjing_cast.client("keeper"), **week(**typed))
        assert answer.status_code == 422
        assert told in text(answer)
        assert self.kept(nanjing, venue) == USUAL

    def test_one_more_line_copies_and_words_save_nothing(self, nanjing, nanjing_cast, venue):
        client = nanjing_cast.client("keeper")
        for do, found in (
            ("line-1", [1, 2, 1, 1, 1, 1, 1]),
            ("all-1", [1] * 7),
            ("weekdays-1", [1] * 7),
        ):
            answer = self.save(client, **week(tuesday=["09:00-12:00"]), do=do)
            assert answer.status_code == 200
            assert [len(day.lines) for day in answer.context["form"].days] == found
        answer = self.save(client, **week(), do="all-1", **{"opens-1-0": "09:00", "closes-1-0": "12:00"})
        assert [day.lines[0].opens for day in answer.context["form"].days] == ["09:00"] * 7
        answer = self.save(client, **week(), do="words", words="周一 10:00-18:00")
        assert answer.context["form"].days[0].lines[0].closes == "18:00"
        assert self.save(client, **week(), do="words", words="随便").status_code == 422
        assert self.kept(nanjing, venue) == USUAL

    def test_two_people_do_not_overwrite_each_other_unseen(self, nanjing, nanjing_cast, venue):
        assert self.save(nanjing_cast.client("keeper"), **week(monday=["09:00-12:00"])).status_code == 302
        client = nanjing_cast.client("district")
        answer = self.save(client, **week(tuesday=["10:00-12:00"]))
        assert answer.status_code == 422
        assert "这期间有人修改了开放时间" in text(answer)
        again = {**week(tuesday=["10:00-12:00"]), "seen": answer.context["form"].seen}
        assert self.save(client, **again).status_code == 302


def closure(**changes):
    return {"first_day": "2026-12-01", "last_day": "2026-12-03", "reason": "设备检修", "is_public": "on", **changes}


@pytest.mark.django_db
class TestClosures:
    @pytest.fixture(autouse=True)
    def _then(self):
        with time_machine.travel(datetime(2026, 11, 20, 3, tzinfo=UTC), tick=False):
            yield

    def look(self, client, **data):
        return client.post("/plan/closures/add/", data)

    def enter(self, client, **data):
        looked = self.look(client, **data)
        assert looked.status_code == 200, text(looked)
        return self.look(client, **data, seen=looked.context["seen"], sure="1")

    def test_a_look_before_the_yes(self, nanjing, nanjing_cast, venue):
        client = nanjing_cast.client("keeper")
        looked = self.look(client, venue="qlm", **closure())
        assert (looked.status_code, looked.context["impact"].hours) == (200, 24)
        with inside(nanjing):
            assert Closure.objects.count() == 0
        other = self.look(client, venue="qlm", **closure(last_day="2026-12-10"), seen=looked.context["seen"], sure="1")
        assert other.status_code == 200
        again = self.look(client, venue="qlm", **closure(), seen=looked.context["seen"])
        assert again.status_code == 200
        answer = self.look(client, venue="qlm", **closure(), seen=looked.context["seen"], sure="1")
        assert (answer.status_code, answer["Location"]) == (302, "/plan/venues/qlm/")
        with inside(nanjing):
            row = Closure.objects.get()
            assert (row.starts_at, row.ends_at) == (
                datetime(2026, 12, 1, tzinfo=ZONE),
                datetime(2026, 12, 4, tzinfo=ZONE),
            )
        page = text(client.get("/plan/venues/qlm/"))
        assert "设备检修" in page
        assert "12月1日 – 12月3日" in page

    def test_withdrawn_and_restored(self, nanjing, nanjing_cast, venue):
        client = nanjing_cast.client("keeper")
        self.enter(client, venue="qlm", **closure())
        with inside(nanjing):
            key = Closure.objects.get().pk
        client.post("/plan/closures/withdraw/", {"closures": str(key)})
        assert "设备检修" not in text(client.get("/plan/venues/qlm/"))
        client.post("/plan/closures/restore/", {"closures": str(key)})
        assert "设备检修" in text(client.get("/plan/venues/qlm/"))

    def test_until_further_notice_then_ended(self, nanjing, nanjing_cast, venue):
        client = nanjing_cast.client("keeper")
        self.enter(client, venue="qlm", **closure(first_day="2026-11-19", last_day="", until_further_notice="on"))
        with inside(nanjing):
            row = Closure.objects.get()
            assert row.ends_at is None
            [now] = today_of([Venue.objects.select_related("area").get()], at=row.made_at, zone=ZONE).values()
            assert now.state == OpenState.PAUSED
        client.post("/plan/closures/end/", {"closures": str(row.pk)})
        with inside(nanjing):
            row.refresh_from_db()
            assert row.ends_at == datetime(2026, 11, 20, 3, tzinfo=UTC)

    def test_a_whole_district_and_not_by_its_keeper(self, nanjing, nanjing_cast, venue, open_one):
        open_one("宝船阅读空间")
        open_one("江宁阅读空间", district="江宁区")
        with inside(nanjing):
            area = str(Area.objects.get(name="鼓楼区").pk)
        assert nanjing_cast.client("keeper").get(f"/plan/closures/add/?area={area}").status_code == 403
        client = nanjing_cast.client("district")
        looked = self.look(client, area=area, **closure())
        assert (looked.context["impact"].venues, looked.context["impact"].hours) == (2, 48)
        self.enter(client, area=area, **closure())
        with inside(nanjing):
            venues = list(Venue.objects.select_related("area").order_by("pk"))
            found = today_of(venues, at=datetime(2026, 12, 2, 4, tzinfo=UTC), zone=ZONE)
            assert [found[venue.pk].state for venue in venues] == [OpenState.PAUSED, OpenState.PAUSED, OpenState.OPEN]

    def test_many_from_the_list_each_with_its_own(self, nanjing, nanjing_cast, venue, open_one):
        other = open_one("宝船阅读空间")
        client = nanjing_cast.client("planner")
        page = client.post("/plan/closures/many/", {"chosen": [str(venue.pk), str(other.pk)]})
        assert {one.pk for one in page.context["target"].venues} == {venue.pk, other.pk}
        self.enter(client, chosen=f"{venue.pk},{other.pk}", **closure())
        with inside(nanjing):
            assert Closure.objects.filter(area=None).count() == 2

    def test_another_districts_venue_among_the_chosen_stops_all(self, nanjing, nanjing_cast, venue, open_one):
        other = open_one("江宁阅读空间", district="江宁区")
        answer = self.look(nanjing_cast.client("district"), chosen=f"{venue.pk},{other.pk}", **closure())
        assert answer.status_code == 403

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"last_day": "2026-11-30"}, "结束早于开始。"),
            ({"first_day": "2025-12-01", "last_day": "2025-12-03"}, "这段时间已经过去。年份对吗？"),
            ({"first_day": "2036-12-01", "last_day": ""}, "日期在三年以后。年份对吗？"),
            ({"first_day": "9999-12-31", "last_day": "9999-12-31"}, "日期在三年以后。年份对吗？"),
            ({"last_day": "9999-12-31"}, "日期在三年以后。年份对吗？"),
            ({"first_day": "0001-01-01"}, "日期在三年以前。年份对吗？"),
            ({"until_further_notice": "on"}, ""),
            ({"last_day": "", "first_time": "10:00", "last_time": "09:00"}, "结束早于开始。"),
            ({"reason": " "}, ""),
        ],
    )
    def test_what_cannot_be(self, nanjing, nanjing_cast, venue, changes, told):
        client = nanjing_cast.client("keeper")
        data = closure(**changes)
        answer = self.look(client, venue="qlm", **data)
        if answer.status_code == 200:
            answer = self.look(client, venue="qlm", **data, seen=answer.context["seen"], sure="1")
        assert answer.status_code == 422
        assert told in text(answer)
        with inside(nanjing):
            assert Closure.objects.count() == 0

    def test_an_end_before_the_start_is_told_before_the_look(self, nanjing_cast, venue):
        answer = self.look(nanjing_cast.client("keeper"), venue="qlm", **closure(last_day="2026-11-30"))
        assert (answer.status_code, "结束早于开始。" in text(answer)) == (422, True)

    def test_the_list_of_closures(self, nanjing, nanjing_cast, venue):
        self.enter(nanjing_cast.client("keeper"), venue="qlm", **closure())
        assert "设备检修" in text(nanjing_cast.client("planner").get("/plan/closures/?state=ahead&on=2026-12-03"))
        assert "设备检修" not in text(nanjing_cast.client("planner").get("/plan/closures/?on=2026-12-04"))
        assert "设备检修" not in text(nanjing_cast.client("other_district").get("/plan/closures/"))

    def test_one_that_ends_today_waits(self, nanjing, nanjing_cast, venue):
        client = nanjing_cast.client("keeper")
        self.enter(client, venue="qlm", **closure(first_day="2026-11-19", last_day="2026-11-20"))
        assert "今天结束的闭馆" in text(client.get("/plan/"))
        assert "venues.closures" in waiting.entries


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ((1, 0), (2, 0), "12月1日"),
        ((1, 0), (4, 0), "12月1日 – 12月3日"),
        ((1, 9), (1, 12), "12月1日 09:00–12:00"),
        ((1, 9), (3, 12), "12月1日 09:00 – 12月3日 12:00"),
        ((1, 0), None, "12月1日起，恢复时间另行通知"),
    ],
)
def test_a_closure_in_words(starts, ends, said):
    def instant(pair):
        return datetime(2026, 12, pair[0], pair[1], tzinfo=ZONE) if pair else None

    assert span_text(instant(starts), instant(ends)) == said


@pytest.mark.django_db
class TestCalendar:
    @pytest.fixture(autouse=True)
    def _home(self, nanjing):
        with inside(nanjing):
            yield

    def test_a_new_library_system_gets_its_days_by_the_relay(self, nanjing):
        open_network(NANJING)
        assert CalendarDay.objects.count() == 0
        relay(nanjing)
        assert CalendarDay.objects.filter(day=date(2026, 10, 1), kind=DayKind.HOLIDAY, name="国庆节").count() == 1
        assert CalendarDay.objects.filter(kind=DayKind.WORKDAY, day__year=2026).count() == 6

    def test_the_week_of_national_day_is_whole(self):
        seed_calendar(year=2026)
        days = CalendarDay.objects.filter(day__range=(date(2026, 9, 30), date(2026, 10, 10))).order_by("day")
        assert [(row.day.day, row.kind) for row in days] == [
            *((day, "holiday") for day in range(1, 8)),
            (10, "workday"),
        ]

    def test_what_staff_did_stays(self, nanjing_cast):
        planner = nanjing_cast["planner"]
        seed_calendar(year=2026)
        remove_days(days=[date(2026, 10, 7)], by=planner, at=datetime(2026, 1, 1, tzinfo=UTC))
        put_days(
            first=date(2026, 10, 10),
            last=date(2026, 10, 11),
            kind=DayKind.HOLIDAY,
            name="馆庆",
            by=planner,
            today=date(2026, 1, 1),
        )
        assert seed_calendar(year=2026) == 0
        assert CalendarDay.objects.filter(removed_at=None, day=date(2026, 10, 7)).count() == 0
        kept = CalendarDay.objects.get(day=date(2026, 10, 10))
        assert (kept.name, kept.source) == ("馆庆", DaySource.EDITED)

    def test_a_provisional_day_goes_when_the_notice_says_otherwise(self):
        CalendarDay.objects.create(day=date(2026, 3, 3), kind=DayKind.HOLIDAY, name="误", source=DaySource.SEEDED)
        seed_calendar(year=2026)
        assert not CalendarDay.objects.filter(day=date(2026, 3, 3)).exists()

    def test_a_missing_notice_is_told_from_november_on(self):
        assert [
            is_notice_missing(today=day) for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 31))
        ] == [False, True, True]
        CalendarDay.objects.create(day=date(2027, 2, 14), kind=DayKind.WORKDAY, name="春节调休上班")
        assert not is_notice_missing(today=date(2026, 12, 31))

    def test_planners_enter_and_remove_days(self, nanjing_cast):
        client = nanjing_cast.client("planner")
        year = clock.now().year
        wish = {"first_day": f"{year}-06-01", "last_day": "", "kind": "holiday", "name": "儿童节"}
        assert client.post("/plan/calendar/", wish).status_code == 302
        assert nanjing_cast.client("district").post("/plan/calendar/", wish).status_code == 403
        assert client.post("/plan/calendar/", {**wish, "last_day": f"{year}-05-01"}).status_code == 422
        assert client.post("/plan/calendar/", {**wish, "first_day": "1999-06-01"}).status_code == 422
        assert "儿童节" in text(client.get("/plan/calendar/"))
        client.post("/plan/calendar/remove/", {"days": f"{year}-06-01"})
        assert not CalendarDay.objects.filter(removed_at=None, name="儿童节").exists()
        client.post("/plan/calendar/restore/", {"days": f"{year}-06-01"})
        assert CalendarDay.objects.filter(removed_at=None, name="儿童节").exists()
        assert client.post("/plan/calendar/remove/", {"days": "x"}).status_code == 404


def test_weekends_beside_a_holiday_belong_to_it_unless_they_are_worked():
    friday = date(2026, 10, 2)
    notice = Notice({friday: "国庆节"}, {friday + timedelta(days=1): "国庆节调休上班"})
    assert filled(notice).off == {friday: "国庆节"}
    assert sorted(filled(Notice({friday: "国庆节"}, {})).off) == [friday + timedelta(days=step) for step in range(3)]


def test_days_in_a_row_are_a_block():
    first = date(2026, 10, 1)
    days = [(first + timedelta(days=step), DayKind.HOLIDAY, "国庆节") for step in (0, 1, 3)]
    assert [(block.first.day, block.last.day) for block in blocks(days)] == [(1, 2), (4, 4)]
    assert isinstance(blocks(days)[0], Block)
