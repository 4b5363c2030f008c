"""Planners lay out programmes; those of other areas and roles look on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kit import clock
from kit.navigation import search
from networks.models import Area, JournalLine, inside
from people.choices import Role
from people.steps.grants import give_role
from programmes.planning.choices import PhaseKind
from programmes.planning.models import Phase, Programme, ProgrammeVenue
from programmes.planning.queries.money import money_of_season
from tests.planning import plans

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def names(answer):
    return [str(line.cells[0][1].text) for line in answer.context["table"].lines]


@pytest.fixture
def home(nanjing):
    with inside(nanjing):
        yield


@pytest.fixture
def planner(nanjing_cast, home):
    return nanjing_cast.client("planner")


def wish(year, **changes):
    city = Area.objects.get(parent=None).pk
    words = {"title": "绘本故事会", "kind": "story_hours", "season": year.pk, "area": city, "summary": "周六上午见"}
    return {**words, **changes}


def told(answer):
    return [str(one) for one in answer.wsgi_request.session.get("toasts", [])]


class TestAdding:
    def test_its_days_are_the_seasons(self, planner, nanjing_cast):
        season = plans.season(2027)
        brand = plans.brand("阅美四季")
        answer = planner.post("/plan/programmes/add/", wish(season, brand=brand.pk))
        row = Programme.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"/plan/programmes/{row.pk}/")
        assert (row.starts_on, row.ends_on, row.brand, row.area.parent) == (
            date(2027, 1, 1),
            date(2027, 12, 31),
            brand,
            None,
        )
        line = JournalLine.objects.get(verb="planning.programme_added")
        assert (line.actor_id, line.subject_id) == (nanjing_cast["planner"].pk, row.pk)

    def test_a_phase_may_begin_before_the_season(self, planner):
        season = plans.season(2027)
        Phase.objects.create(
            season=season, kind=PhaseKind.WINTER, starts_on=date(2026, 11, 1), ends_on=date(2027, 2, 28)
        )
        early = wish(season, starts_on="2026-11-15", ends_on="2027-01-15")
        assert planner.post("/plan/programmes/add/", early).status_code == 302
        answer = planner.post("/plan/programmes/add/", {**early, "title": "更早", "starts_on": "2026-10-31"})
        assert answer.status_code == 422
        assert "2026/10/31 不在本年度的日期之内。年度日期为 2026/11/1 至 2027/12/31。" in text(answer)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"title": "绘本故事会"}, "本年度已经有名为“绘本故事会”的项目"),
            ({"title": "新的", "starts_on": "2027-06-01", "ends_on": "2027-05-01"}, "结束日期早于开始日期"),
            ({"title": "新的", "season": "987654"}, "请从"),
            ({"title": " "}, "请填写此项"),
        ],
    )
    def test_refused_in_place(self, planner, changes, words):
        season = plans.season(2027)
        plans.programme("绘本故事会", season=season)
        answer = planner.post("/plan/programmes/add/", wish(season, **changes))
        assert (answer.status_code, words in text(answer), Programme.objects.count()) == (422, True, 1)

    def test_a_closed_season_is_not_offered(self, planner):
        season = plans.season(2027, closed_at=clock.now())
        assert "没有进行中的年度" in text(planner.get("/plan/programmes/add/"))
        assert planner.post("/plan/programmes/add/", wish(season)).status_code == 422

    def test_a_planner_of_a_district_plans_there(self, nanjing_cast, home):
        season, gulou = plans.season(2027), Area.objects.get(name="鼓楼区")
        with_city = wish(season)
        plan_in(nanjing_cast, "district", gulou)
        client = nanjing_cast.client("district")
        assert client.post("/plan/programmes/add/", with_city).status_code == 422
        assert client.post("/plan/programmes/add/", {**with_city, "area": gulou.pk}).status_code == 302
        city = plans.programme("全市项目")
        assert client.get(f"/plan/programmes/{city.pk}/").status_code == 200
        assert client.get(f"/plan/programmes/{city.pk}/edit/").status_code == 403


def plan_in(cast, part, area):
    person = cast[part]

    with transaction.atomic():
        give_role(person=person, role=Role.PLANNER, area=area)


class TestList:
    def test_filters_search_and_sums(self, planner):
        old, new = plans.season(2026), plans.season(2027)
        brand = plans.brand("阅美四季")
        plans.programme("读者节", season=new, brand=brand, kind="festival", budget=Decimal(10_000), spent=Decimal(500))
        story = plans.programme("故事会", season=new, summary="周六")
        plans.activity("小种子", programme=story, budget=Decimal(300), spent=Decimal(120))
        plans.programme("去年", season=old, dropped_at=clock.now())
        for query, seen in (
            ("", ["去年", "故事会", "读者节"]),
            (f"season={new.pk}", ["故事会", "读者节"]),
            (f"brand={brand.pk}", ["读者节"]),
            ("kind=festival", ["读者节"]),
            ("kind=nonsense", ["去年", "故事会", "读者节"]),
            ("state=dropped", ["去年"]),
            ("q=周六", ["故事会"]),
        ):
            assert sorted(names(planner.get(f"/plan/programmes/?{query}"))) == sorted(seen), query
        page = text(planner.get(f"/plan/programmes/?season={new.pk}"))
        assert "预算 10,300 元，已用 620 元" in page
        money = money_of_season(new)
        assert (money.budget, money.spent, money.is_over) == (Decimal(10_300), Decimal(620), False)

    def test_a_district_sees_the_citys_and_its_own(self, nanjing_cast, home):
        plans.season(2027)
        plans.programme("全市")
        plans.programme("鼓楼", area=Area.objects.get(name="鼓楼区"))
        plans.programme("江宁", area=Area.objects.get(name="江宁区"))
        seen = names(nanjing_cast.client("district").get("/plan/programmes/"))
        assert sorted(seen) == sorted(["全市", "鼓楼"])

    def test_constant_queries(self, planner):
        plans.season(2027)
        counts = []
        for number in range(4):
            plans.activity(f"活动{number}", programme=plans.programme(f"项目{number}"))
            planner.get("/plan/programmes/")
            with CaptureQueriesContext(connection) as queries:
                planner.get("/plan/programmes/")
            counts.append(len(queries))
        assert counts[0] == counts[3]
        assert counts[0] <= 20

    def test_found_by_the_staffs_search(self, planner, nanjing_cast, rf):
        plans.activity("小种子", programme=plans.programme("绘本故事会"))
        page = text(planner.get("/plan/search/?q=小种子"))
        assert "绘本故事会" in page
        assert "planning.programmes" in search.sources


class TestOne:
    def test_changed_with_the_values_in_the_journal(self, planner):
        row = plans.programme("故事会", in_charge="林晓梅")
        form = {"title": "绘本故事会", "kind": "festival", "starts_on": "2027-03-01", "ends_on": "2027-05-31"}
        assert planner.post(f"/plan/programmes/{row.pk}/edit/", {**form, "in_charge": "周敏"}).status_code == 302
        row.refresh_from_db()
        assert (row.title, row.kind, row.starts_on, row.in_charge) == (
            "绘本故事会",
            "festival",
            date(2027, 3, 1),
            "周敏",
        )
        line = JournalLine.objects.get(verb="planning.programme_changed")
        assert line.values["title"] == ["故事会", "绘本故事会"]
        assert "in_charge" not in line.values
        assert "in_charge" in line.changed

    def test_sessions_are_not_left_outside(self, planner):
        start = clock.now() + timedelta(days=30)
        row = plans.programme("故事会", year=start.year)
        activity = plans.activity(programme=row)
        plans.session(start, activity=activity)
        before = (start - timedelta(days=10)).date()
        form = {"title": "故事会", "kind": row.kind, "starts_on": row.starts_on, "ends_on": max(before, row.starts_on)}
        answer = planner.post(f"/plan/programmes/{row.pk}/edit/", form)
        assert (answer.status_code, "有 1 场会落在这段日期之外" in text(answer)) == (422, True)

    def test_money_and_what_is_left(self, planner):
        row = plans.programme("故事会")
        plans.activity("甲", programme=row, budget=Decimal(900), spent=Decimal(100))
        form = {"budget_source": "全民阅读专项经费", "budget": "800", "spent": "50"}
        assert planner.post(f"/plan/programmes/{row.pk}/money/", form).status_code == 302
        page = text(planner.get(f"/plan/programmes/{row.pk}/"))
        for words in (
            "全民阅读专项经费",
            '<dd class="numbers">800<',
            '<dd class="numbers">900<',
            '<dd class="numbers">150<',
            '<dd class="numbers">650',
            "超出预算",
        ):
            assert words in page
        assert planner.post(f"/plan/programmes/{row.pk}/money/", {"budget": "-1"}).status_code == 422
        assert planner.post(f"/plan/programmes/{row.pk}/money/", {"budget": "99999999999"}).status_code == 422

    def test_dropped_and_taken_up_again(self, planner):
        row = plans.programme("故事会")
        activity = plans.activity(programme=row)
        session = plans.session(clock.now() + timedelta(days=3), activity=activity)
        planner.post(f"/plan/programmes/{row.pk}/drop/")
        row.refresh_from_db()
        assert row.dropped_at is None
        assert "还有 1 场没有举办" in text(planner.get(f"/plan/programmes/{row.pk}/"))
        session.called_off_at, session.call_off_reason = clock.now(), "台风"
        session.save()
        planner.post(f"/plan/programmes/{row.pk}/drop/")
        row.refresh_from_db()
        assert row.dropped_at is not None
        assert (
            planner.post(f"/plan/programmes/{row.pk}/activities/add/", {"title": "新", "minutes": 60}).status_code
            == 422
        )
        planner.post(f"/plan/programmes/{row.pk}/take-up/")
        row.refresh_from_db()
        assert row.dropped_at is None


def test_nothing_new_in_a_season_that_is_over(planner):
    row = plans.programme("故事会")
    row.season.closed_at = clock.now()
    row.season.save()
    form = {"title": "新", "minutes": 60, "statistic_class": "other"}
    answer = planner.post(f"/plan/programmes/{row.pk}/activities/add/", form)
    assert (answer.status_code, "这个年度已经结束" in text(answer)) == (422, True)


class TestVenues:
    def test_chosen_ordered_and_one_of_them_main(self, planner):
        row = plans.programme("读者节", kind="festival")
        rooms = [plans.room(venue=name) for name in ("金陵图书馆", "清凉门阅读空间", "宝船阅读空间")]
        address = f"/plan/programmes/{row.pk}/venues/"
        for room in rooms:
            planner.post(address, {"do": "put", "venue": room.venue_id})

        def order():
            lines = ProgrammeVenue.objects.filter(programme=row).order_by("-is_main", "place", "pk")
            return [(line.venue.name, line.is_main) for line in lines]

        assert order() == [("金陵图书馆", True), ("清凉门阅读空间", False), ("宝船阅读空间", False)]
        planner.post(address, {"do": "forward", "venue": rooms[2].venue_id})
        assert order() == [("金陵图书馆", True), ("宝船阅读空间", False), ("清凉门阅读空间", False)]
        planner.post(address, {"do": "main", "venue": rooms[1].venue_id})
        assert order()[0] == ("清凉门阅读空间", True)
        planner.post(address, {"do": "remove", "venue": rooms[1].venue_id})
        assert order() == [("金陵图书馆", True), ("宝船阅读空间", False)]
        planner.post(address, {"do": "put", "venue": rooms[0].venue_id})
        assert "已经选上了" in text(planner.get(address))
        assert ProgrammeVenue.objects.count() == 2

    def test_searched_and_nonsense_does_nothing(self, planner):
        row = plans.programme("读者节")
        plans.room(venue="清凉门阅读空间")
        address = f"/plan/programmes/{row.pk}/venues/"
        assert "清凉门阅读空间" in text(planner.get(f"{address}?q=清凉"))
        assert "没有符合的结果" in text(planner.get(f"{address}?q=没有这个"))
        for data in ({"do": "put", "venue": "x"}, {"do": "boom", "venue": "1"}, {}):
            assert planner.post(address, data).status_code == 302
        assert ProgrammeVenue.objects.count() == 0


def test_taken_out_as_a_table(planner):
    plans.programme("绘本故事会", budget=Decimal(5))
    answer = planner.get("/plan/exports/new/?list=planning.programmes")
    assert answer.status_code == 200
