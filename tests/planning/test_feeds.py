"""Sessions in people's own calendars, read back by another reader."""

import re
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from config import page_cache
from kit import kept_pages
from networks.models import Area, inside
from programmes.planning.choices import HostKind
from programmes.planning.models import Session, Slot
from programmes.planning.queries import feeds
from programmes.planning.steps.sessions import publish_sessions
from tests.planning import plans
from tests.planning.test_feed_lines import cut_characters, loose_lines

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2027, 5, 12, 2, 0, tzinfo=UTC)
SATURDAY = WEDNESDAY + timedelta(days=3)
HOST = "nanjing.test"


@pytest.fixture(autouse=True)
def _on_a_wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


def public(*sessions):
    with transaction.atomic():
        publish_sessions(sessions, by=None, at=WEDNESDAY)
    return Session.objects.get(pk=sessions[0].pk)


def answer(path="/events.ics", **headers):
    found = Client(HTTP_HOST=HOST).get(path, headers=headers)
    assert found.status_code in {200, 304}
    return found


def read(path="/events.ics"):
    body = answer(path).content
    assert (loose_lines(body), cut_characters(body)) == ([b""], [])
    return icalendar.Calendar.from_ical(body)


def titles(path="/events.ics"):
    return [str(event["SUMMARY"]) for event in read(path).walk("VEVENT")]


@pytest.fixture
def city(home):
    gulou = plans.room()
    jiangning = plans.room("报告厅", venue="百家湖阅读空间", district="江宁区")
    seed = plans.activity(
        "小种子", programme=plans.programme("周末故事会", brand=plans.brand("春声")), summary="种一粒字。"
    )
    session = public(plans.session(SATURDAY, activity=seed, room=gulou, hosts=(plans.host(kind=HostKind.EXPERT),)))
    public(plans.session(SATURDAY + timedelta(days=1), activity=seed, room=jiangning, title="江边的小种子"))
    plans.session(SATURDAY + timedelta(days=2), activity=seed, room=gulou, title="草稿")
    return {"session": session, "seed": seed, "gulou": gulou}


def test_a_session_is_all_there(city):
    session = city["session"]
    (event,) = [one for one in read().walk("VEVENT") if str(one["SUMMARY"]) == "小种子"]
    assert (str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"])) == (
        f"{session.code}@nanjing",
        0,
        "CONFIRMED",
    )
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (SATURDAY, SATURDAY + timedelta(hours=1))
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert (event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt) == (WEDNESDAY, WEDNESDAY)
    assert str(event["LOCATION"]) == "清凉门阅读空间 · 故事屋，鼓楼区某路 1 号"
    assert str(event["URL"]) == f"http://{HOST}/events/{session.code}/"
    assert str(event["DESCRIPTION"]).split("\n") == ["种一粒字。", "3–6 岁", f"http://{HOST}/events/{session.code}/"]
    assert [str(one) for one in event["CATEGORIES"].cats] == ["春声"]
    assert {"ORGANIZER", "GEO", "ATTENDEE", "CONTACT"} & set(event) == set()


def test_the_calendar_says_what_it_is_and_when_to_look_again(city):
    calendar = read()
    assert (str(calendar["X-WR-CALNAME"]), str(calendar["X-WR-TIMEZONE"])) == ("金陵图书馆", "Asia/Shanghai")
    assert (calendar["REFRESH-INTERVAL"].dt, calendar["REFRESH-INTERVAL"].params["VALUE"]) == (
        timedelta(hours=6),
        "DURATION",
    )
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    found = answer()
    assert found["Content-Type"] == "text/calendar; charset=utf-8"
    assert found["Cache-Control"] == "public, max-age=300"
    assert found["Content-Disposition"] == 'inline; filename="events.ics"'


def test_a_feed_is_narrowed_as_the_list_is(city):
    gulou = Area.objects.get(name="鼓楼区")
    slug = city["gulou"].venue.slug
    assert titles() == ["小种子", "江边的小种子"]
    assert titles(f"/events.ics?district={gulou.pk}") == titles(f"/events.ics?venue={slug}") == ["小种子"]
    assert titles(f"/venues/{slug}/events.ics") == ["小种子"]
    assert titles("/events.ics?q=江边") == ["江边的小种子"]
    assert titles("/events.ics?age=30") == []
    # A calendar has no end: it is not narrowed to some days.
    assert titles("/events.ics?when=today&day=2027-05-15&month=2027-05") == ["小种子", "江边的小种子"]
    assert str(read(f"/venues/{slug}/events.ics")["X-WR-CALNAME"]) == "金陵图书馆 · 清凉门阅读空间"
    assert Client(HTTP_HOST=HOST).get("/venues/nobody/events.ics").status_code == 404


def test_a_brand_has_a_feed_with_the_brands_below_it(city):
    parent = plans.brand("阅美四季")
    other = plans.activity("城墙今昔", programme=plans.programme("讲堂", brand=plans.brand("城声", parent=parent)))
    public(plans.session(SATURDAY, activity=other))
    assert titles(f"/events.ics?brand={parent.pk}") == ["城墙今昔"]
    assert str(read(f"/events.ics?brand={parent.pk}")["X-WR-CALNAME"]) == "金陵图书馆 · 阅美四季"


def test_every_zone_that_is_named_stands_in_the_file(city):
    calendar = read()
    named = {event[name].params["TZID"] for event in calendar.walk("VEVENT") for name in ("DTSTART", "DTEND")}
    assert named == {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}


@pytest.mark.parametrize(
    "query",
    ["venue=nosuch", "venue=../", "district=9999", "district=x", "district=0", "age=-3", "audience=x", "class=x", "mode=x",
     "brand=999", "brand=%00", "age=4&venue=nosuch"],
)  # fmt: skip
def test_a_feed_of_what_nobody_knows_is_none(city, query):
    found = Client(HTTP_HOST=HOST).get(f"/events.ics?{query}")
    assert (found.status_code, found["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert found.content.decode().startswith("没有这个日历")


def test_time_and_empty_values_narrow_no_feed(city):
    assert titles("/events.ics?when=x&day=x&page=9&venue=&age=&q=") == ["小种子", "江边的小种子"]


def test_what_lasts_for_days_leaves_the_days_free(city):
    start = datetime(2027, 5, 15, 1, tzinfo=UTC)
    show = plans.activity("原画展", programme=plans.programme("展览"))
    # Until midnight in Nanjing: the 17th is the last day.
    session = public(plans.session(start, activity=show, ends_at=datetime(2027, 5, 17, 16, tzinfo=UTC)))
    (event,) = read(f"/events/{session.code}/event.ics").walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt, str(event["TRANSP"])) == (
        date(2027, 5, 15), date(2027, 5, 18), "TRANSPARENT",
    )  # fmt: skip
    assert "5月15日 周六 09:00" in str(event["DESCRIPTION"])
    night = public(plans.session(start, activity=city["seed"], ends_at=start + timedelta(hours=23)))
    (event,) = read(f"/events/{night.code}/event.ics").walk("VEVENT")
    assert (event["DTEND"].dt, "TRANSP" in event) == (start + timedelta(hours=23), False)


def test_it_says_how_to_take_part(city):
    city["seed"].stream_url, city["seed"].phone, city["seed"].slot_minutes = "https://live.test/1", "025-1111", 30
    city["seed"].save()
    for minutes in (0, 30):
        start = SATURDAY + timedelta(minutes=minutes)
        Slot.objects.create(session=city["session"], starts_at=start, ends_at=start + timedelta(minutes=30))
    (event,) = read(f"/events/{city['session'].code}/event.ics").walk("VEVENT")
    assert str(event["DESCRIPTION"]).split("\n")[-4:-1] == [
        "可选时段：10:00、10:30", "直播：https://live.test/1", "咨询电话：025-1111",
    ]  # fmt: skip


def test_a_district_has_a_feed_and_the_whole_city_another(city):
    stream = public(plans.session(SATURDAY, activity=city["seed"], title="云上故事会"))
    (event,) = read(f"/events/{stream.code}/event.ics").walk("VEVENT")
    assert str(event["LOCATION"]) == "线上直播"
    gulou = Area.objects.get(name="鼓楼区")
    assert titles(f"/events.ics?district={gulou.pk}") == ["小种子"]
    assert titles("/events.ics?district=city") == ["云上故事会"]


def test_one_session_alone(city):
    code = city["session"].code
    assert titles(f"/events/{code}/event.ics") == ["小种子"]
    assert answer(f"/events/{code}/event.ics")["Content-Disposition"] == f'inline; filename="{code}.ics"'


def test_what_is_over_stays_thirty_days(city):
    for days, expected in ((29, ["小种子", "江边的小种子"]), (30, ["江边的小种子"]), (31, [])):
        with time_machine.travel(SATURDAY + timedelta(days=days, hours=2), tick=False):
            assert titles() == expected


def test_what_was_called_off_says_so_for_thirty_days(city):
    start = SATURDAY + timedelta(days=90)
    session = public(plans.session(start, activity=city["seed"], room=city["gulou"], title="毕业会"))
    session.called_off_at, session.call_off_reason, session.sequence = WEDNESDAY, "停电，择期再办。", 1
    session.save()
    for days, expected in ((29, [("已取消：毕业会", "CANCELLED", 1)]), (31, [])):
        with time_machine.travel(WEDNESDAY + timedelta(days=days), tick=False):
            events = read().walk("VEVENT")
        assert [
            (str(one["SUMMARY"]), str(one["STATUS"]), int(one["SEQUENCE"]))
            for one in events
            if one["DTSTART"].dt == start
        ] == expected
    assert str(read(f"/events/{session.code}/event.ics").walk("VEVENT")[0]["DESCRIPTION"]).startswith(
        "停电，择期再办。\n"
    )


def test_a_moved_session_is_the_same_one_with_a_higher_number(city):
    before = read(f"/events/{city['session'].code}/event.ics").walk("VEVENT")[0]
    session = city["session"]
    session.starts_at += timedelta(hours=2)
    session.ends_at += timedelta(hours=2)
    session.occupies = (session.starts_at, session.ends_at)
    session.sequence, session.changed_at, session.moved_at = 1, SATURDAY, SATURDAY
    session.save()
    after = read(f"/events/{session.code}/event.ics").walk("VEVENT")[0]
    assert (after["UID"], int(after["SEQUENCE"]) - int(before["SEQUENCE"])) == (before["UID"], 1)
    assert (after["DTSTART"].dt - before["DTSTART"].dt, after["LAST-MODIFIED"].dt) == (timedelta(hours=2), SATURDAY)


def test_whoever_has_it_is_not_sent_it_again(city):
    first = answer("/events.ics?age=4")
    again = answer("/events.ics?age=4", if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    public(plans.session(SATURDAY + timedelta(days=5), activity=city["seed"]))
    changed = answer("/events.ics?age=4", if_none_match=first["ETag"])
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_a_kept_feed_answers_so_too(rf):
    def get_response(_request):
        response = HttpResponse(b"BEGIN", headers={"ETag": '"a"'})
        kept_pages.keep(response)
        return response

    ask = page_cache.anonymous_pages(get_response)
    assert [ask(rf.get("/events.ics", headers=headers)).status_code for headers in ({}, {}, {"if-none-match": '"a"'}, {"if-none-match": '"b"'})] == [200, 200, 304, 200]  # fmt: skip


def test_the_nearest_come_first_where_there_are_too_many(city, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_COMING", 1)
    monkeypatch.setattr(feeds, "MOST_OVER", 1)
    public(plans.session(WEDNESDAY - timedelta(days=2), activity=city["seed"], title="前天"))
    public(plans.session(WEDNESDAY - timedelta(days=1), activity=city["seed"], title="昨天"))
    assert titles() == ["昨天", "小种子"]


def test_as_many_statements_for_one_as_for_many(city, django_assert_num_queries):
    answer("/events.ics?age=4")
    for more in (0, 4):
        for number in range(more):
            public(plans.session(SATURDAY + timedelta(days=number + 7), activity=city["seed"], room=city["gulou"]))
        with django_assert_num_queries(7):
            answer("/events.ics?age=4")


def test_pages_lead_to_their_feeds(city):
    page = Client(HTTP_HOST=HOST).get("/events/?age=4&when=week").content.decode()
    assert f'href="webcal://{HOST}/events.ics?age=4"' in page
    assert re.search(rf'<link rel="alternate" type="text/calendar" href="http://{HOST}/events.ics\?age=4"', page)
    session = Client(HTTP_HOST=HOST).get(f"/events/{city['session'].code}/").content.decode()
    assert f'href="/events/{city["session"].code}/event.ics"' in session


def test_another_citys_sessions_are_in_another_feed(city, shenzhen):
    with inside(shenzhen):
        public(plans.session(SATURDAY, activity=plans.activity("深南故事")))
    assert titles() == ["小种子", "江边的小种子"]
    theirs = Client(HTTP_HOST="shenzhen.test").get("/events.ics").content
    assert [str(one["SUMMARY"]) for one in icalendar.Calendar.from_ical(theirs).walk("VEVENT")] == ["深南故事"]
