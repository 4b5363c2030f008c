"""Units: a directory, and who has which part, printed in a fixed order of parts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock
from networks.models import Area
from programmes.planning.choices import PlaceKind
from programmes.planning.models import PartnerUnit, SafetyNotice, UnitLine
from programmes.planning.queries.units import units_of_activities, units_of_programme
from programmes.planning.rules.units import printed
from programmes.planning.steps.sessions import Where
from tests.planning import plans

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.fixture
def planner(nanjing_cast, home):
    return nanjing_cast.client("planner")


def said(lines):
    return [(str(line.label), "、".join(line.names)) for line in lines]


def give(client, address, *lines):
    for role, name in lines:
        assert client.post(address, {"role": role, "name": name}).status_code == 302


def test_parts_come_in_their_order_and_units_in_the_planners():
    lines = printed([("supports", "丙"), ("hosts", "乙"), ("guides", "甲"), ("hosts", "丁")])
    assert [(line.role.value, line.names) for line in lines] == [
        ("guides", ("甲",)),
        ("hosts", ("乙", "丁")),
        ("supports", ("丙",)),
    ]


class TestLines:
    def test_named_ordered_and_taken_out(self, planner):
        row = plans.programme("读者节")
        address = f"/plan/programmes/{row.pk}/units/"
        give(
            planner,
            address,
            ("hosts", "金陵图书馆"),
            ("supports", "明德社"),
            ("guides", "市文旅局"),
            ("hosts", "市少工委"),
        )
        assert said(units_of_programme(row)) == [
            ("指导单位", "市文旅局"),
            ("主办单位", "金陵图书馆、市少工委"),
            ("支持单位", "明德社"),
        ]
        assert PartnerUnit.objects.count() == 4
        last = UnitLine.objects.get(unit__name="市少工委")
        planner.post(address, {"do": "forward", "line": last.pk})
        assert said(units_of_programme(row))[1] == ("主办单位", "市少工委、金陵图书馆")
        planner.post(address, {"do": "remove", "line": last.pk})
        assert said(units_of_programme(row))[1] == ("主办单位", "金陵图书馆")
        for data in ({"do": "forward", "line": "x"}, {"do": "remove", "line": "987654"}):
            assert planner.post(address, data).status_code == 302
        assert UnitLine.objects.count() == 3

    def test_an_activity_shows_its_programmes_until_it_names_its_own(self, planner):
        row = plans.programme("读者节")
        own, other = plans.activity("甲", programme=row), plans.activity("乙", programme=row)
        give(planner, f"/plan/programmes/{row.pk}/units/", ("hosts", "金陵图书馆"))
        give(planner, f"/plan/activities/{own.pk}/units/", ("hosts", "明德社"))
        found = units_of_activities([own, other])
        assert said(found[own.pk]) == [("主办单位", "明德社")]
        assert said(found[other.pk]) == [("主办单位", "金陵图书馆")]
        planner.post(f"/plan/activities/{other.pk}/units/", {"do": "begin"})
        planner.post(f"/plan/activities/{other.pk}/units/", {"do": "begin"})
        assert UnitLine.objects.filter(activity=other).count() == 1

    def test_one_statement_for_many(self, home):
        unit = PartnerUnit.objects.create(name="金陵图书馆")
        row = plans.programme()
        UnitLine.objects.create(programme=row, unit=unit, role="hosts")
        rows = [plans.activity(f"活动{number}", programme=row) for number in range(5)]
        with CaptureQueriesContext(connection) as queries:
            units_of_activities(rows)
        assert len(queries) == 1

    @pytest.mark.parametrize(
        ("form", "words"),
        [
            ({"role": "hosts", "name": "金陵图书馆"}, "金陵图书馆 已经是这个署名了"),
            ({"role": "hosts", "name": "旧社"}, "旧社 已停用"),
            ({"role": "boss", "name": "新社"}, "field-errors"),
            ({"role": "hosts", "name": "社" * 61}, "field-errors"),
            ({"role": "hosts", "name": " "}, "field-errors"),
        ],
    )
    def test_refused_in_place(self, planner, form, words):
        row = plans.programme()
        unit = PartnerUnit.objects.create(name="金陵图书馆")
        PartnerUnit.objects.create(name="旧社", closed_at=clock.now())
        UnitLine.objects.create(programme=row, unit=unit, role="hosts")
        answer = planner.post(f"/plan/programmes/{row.pk}/units/", form)
        assert (answer.status_code, words in text(answer), UnitLine.objects.count()) == (422, True, 1)


class TestDirectory:
    def test_entered_changed_closed_and_used_again(self, planner):
        assert planner.post("/plan/units/add/", {"name": "明德社", "kind": "出版社"}).status_code == 302
        row = PartnerUnit.objects.get()
        assert planner.post(f"/plan/units/{row.pk}/", {"name": "明德出版社", "kind": "出版社"}).status_code == 302
        planner.post(f"/plan/units/{row.pk}/close/")
        row.refresh_from_db()
        assert (row.name, row.closed_at is not None) == ("明德出版社", True)
        planner.get("/plan/units/")
        assert "明德出版社" not in text(planner.get(f"/plan/programmes/{plans.programme().pk}/units/"))
        planner.post(f"/plan/units/{row.pk}/again/")
        row.refresh_from_db()
        assert row.closed_at is None

    def test_two_of_one_name_are_refused(self, planner):
        row = PartnerUnit.objects.create(name="甲社")
        PartnerUnit.objects.create(name="乙社")
        assert planner.post("/plan/units/add/", {"name": "甲社"}).status_code == 422
        answer = planner.post(f"/plan/units/{row.pk}/", {"name": "乙社"})
        assert (answer.status_code, "名录里已经有 乙社" in text(answer)) == (422, True)

    def test_listed_and_searched(self, planner, nanjing_cast):
        PartnerUnit.objects.create(name="甲社", kind="出版社")
        PartnerUnit.objects.create(name="乙校", kind="学校", closed_at=clock.now())
        for query, seen in (("", ["乙校", "甲社"]), ("q=出版", ["甲社"]), ("state=closed", ["乙校"])):
            lines = planner.get(f"/plan/units/?{query}").context["table"].lines
            assert sorted(str(line.cells[0][1].text) for line in lines) == sorted(seen)
        assert nanjing_cast.client("district").get("/plan/units/").status_code == 200


class TestSafetyNotices:
    WORDS = "活动在玄武湖边进行，请家长全程牵好孩子，听从带队老师安排。"

    def write(self, client):
        answer = client.post("/plan/safety-notices/add/", {"title": "户外阅读安全告知书", "text": self.WORDS})
        assert answer.status_code == 302
        return SafetyNotice.objects.get()

    def use(self, notice):
        where = Where(
            PlaceKind.MEETING_POINT, Area.objects.get(name="鼓楼区"), place_name="玄武门", safety_notice=notice
        )
        return plans.session(clock.now() + timedelta(days=5), activity=plans.activity(), where=where)

    def test_unused_it_is_changed_itself(self, planner):
        row = self.write(planner)
        planner.post(f"/plan/safety-notices/{row.pk}/edit/", {"text": self.WORDS + "自备雨衣。"})
        row.refresh_from_db()
        assert (row.version, row.text.endswith("自备雨衣。")) == (1, True)

    def test_a_version_that_a_session_names_never_changes(self, planner):
        first = self.write(planner)
        session = self.use(first)
        answer = planner.post(f"/plan/safety-notices/{first.pk}/edit/", {"text": self.WORDS + "自备雨衣。"})
        second = SafetyNotice.objects.get(version=2)
        assert answer["Location"] == f"/plan/safety-notices/{second.pk}/"
        first.refresh_from_db()
        session.refresh_from_db()
        assert (first.text, first.closed_at is not None, second.closed_at, session.safety_notice) == (
            self.WORDS,
            True,
            None,
            first,
        )
        again = planner.post(f"/plan/safety-notices/{first.pk}/edit/", {"text": self.WORDS + "又改旧版。"})
        assert (again.status_code, "已经有更新的第 2 版" in text(again)) == (422, True)

    @pytest.mark.parametrize(
        "form",
        [{"title": "户外", "text": "小心。"}, {"title": " ", "text": WORDS}, {"title": "户外", "text": "字" * 6001}],
    )
    def test_refused(self, planner, form):
        assert planner.post("/plan/safety-notices/add/", form).status_code == 422
        assert SafetyNotice.objects.count() == 0

    def test_closed_and_used_again(self, planner, nanjing_cast):
        row = self.write(planner)
        planner.post(f"/plan/safety-notices/{row.pk}/close/")
        row.refresh_from_db()
        assert row.closed_at is not None
        planner.post(f"/plan/safety-notices/{row.pk}/close/", {"do": "again"})
        row.refresh_from_db()
        assert row.closed_at is None
        page = nanjing_cast.client("keeper").get(f"/plan/safety-notices/{row.pk}/")
        assert (self.WORDS in text(page), "/edit/" in text(page)) == (True, False)
