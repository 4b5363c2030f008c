"""The plan's table: on the screen, as Excel read back by openpyxl, on paper read back by PDFium."""

import io
from datetime import date, timedelta

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from kit import clock
from kit.pdf import asking
from networks.engine.job_child import run_here
from networks.models import Area, Job
from programmes.planning.choices import Audience, UnitRole
from programmes.planning.models import PartnerUnit, Session, UnitLine
from programmes.planning.rules.periods import Period, month_of, read_period
from programmes.planning.views import plan_table as view
from tests.planning import plans
from tests.planning.times import SATURDAY, SUNDAY

HEADS = ["序号", "名称", "时间", "地点", "对象", "内容", "主办部门", "负责人", "电话"]
MAY = "/plan/table/?month=2027-05"

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast.client("planner")


@pytest.fixture
def room(home):
    return plans.room()


@pytest.fixture
def stories(home):
    programme = plans.programme("绘本故事会", department="少儿部", in_charge="周晓琳", phone="025-84356000")
    return plans.activity("小种子", programme=programme, summary="读绘本，种一粒种子", audiences=[Audience.CHILDREN])


@pytest.fixture
def saturdays(stories, room):
    """Every Saturday of May but the eighth; the first is public."""
    days = (SATURDAY - timedelta(weeks=2), SATURDAY, SATURDAY + timedelta(weeks=1), SATURDAY + timedelta(weeks=2))
    made = [plans.session(day, activity=stories, room=room) for day in days]
    Session.objects.filter(pk=made[0].pk).update(published_at=clock.now())
    return made


def shown(answer):
    """Rows as the page has them."""
    return [(row.said.title, row.when) for row in answer.context["page"].object_list]


class TestScreen:
    def test_sessions_by_a_rule_are_one_row_with_all_that_is_wanted(self, planner, saturdays):
        answer = planner.get(MAY)
        assert answer.status_code == 200
        [row] = answer.context["table"].rows
        assert row.when == "每周六 10:00–11:00，5月1日–29日（除5月8日）"
        assert (row.said.title, row.said.place) == ("绘本故事会：小种子", "清凉门阅读空间 · 故事屋")
        assert (row.said.audience, row.said.content) == ("少儿、3–6 岁", "读绘本，种一粒种子")
        assert (row.said.department, row.said.in_charge, row.said.phone) == ("少儿部", "周晓琳", "025-84356000")
        page = answer.content.decode()
        assert "<h1>2027年5月活动安排表</h1>" in page
        assert "共 4 场 · 其中 3 场尚未发布" in page

    def test_each_session_can_stand_by_itself(self, planner, saturdays):
        assert shown(planner.get(f"{MAY}&rows=each")) == [
            ("绘本故事会：小种子", "5月1日 周六 10:00–11:00"),
            ("绘本故事会：小种子", "5月15日 周六 10:00–11:00"),
            ("绘本故事会：小种子", "5月22日 周六 10:00–11:00"),
            ("绘本故事会：小种子", "5月29日 周六 10:00–11:00"),
        ]

    def test_published_ones_alone(self, planner, saturdays):
        assert shown(planner.get(f"{MAY}&state=public")) == [("绘本故事会：小种子", "5月1日 周六 10:00–11:00")]

    def test_two_times_on_the_same_days_are_one_row(self, planner, stories, room):
        for week in range(3):
            plans.session(SATURDAY + timedelta(weeks=week), activity=stories, room=room)
            plans.session(SATURDAY + timedelta(weeks=week, hours=4), activity=stories, room=room)
        [(_title, when)] = shown(planner.get("/plan/table/?from=2027-05-01&until=2027-06-30"))
        assert when == "每周六 10:00–11:00、14:00–15:00，5月15日–29日"

    def test_what_a_session_says_itself_stands_in_a_row_of_its_own(self, planner, saturdays):
        Session.objects.filter(pk=saturdays[1].pk).update(title="小种子·手语专场", in_charge="何平")
        assert shown(planner.get(MAY)) == [
            ("绘本故事会：小种子", "5月1日、22日、29日 周六 10:00–11:00"),
            ("绘本故事会：小种子·手语专场", "5月15日 周六 10:00–11:00"),
        ]

    def test_called_off_ones_and_those_of_other_days_are_not_in_it(self, planner, saturdays):
        Session.objects.filter(pk=saturdays[0].pk).update(called_off_at=clock.now(), call_off_reason="停电")
        assert shown(planner.get("/plan/table/?from=2027-05-01&until=2027-05-15")) == [
            ("绘本故事会：小种子", "5月15日 周六 10:00–11:00")
        ]

    def test_a_unit_stands_in_where_no_department_is_named(self, planner, home, room):
        activity = plans.activity("讲座", programme=plans.programme("金陵讲堂"), from_months=None, to_months=None)
        for place, (role, name) in enumerate([(UnitRole.HOSTS, "市文旅局"), (UnitRole.ORGANISES, "金陵图书馆")]):
            unit = PartnerUnit.objects.create(name=name)
            UnitLine.objects.create(programme=activity.programme, unit=unit, role=role, place=place)
        plans.session(SUNDAY, activity=activity)
        [row] = planner.get(MAY).context["table"].rows
        assert (row.said.department, row.said.audience, row.said.place) == ("市文旅局", "不限年龄", "线上")

    def test_it_is_narrowed_to_an_area(self, planner, stories, saturdays):
        plans.session(SATURDAY, activity=stories, room=plans.room(venue="江宁阅读空间", district="江宁区"))
        area = Area.objects.get(name="江宁区")
        answer = planner.get(f"{MAY}&area={area.pk}")
        assert [row.said.place for row in answer.context["table"].rows] == ["江宁阅读空间 · 故事屋"]
        assert "江宁区 · 共 1 场" in answer.content.decode()
        assert f"area={area.pk}" in answer.content.decode()

    def test_a_district_sees_its_own_and_a_city_nothing_of_another(self, nanjing_cast, shenzhen_cast, saturdays):
        assert shown(nanjing_cast.client("district").get(MAY)) == shown(nanjing_cast.client("planner").get(MAY))
        assert shown(nanjing_cast.client("other_district").get(MAY)) == []
        assert shown(shenzhen_cast.client("planner").get(MAY)) == []
        assert nanjing_cast.client("editor").get(MAY).status_code == 403

    @pytest.mark.parametrize(
        "query",
        ["month=2027-13", "month=x", "year=99999", "from=2027-05-09&until=2027-05-01", "from=a&until=b", "page=x"],
    )
    def test_nonsense_in_the_address_is_this_month(self, planner, home, query):
        answer = planner.get(f"/plan/table/?{query}")
        assert answer.status_code == 200
        assert answer.context["wish"].period.kind == "month"

    def test_days_that_go_backwards_are_told(self, planner, home):
        page = planner.get("/plan/table/?from=2027-05-09&until=2027-05-01").content.decode()
        assert "结束日期早于开始日期。" in page

    def test_a_season_may_begin_in_the_year_before(self, planner, home, stories, room):
        season = stories.programme.season
        season.starts_on = date(2026, 12, 1)
        season.save()
        plans.session(SATURDAY.replace(year=2026, month=12, day=5), activity=stories, room=room)
        answer = planner.get("/plan/table/?year=2027")
        assert shown(answer) == [("绘本故事会：小种子", "2026年12月5日 周六 10:00–11:00")]
        assert answer.context["table"].title == "2027年度活动安排表"

    def test_as_many_statements_for_one_session_as_for_forty(self, planner, stories, room):
        planner.get(MAY)
        counts = []
        for many in (1, 40):
            for number in range(Session.objects.count(), many):
                start = SATURDAY - timedelta(days=14) + timedelta(days=number % 30, hours=number // 30 * 2)
                plans.session(start, activity=stories, room=room)
            with CaptureQueriesContext(connection) as asked:
                planner.get(MAY)
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestExcel:
    def book(self, client, query="?month=2027-05"):
        answer = client.get(f"/plan/table/excel/{query}")
        assert answer.status_code == 200
        return load_workbook(io.BytesIO(answer.content)).active, answer

    def test_it_is_set_up_to_be_printed(self, planner, saturdays):
        sheet, answer = self.book(planner)
        assert sheet["A1"].value == "金陵图书馆 2027年5月活动安排表"
        assert sheet["A2"].value == "共 4 场 · 其中 3 场尚未发布"
        assert sorted(str(part) for part in sheet.merged_cells.ranges) == ["A1:I1", "A2:I2"]
        assert [cell.value for cell in sheet[3]] == HEADS
        assert [cell.value for cell in sheet[4]] == [
            1,
            "绘本故事会：小种子",
            "每周六 10:00–11:00，5月1日–29日（除5月8日）",
            "清凉门阅读空间 · 故事屋",
            "少儿、3–6 岁",
            "读绘本，种一粒种子",
            "少儿部",
            "周晓琳",
            "025-84356000",
        ]
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.print_title_rows) == (True, "$3:$3")
        assert (sheet.print_area, sheet.freeze_panes) == ("'金陵图书馆 2027年5月活动安排表'!$A$1:$I$4", "A4")
        assert sheet.oddFooter.right.text == "&P / &N"
        assert (sheet.row_dimensions[4].height >= 30, sheet["C4"].alignment.wrap_text) == (True, True)
        assert "2027%E5%B9%B45%E6%9C%88%E6%B4%BB%E5%8A%A8" in answer["Content-Disposition"]

    def test_what_looks_like_a_formula_stays_text(self, planner, saturdays, stories):
        stories.summary = "=HYPERLINK(1)"
        stories.save()
        sheet, _answer = self.book(planner)
        assert (sheet["F4"].value, sheet["F4"].data_type, sheet["F4"].quotePrefix) == ("=HYPERLINK(1)", "s", True)

    def test_an_empty_month_is_a_table_with_a_head(self, planner, home):
        sheet, _answer = self.book(planner, "?month=2027-01")
        assert (sheet.max_row, sheet["A3"].value, sheet["A2"].value) == (3, "序号", "共 0 场")


class TestPaper:
    def paper(self, content):
        return pypdfium2.PdfDocument(io.BytesIO(content))

    def text(self, page):
        return page.get_textpage().get_text_range().replace("\r", "").replace("\n", "")

    def test_it_reads_back_with_title_head_page_number_and_date(self, planner, saturdays):
        answer = planner.post("/plan/table/pdf/?month=2027-05")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        book = self.paper(answer.content)
        assert (len(book), [round(side) for side in book[0].get_size()]) == (1, [842, 595])
        text = self.text(book[0])
        today = clock.today(saturdays[0].network.zone)
        for words in (
            "金陵图书馆 · 阅美四季",
            "2027年5月活动安排表",
            "绘本故事会：小种子",
            "每周六 10:00–11:00，5月1日–29日（除5月8日）",
            "025-84356000",
            f"打印于 {today.year}年{today.month}月{today.day}日",
            "1 / 1",
            *HEADS,
        ):
            assert words in text, words
        assert book.get_metadata_value("Title") == "金陵图书馆 2027年5月活动安排表"
        assert book.get_metadata_value("Author") == "金陵图书馆"

    def test_the_head_stands_on_every_page_and_no_row_is_cut(self, planner, stories, room):
        for day in range(30):
            for hour in (0, 2):
                plans.session(SATURDAY.replace(day=1) + timedelta(days=day, hours=hour), activity=stories, room=room)
        book = self.paper(planner.post("/plan/table/pdf/?month=2027-05&rows=each").content)
        texts = [self.text(page) for page in book]
        assert len(book) == 3
        assert all("主办部门" in text and f"{number} / 3" in text for number, text in enumerate(texts, start=1))
        assert sum(text.count("小种子") for text in texts) == 60

    def test_a_long_one_is_made_as_long_work(self, planner, nanjing, saturdays, monkeypatch):
        monkeypatch.setattr(view, "MOST_AT_ONCE", 3)
        address = "/plan/table/pdf/?month=2027-05&rows=each"
        assert "PDF 会在后台生成" in planner.get(address.replace("pdf/", "")).content.decode()
        answer = planner.post(address)
        job = Job.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"/plan/jobs/{job.code}/")
        assert run_here() == 1
        book = self.paper(b"".join(planner.get(f"/plan/jobs/{job.code}/file/").streaming_content))
        assert "5月29日 周六 10:00–11:00" in self.text(book[0])

    def test_without_its_parts_the_page_says_so_and_stays(self, planner, saturdays, monkeypatch, tmp_path):
        child = tmp_path / "child.py"
        child.write_text("import sys\nsys.exit(71)\n")
        monkeypatch.setattr(asking, "CHILD", child)
        answer = planner.post("/plan/table/pdf/?month=2027-05")
        page = answer.content.decode()
        assert answer.status_code == 503
        assert "这台机器还做不了 PDF" in page
        assert "libharfbuzz-subset0" in page
        assert "每周六 10:00–11:00" in page

    def test_only_a_press_draws(self, planner, home):
        assert planner.get("/plan/table/pdf/?month=2027-05").status_code == 405


class TestPeriods:
    SEASONS = {2027: (date(2026, 12, 1), date(2027, 11, 30))}
    TODAY = date(2027, 5, 9)

    @pytest.mark.parametrize(
        ("asked", "title", "days"),
        [
            ({}, "2027年5月", (date(2027, 5, 1), date(2027, 5, 31))),
            ({"month": "2028-02"}, "2028年2月", (date(2028, 2, 1), date(2028, 2, 29))),
            ({"year": "2027"}, "2027年度", (date(2026, 12, 1), date(2027, 11, 30))),
            ({"year": "2031"}, "2031年度", (date(2031, 1, 1), date(2031, 12, 31))),
            (
                {"from": "2027-05-01", "until": "2027-05-20"},
                "2027年5月1日–5月20日",
                (date(2027, 5, 1), date(2027, 5, 20)),
            ),
            ({"from": "2027-05-01", "until": "2027-05-01"}, "2027年5月1日", (date(2027, 5, 1), date(2027, 5, 1))),
            (
                {"from": "2026-12-30", "until": "2027-01-02"},
                "2026年12月30日–2027年1月2日",
                (date(2026, 12, 30), date(2027, 1, 2)),
            ),
            ({"from": "2020-01-01", "until": "2027-01-02"}, "2027年5月", (date(2027, 5, 1), date(2027, 5, 31))),
        ],
    )
    def test_what_an_address_asks_for(self, asked, title, days):
        period = read_period(asked, today=self.TODAY, seasons=self.SEASONS)
        assert (period.title, (period.first, period.last)) == (title, days)
        assert read_period(period.query, today=self.TODAY, seasons=self.SEASONS) == period

    def test_months_beside_a_month(self):
        december, january = month_of(date(2027, 12, 9)), month_of(date(2028, 1, 1))
        assert (december.before, december.after) == ("2027-11", "2028-01")
        assert (january.before, january.after) == ("2027-12", "2028-02")
        assert isinstance(december, Period)
