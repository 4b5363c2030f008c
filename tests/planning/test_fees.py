"""Fees of hosts: planned by lessons and title, never more than four lessons a half-day, and taken out to be signed."""

import io
import re
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kit import clock
from networks.models import Area, Export, JournalLine
from programmes.planning.choices import FeeTitle
from programmes.planning.models import Engagement
from programmes.planning.rules.fees import counted, lessons, planned_fee, rates_of
from programmes.planning.sheets.fees import columns
from tests.planning import plans

ZONE = ZoneInfo("Asia/Shanghai")
USUAL = {FeeTitle.ACADEMICIAN: Decimal(1500), FeeTitle.SENIOR: Decimal(1000), FeeTitle.ASSOCIATE: Decimal(500)}


def at(hour, minute=0, day=15):
    return datetime(2027, 5, day, hour, minute, tzinfo=ZONE)


def span(hour, minutes, day=15):
    return at(hour, day=day), at(hour, day=day) + timedelta(minutes=minutes)


ALL = "/plan/fees/?q="


class TestRules:
    @pytest.mark.parametrize(
        ("minutes", "count"), [(45, "1.00"), (60, "1.33"), (120, "2.67"), (44, "0.98"), (0, "0.00")]
    )
    def test_lessons_of_45_minutes(self, minutes, count):
        assert lessons(minutes) == Decimal(count)

    @pytest.mark.parametrize(
        ("spans", "counts"),
        [
            ([span(9, 90)], ["2.0"]),
            ([span(8, 240)], ["4"]),
            ([span(9, 240)], ["5.33"]),
            ([span(10, 240)], ["5.34"]),
            ([span(9, 135), span(11, 60)], ["3.0", "1.0"]),
            ([span(11, 60), span(9, 135)], ["1.0", "3.0"]),
            ([span(9, 180), span(14, 180)], ["4.0", "4.0"]),
            ([span(9, 180), span(9, 180, day=16)], ["4.0", "4.0"]),
            ([span(9, 180), span(11, 45)], ["4.0", "0.0"]),
        ],
    )
    def test_four_a_half_day_at_most(self, spans, counts):
        assert counted(spans) == [Decimal(one) for one in counts]

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.integers(0, 23), st.integers(1, 600), st.integers(1, 3)), max_size=8))
    def test_never_more_than_the_half_days_hold(self, wished):
        spans = [span(hour, minutes, day=day) for hour, minutes, day in wished]
        found = counted(spans)
        halves = {
            (one.date(), one.hour >= 12)
            for first, last in spans
            for one in [*_steps(first, last), last - timedelta(minutes=1)]
        }
        assert sum(found) <= 4 * len(halves)
        assert all(
            one <= lessons(int((last - first).total_seconds() // 60)) + Decimal("0.01")
            for one, (first, last) in zip(found, spans, strict=True)
        )

    @pytest.mark.parametrize(
        ("title", "own", "fee"),
        [
            (FeeTitle.ACADEMICIAN, None, "3000.00"),
            (FeeTitle.SENIOR, None, "2000.00"),
            (FeeTitle.ASSOCIATE, None, "1000.00"),
            (FeeTitle.OTHER, None, None),
            (FeeTitle.NONE, None, "0"),
            (FeeTitle.SENIOR, Decimal(800), "800"),
            (FeeTitle.NONE, Decimal(0), "0"),
        ],
    )
    def test_by_title_unless_it_was_agreed(self, title, own, fee):
        found = planned_fee(title, Decimal(2), own=own, rates=USUAL)
        assert found == (None if fee is None else Decimal(fee))

    @pytest.mark.parametrize(
        ("rules", "rates"),
        [
            ({}, USUAL),
            (
                {"fee_rates": {"正高": "900", "其他": "300 元".replace(" ", "")}},
                {FeeTitle.SENIOR: 900, FeeTitle.OTHER: 300},
            ),
            ({"fee_rates": {"正高": "很多", "副高": "-5", "教授": "700", "院士": "NaN"}}, {}),
            ({"fee_rates": "nonsense"}, USUAL),
        ],
    )
    def test_the_librarys_own_rates(self, rules, rates):
        assert rates_of(rules) == rates


def _steps(first, last):
    while first < last:
        yield first
        first += timedelta(minutes=30)


def text(answer):
    return answer.content.decode()


@pytest.mark.django_db
class TestList:
    @pytest.fixture
    def planner(self, nanjing_cast, home):
        return nanjing_cast.client("planner")

    @pytest.fixture
    def start(self):
        """Ten o'clock some days ahead."""
        return (clock.now().astimezone(ZONE) + timedelta(days=10)).replace(hour=9, minute=0, second=0, microsecond=0)

    def plan(self, start):
        lecture = plans.activity("城墙与文学", programme=plans.programme("金陵讲堂", year=start.year), minutes=90)
        professor = plans.host("钟教授", fee_title=FeeTitle.SENIOR, unit="金陵大学")
        librarian = plans.host("陈静")
        plans.session(start, activity=lecture, hosts=(professor, librarian))
        return lecture, professor

    def test_hosts_with_a_title_and_the_sum(self, planner, start):
        self.plan(start)
        answer = planner.get(ALL)
        (line,) = answer.context["table"].lines
        assert [str(cell.text) for _column, cell in line.cells] == [
            "钟教授",
            "正高级职称",
            "城墙与文学",
            f"{start:%Y-%m-%d}",
            "2.00",
            "1000",
            "2,000.00",
            "",
        ]
        assert "计划共 2,000 元" in text(answer)

    def test_at_its_bare_address_the_month_that_is_on(self, planner, home):
        with time_machine.travel(datetime(2027, 2, 9, 9, tzinfo=ZONE), tick=True):
            answer = planner.get("/plan/fees/")
            assert answer["Location"] == "/plan/fees/?from=2027-02-01&until=2027-02-28"
            page = text(planner.get(answer["Location"]))
        assert ("<h1>劳务费</h1>" in page, "另行商定" in page, "每学时 45 分钟" in page) == (True, True, True)
        assert re.search(r'href="/plan/fees/"[^>]*aria-current', page)

    def test_an_agreed_sum_and_one_still_to_be_agreed(self, planner, start):
        lecture, _professor = self.plan(start)
        teacher = plans.host("孙老师", fee_title=FeeTitle.OTHER)
        plans.session(start + timedelta(days=1), activity=lecture, hosts=(teacher,))
        Engagement.objects.filter(host__name="陈静").update(fee=Decimal("120.50"))
        page = text(planner.get(ALL))
        for words in ("120.50", "本场商定", "待商定", "计划共 2,120.50 元", "1 项待商定"):
            assert words in page

    def test_a_sum_is_agreed_and_the_rate_counts_again(self, planner, start):
        _lecture, professor = self.plan(start)
        row = professor.engagements.get()
        address = f"/plan/fees/{row.pk}/agree/"
        planner.post(address, {"reason": "800"})
        row.refresh_from_db()
        assert row.fee == 800
        line = JournalLine.objects.get(verb="planning.fee_agreed")
        assert (line.changed, line.values) == (["fee"], {})
        for nonsense in ("很多", "-1", "100001", "1.234", "9" * 20):
            planner.post(address, {"reason": nonsense})
            row.refresh_from_db()
            assert row.fee == 800, nonsense
        planner.post(address, {"reason": ""})
        row.refresh_from_db()
        assert row.fee is None

    def test_called_off_sessions_cost_nothing(self, planner, start):
        lecture, professor = self.plan(start)
        session = professor.engagements.get().session
        session.called_off_at, session.call_off_reason = clock.now(), "台风"
        session.save()
        assert planner.get(ALL).context["table"].count == 0
        assert lecture.sessions.count() == 1

    def test_filters(self, planner, start):
        lecture, _professor = self.plan(start)
        other = plans.programme("读者节", year=start.year)
        later = start + timedelta(days=1)
        for query, count in (
            (f"programme={lecture.programme_id}", 1),
            (f"programme={other.pk}", 0),
            (f"from={start:%Y-%m-%d}&until={start:%Y-%m-%d}", 1),
            (f"from={later:%Y-%m-%d}", 0),
            ("from=nonsense", 1),
            ("q=金陵大学", 1),
        ):
            assert planner.get(f"/plan/fees/?{query}").context["table"].count == count, query

    def test_a_planner_of_a_district_sees_her_own_programmes(self, nanjing_cast, home, start):
        self.plan(start)
        assert nanjing_cast.client("district").get("/plan/fees/").status_code == 403
        assert Area.objects.filter(name="鼓楼区").exists()

    def test_taken_out_to_be_signed(self, planner, start, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        self.plan(start)
        form = {"list": "planning.fees", "query": "", "purpose": "五月讲课费签领", "days": "7"}
        assert planner.post("/plan/exports/new/", form).status_code == 302
        export = Export.objects.get()
        with export.file.open("rb") as file:
            sheet = load_workbook(io.BytesIO(file.read())).worksheets[0]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        with translation.override("zh-hans"):
            assert rows[1] == [str(column.title) for column in columns()]
        assert "".join(rows[1][column] for column in (0, 4, 5, 7, 9, 11)) == "序号活动日期学时金额（元）签字"
        assert rows[2][:5] == [1, "钟教授", "正高级职称", "金陵大学", "城墙与文学"]
        assert rows[2][6:10] == ["09:00–10:30", 2, 1000, 2000]
        assert (rows[3][1], rows[3][9]) == ("合计", 2000)
