"""A session's own page."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from kit.page_parts import PagePart
from networks.models import Area
from programmes.planning.choices import HostKind, Mode, PlaceKind, UnitRole
from programmes.planning.models import PartnerUnit, SafetyNotice, UnitLine
from programmes.planning.registers import event_faces, event_page_parts
from programmes.planning.rules.places import Where
from tests.planning import plans
from tests.planning.events.reading import HOST, SATURDAY, WEDNESDAY, page, public

pytestmark = pytest.mark.django_db


class TestAPage:
    def test_it_says_what_a_family_needs(self, city):
        session = city["today"]
        answer = Client(HTTP_HOST=HOST).get(f"/events/{session.code}/")
        shown = answer.content.decode()
        for text in (
            "下午的小种子",
            "周末故事会",
            "5月12日 周三",
            "14:00–15:00",
            "今天",
            "3–6 岁",
            "20 个名额",
            "鼓楼区某路 1 号",
        ):
            assert text in shown
        assert f'href="/venues/{city["gulou"].venue.slug}/"' in shown
        assert f'<link rel="canonical" href="http://{HOST}/events/{session.code}/">' in shown
        assert '<meta property="og:title" content="下午的小种子">' in shown
        assert answer.siji_keep is True
        assert "csrfmiddlewaretoken" not in shown

    def test_drafts_are_not_there(self, city):
        draft = plans.session(SATURDAY + timedelta(days=1), activity=city["seed"])
        for address in (f"/events/{draft.code}/", f"/events/{draft.code}/event.ics", "/events/nobody/"):
            page(address, status=404)
        assert draft.code not in page("/events.ics")

    def test_hosts_are_named_only_where_they_agreed(self, city):
        named = plans.host("孙老师", kind=HostKind.EXPERT, introduction="讲了二十年故事。", unit="实验小学")
        hidden = plans.host("周老师", is_public=False, introduction="不想被人知道。")
        session = public(plans.session(SATURDAY + timedelta(hours=3), activity=city["seed"], hosts=(named, hidden)))
        shown = page(f"/events/{session.code}/")
        assert ("孙老师" in shown, "讲了二十年故事。" in shown, "周老师" in shown, "不想被人知道" in shown) == (
            True, True, False, False,
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("own", "activity", "shown"),
        [
            ("", "139 0000 1234", "025-1111"),
            ("", "+86 139-0000-1234", "025-1111"),
            ("", "025-2222 2222", "025-2222 2222"),
            ("13900005678", "025-2222", "13900005678"),
        ],
    )
    def test_nobodys_own_phone_is_told_unless_the_session_says_it(self, city, own, activity, shown):
        venue = city["gulou"].venue
        venue.phone = "025-1111"
        venue.save()
        city["seed"].phone, city["seed"].in_charge = activity, "张主任"
        city["seed"].save()
        session = public(
            plans.session(SATURDAY + timedelta(hours=3), activity=city["seed"], room=city["gulou"], phone=own)
        )
        text = page(f"/events/{session.code}/")
        main = text.split("<footer")[0]
        assert ("张主任" in text, [number for number in (own, activity, "025-1111") if number and number in main]) == (
            False, [shown],
        )  # fmt: skip

    def test_what_changed_is_told_plainly(self, city):
        session = city["today"]
        session.moved_at = WEDNESDAY
        session.moved_from = {
            "starts_at": SATURDAY.isoformat(), "ends_at": (SATURDAY + timedelta(hours=1)).isoformat(), "place": "旧馆",
        }  # fmt: skip
        session.notice = "请带一把剪刀。"
        session.save()
        shown = page(f"/events/{session.code}/")
        assert "时间和地点有变" in shown
        assert "原定：5月15日 周六 10:00–11:00，旧馆。" in shown
        assert "请带一把剪刀。" in shown

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"starts_at": SATURDAY.isoformat()}, "原定：5月15日 周六 10:00–11:00。"),
            ({"place": "旧馆"}, "原定地点：旧馆。"),
        ],
    )
    def test_only_what_is_another_is_named(self, city, change, words):
        session = city["today"]
        session.moved_at, session.moved_from = WEDNESDAY, change
        session.save()
        assert re.findall(r"<p>(原定[^<]+)</p>", page(f"/events/{session.code}/")) == [words]

    def test_it_says_whether_to_sign_up(self, city):
        session, venue = city["today"], city["gulou"].venue

        def said():
            found = re.findall(r'<p class="event-sign-up">.*?<span>(.*?)</span></p>', page(f"/events/{session.code}/"))
            return [re.sub("<[^>]+>", "", text) for text in found]

        assert said() == ["20 个名额"]
        venue.phone = "025-1111"
        venue.save()
        assert said() == ["20 个名额，请先电话咨询 025-1111"]
        city["seed"].capacity = None
        city["seed"].save()
        assert said() == ["无需报名，直接参加"]
        with time_machine.travel(WEDNESDAY + timedelta(days=1), tick=False):
            assert said() == []

    def test_one_that_was_called_off_says_why_and_stays(self, city):
        session = city["today"]
        session.called_off_at, session.call_off_reason = WEDNESDAY, "讲师生病。"
        session.save()
        shown = page(f"/events/{session.code}/")
        assert ("讲师生病。" in shown, "加入手机日历" in shown) == (True, False)
        assert '<a href="#others">看看其他场次</a>' in shown
        with time_machine.travel(WEDNESDAY + timedelta(days=400), tick=False):
            assert "2027年5月12日 周三" in page(f"/events/{session.code}/")

    def test_a_walk_shows_where_to_meet_the_route_and_the_notice(self, city):
        notice = SafetyNotice.objects.create(title="户外安全告知书", text="请穿运动鞋。")
        where = Where(
            PlaceKind.MEETING_POINT, Area.objects.get(name="玄武区"), place_name="解放门", address="解放门 8 号",
            route="沿城墙步行三公里。", safety_notice=notice,
        )  # fmt: skip
        session = public(plans.session(SATURDAY, activity=city["seed"], where=where))
        shown = page(f"/events/{session.code}/")
        for text in ("集合地点", "解放门 8 号", "沿城墙步行三公里。", "户外安全告知书", "请穿运动鞋。"):
            assert text in shown

    def test_units_stand_in_the_order_of_their_parts(self, city):
        for place, (name, role) in enumerate((("甲出版社", UnitRole.SUPPORTS), ("乙局", UnitRole.GUIDES))):
            unit = PartnerUnit.objects.create(name=name)
            UnitLine.objects.create(activity=city["seed"], unit=unit, role=role, place=place)
        shown = page(f"/events/{city['today'].code}/")
        assert re.findall(r"<dd>([^<]+)</dd>", shown) == ["乙局", "甲出版社"]

    def test_other_times_here_come_first(self, city):
        others = re.findall(
            r'<a href="/events/(\w+)/"( data-here)?><b class="event-other-day numbers">([^<]+)</b><b class="numbers">([\d:]+)</b>',
            page(f"/events/{city['today'].code}/"),
        )
        assert [(bool(here), day, clock) for _code, here, day, clock in others] == [
            (True, "5月15日 周六", "10:00"), (False, "6月21日 周一", "10:00"),
        ]  # fmt: skip

    def test_search_engines_read_it(self, city):
        city["seed"].title = "</script><b>小种子"
        city["seed"].save()
        session = city["today"]
        session.title, session.moved_at = "", WEDNESDAY
        session.moved_from = {"starts_at": SATURDAY.isoformat()}
        session.save()
        shown = page(f"/events/{session.code}/")
        (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown)
        data = json.loads(text)
        assert (data["name"], data["startDate"], data["previousStartDate"]) == (
            "</script><b>小种子", "2027-05-12T14:00:00+08:00", "2027-05-15T10:00:00+08:00",
        )  # fmt: skip
        assert data["eventStatus"] == "https://schema.org/EventRescheduled"
        assert data["location"]["name"] == "清凉门阅读空间"
        assert data["location"]["address"]["addressLocality"] == "鼓楼区"
        assert (data["typicalAgeRange"], data["isAccessibleForFree"], data["maximumAttendeeCapacity"]) == (
            "3-6",
            True,
            20,
        )
        assert data["organizer"] == [{"@type": "Organization", "name": "金陵图书馆", "url": f"http://{HOST}/"}]
        assert "<b>小种子" not in shown.replace(text, "")
        session.called_off_at, session.call_off_reason = WEDNESDAY, "停电"
        session.save()
        assert "schema.org/EventCancelled" in page(f"/events/{session.code}/")

    def test_a_stream_is_a_place_online(self, city):
        city["seed"].mode, city["seed"].stream_url = Mode.LIVE, "https://live.test/1"
        city["seed"].save()
        session = public(plans.session(SATURDAY, activity=city["seed"]))
        shown = page(f"/events/{session.code}/")
        (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown)
        data = json.loads(text)
        assert data["location"] == {"@type": "VirtualLocation", "url": "https://live.test/1"}
        assert data["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
        assert 'href="https://live.test/1"' in shown

    def test_rooms_above_add_parts_and_another_body(self, city, monkeypatch):
        monkeypatch.setattr(event_page_parts, "parts", {})
        event_page_parts.add(PagePart("more", "planning/public/_own_calendar.html", lambda _request, _session: {}))
        monkeypatch.setattr(event_faces, "faces", [lambda _request, _session: "planning/public/_event_notices.html"])
        shown = page(f"/events/{city['today'].code}/")
        assert ('<div class="wrap event-part">' in shown, "怎么去" in shown, "记下时间" in shown) == (True, False, True)

    def test_at_most_twelve_statements(self, city, django_assert_max_num_queries):
        session = city["today"]
        page(f"/events/{session.code}/")
        for number in range(3):
            public(plans.session(SATURDAY + timedelta(days=number), activity=city["seed"]))
        with django_assert_max_num_queries(12):
            page(f"/events/{session.code}/")
