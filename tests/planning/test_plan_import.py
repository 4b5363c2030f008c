"""The whole plan in Excel: taken out, changed, looked at, taken in; every no in words, and nothing half-written."""

import io
from datetime import date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from kit import clock
from networks.engine.job_child import run_here
from networks.models import Area, Job, JournalLine
from people.choices import Role
from people.steps.grants import give_role
from programmes.planning.choices import PlaceKind
from programmes.planning.models import Engagement, SafetyNotice, Session
from programmes.planning.steps.sessions import Where
from programmes.planning.views import whole_plan as view
from tests.planning import plans
from tests.planning.times import NOW, SATURDAY, SUNDAY, ZONE
from tests.venues.places import ALL_DAYS
from venues.steps.venues import add_weeks

TITLES = [
    "编号", "年度", "项目", "活动", "馆点编号", "馆点", "场地", "地点类型", "集合点/场所", "地址", "区", "安全告知书",
    "日期", "星期", "开始", "结束", "结束日期", "主讲人", "标题", "名额", "负责人", "电话", "给读者的话",
]  # fmt: skip
SHOWN = ["对象", "年龄", "状态"]
GOOD = {
    "年度": 2027,
    "项目": "绘本故事会",
    "活动": "小种子",
    "馆点": "清凉门阅读空间",
    "场地": "故事屋",
    "日期": date(2027, 5, 15),
    "开始": time(10, 0),
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_may(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast.client("planner")


@pytest.fixture
def room(home):
    return opened(plans.room())


@pytest.fixture
def activity(home):
    return plans.activity("小种子", programme=plans.programme("绘本故事会"))


def opened(room):
    with transaction.atomic():
        add_weeks([(room.venue, ALL_DAYS)])
    return room


def book(*rows, titles=TITLES):
    made = Workbook()
    sheet = made.active
    sheet.append(titles)
    for row in rows:
        sheet.append([row.get(title) for title in titles])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def row(**changes):
    return {**GOOD, **changes}


def send(client, content, name="计划.xlsx"):
    return client.post("/plan/whole/", {"file": SimpleUploadedFile(name, content)})


def take(client, content):
    looked = send(client, content)
    assert looked.status_code == 200, told(looked)
    return client.post("/plan/whole/confirm/", {"code": looked.context["code"]})


def part(answer, fate):
    telling = answer.context["telling"]
    return [] if telling is None else [line for one in telling.parts if one.fate == fate for line in one.lines]


def told(answer):
    """What the page says of each row that cannot be taken, or of the table as a whole."""
    refused = [(line.number, list(line.words)) for line in part(answer, "refused")]
    whole = [str(error) for errors in answer.context["form"].errors.values() for error in errors]
    return refused or whole + answer.context["refusals"]


def counts(answer):
    return [count for _label, count, _state in answer.context["telling"].counts]


def refusal(client, content):
    """The words of the only row, which is refused."""
    answer = send(client, content)
    assert answer.status_code == 422
    [(_number, words)] = told(answer)
    return words


def taken_out(client, year="2027"):
    answer = client.post("/plan/whole/excel/", {"season": year})
    assert answer.status_code == 200
    return answer.content


class TestTaking:
    def test_rows_without_a_number_become_sessions(self, planner, activity, room):
        plans.host("孙老师"), plans.host("何平")
        content = book(
            row(主讲人="孙老师、何平", 名额=12, 标题="小种子·开学场"),
            row(日期="2027年5月16日", 开始="14:30", 结束="16:00"),
        )
        looked = send(planner, content)
        assert counts(looked) == [2, 0, 0, 0]
        assert Session.objects.count() == 0
        answer = planner.post("/plan/whole/confirm/", {"code": looked.context["code"]})
        assert (answer.status_code, answer["Location"]) == (302, "/plan/whole/")
        first, second = Session.objects.order_by("starts_at")
        assert (first.starts_at, first.ends_at, first.room) == (SATURDAY, SATURDAY + timedelta(hours=1), room)
        assert (first.title, first.capacity, first.published_at) == ("小种子·开学场", 12, None)
        assert sorted(first.engagements.values_list("host__name", flat=True)) == ["何平", "孙老师"]
        assert (second.starts_at, second.ends_at) == (
            datetime(2027, 5, 16, 14, 30, tzinfo=ZONE),
            datetime(2027, 5, 16, 16, 0, tzinfo=ZONE),
        )
        assert JournalLine.objects.get(verb="planning.plan_imported").values == {"made": 2, "changed": 0}

    def test_a_known_number_changes_that_session(self, planner, activity, room):
        plans.host("孙老师"), plans.host("何平")
        session = plans.session(SATURDAY, activity=activity, room=room, hosts=(plans.Host.objects.get(name="孙老师"),))
        content = book(row(编号=session.code, 日期=date(2027, 5, 16), 开始="15:00", 主讲人="何平", 名额=8))
        looked = send(planner, content)
        [line] = part(looked, "changed")
        assert list(line.words) == [
            "日期：2027-05-15 → 2027-05-16",
            "开始：10:00 → 15:00",
            "结束：11:00 → 16:00",
            "主讲人：孙老师 → 何平",
            "名额：20 → 8",
        ]
        take(planner, content)
        session.refresh_from_db()
        assert (session.starts_at, session.capacity) == (SUNDAY + timedelta(hours=5), 8)
        assert list(session.engagements.values_list("host__name", flat=True)) == ["何平"]

    def test_what_equals_the_activity_stays_the_activitys_and_an_empty_cell_lets_it_speak_again(
        self, planner, activity, room
    ):
        session = plans.session(SATURDAY, activity=activity, room=room, capacity=8, title="开学场")
        same = row(编号=session.code, 标题="开学场", 名额=8)
        assert counts(send(planner, book(same))) == [0, 0, 1, 0]
        take(planner, book({**same, "标题": None, "名额": 20}))
        session.refresh_from_db()
        assert (session.title, session.capacity) == ("", None)

    def test_columns_that_are_left_out_stay_as_they_are(self, planner, activity, room):
        host = plans.host("孙老师")
        session = plans.session(SATURDAY, activity=activity, room=room, hosts=(host,), capacity=8)
        titles = ["编号", "活动", "日期", "开始"]
        take(planner, book(row(编号=session.code, 开始="11:00"), titles=titles))
        session.refresh_from_db()
        assert (session.room, session.capacity, session.starts_at) == (room, 8, SATURDAY + timedelta(hours=1))
        assert Engagement.objects.get(session=session).host == host

    def test_places_of_every_kind(self, planner, activity, room):
        SafetyNotice.objects.create(title="户外告知书", text="看好孩子。")
        outside = {"馆点": None, "场地": None}
        take(
            planner,
            book(
                row(地点类型="馆点", 场地=None),
                row(
                    **outside, 地点类型="集合点", **{"集合点/场所": "明城墙台城"}, 安全告知书="户外告知书", 区="玄武区"
                ),
                row(**outside, **{"集合点/场所": "先锋书店"}, 地址="广州路 173 号"),
                row(**outside, 地点类型="线上"),
            ),
        )
        assert list(
            Session.objects.order_by("pk").values_list("place_kind", "venue__name", "place_name", "area__name")
        ) == [
            (PlaceKind.VENUE, "清凉门阅读空间", "", "清凉门阅读空间"),
            (PlaceKind.MEETING_POINT, None, "明城墙台城", "玄武区"),
            (PlaceKind.PARTNER, None, "先锋书店", "南京市"),
            (PlaceKind.STREAM, None, "", "南京市"),
        ]

    def test_two_sessions_change_rooms(self, planner, activity, room):
        other = opened(plans.room(venue="宝船阅读空间"))
        one = plans.session(SATURDAY, activity=activity, room=room)
        two = plans.session(SATURDAY, activity=activity, room=other)
        take(planner, book(row(编号=one.code, 馆点="宝船阅读空间"), row(编号=two.code)))
        one.refresh_from_db(), two.refresh_from_db()
        assert (one.room, two.room) == (other, room)

    def test_a_new_one_takes_the_room_that_another_leaves(self, planner, activity, room):
        session = plans.session(SATURDAY, activity=activity, room=room)
        take(planner, book(row(编号=session.code, 开始="14:00"), row()))
        assert list(Session.objects.order_by("starts_at").values_list("starts_at__hour", flat=True)) == [10, 14]

    def test_an_exhibition_lasts_until_another_day(self, planner, activity, room):
        take(planner, book(row(结束="17:00", 结束日期=date(2027, 5, 20))))
        assert Session.objects.get().ends_at == datetime(2027, 5, 20, 17, 0, tzinfo=ZONE)

    def test_nothing_is_written_twice(self, planner, activity, room):
        looked = send(planner, book(row()))
        code = looked.context["code"]
        assert planner.post("/plan/whole/confirm/", {"code": code}).status_code == 302
        assert planner.post("/plan/whole/confirm/", {"code": code}).status_code == 422
        assert Session.objects.count() == 1

    def test_somebody_was_quicker(self, planner, activity, room):
        looked = send(planner, book(row()))
        plans.session(SATURDAY, activity=plans.activity("皮影戏", programme=activity.programme), room=room)
        answer = planner.post("/plan/whole/confirm/", {"code": looked.context["code"]})
        assert answer.status_code == 422
        assert len(answer.context["refusals"]) == 1
        assert Session.objects.count() == 1
        assert [line.number for line in part(answer, "refused")] == [2]


class TestRoundTrip:
    def test_what_was_taken_out_changes_nothing(self, planner, activity, room):
        notice = SafetyNotice.objects.create(title="户外告知书", text="看好孩子。")
        host = plans.host("孙老师")
        plans.session(SATURDAY, activity=activity, room=room, hosts=(host,), capacity=8, notice="请带水杯")
        plans.session(SATURDAY - timedelta(days=30), activity=activity, room=room)
        plans.session(SATURDAY, activity=activity, ends_at=SATURDAY + timedelta(days=3))
        where = Where(
            PlaceKind.MEETING_POINT, activity.programme.area, place_name="台城", route="一路向北", safety_notice=notice
        )
        plans.session(SUNDAY, activity=activity, where=where)
        off = plans.session(SUNDAY, activity=activity, room=room)
        Session.objects.filter(pk=off.pk).update(called_off_at=clock.now(), call_off_reason="停电")
        content = taken_out(planner)
        sheet = load_workbook(io.BytesIO(content)).active
        assert [cell.value for cell in sheet[1]] == [*TITLES, *SHOWN]
        assert [line[-1].value for line in sheet.iter_rows(min_row=2)] == ["草稿", "草稿", "草稿", "草稿", "已取消"]
        looked = send(planner, content)
        assert (looked.status_code, counts(looked)) == (200, [0, 0, 5, 0]), told(looked)
        assert looked.context["unknown"] == ""
        assert JournalLine.objects.get(verb="planning.plan_taken_out").values == {"rows": 5}

    def test_the_template_explains_itself_and_its_example_can_be_taken(self, planner, activity, room):
        answer = planner.get("/plan/whole/template/")
        workbook = load_workbook(io.BytesIO(answer.content))
        words = workbook.worksheets[1]
        heads = [cell.value for cell in words[1]]
        assert heads == ["列名", "怎么填", "年度", "活动", "场地", "地点类型", "区", "安全告知书", "主讲人"]
        assert [line[0].value for line in words.iter_rows(min_row=2, max_row=27)] == [*TITLES, *SHOWN]
        assert all(line[1].value for line in words.iter_rows(min_row=2, max_row=27))
        assert [words.cell(2, place).value for place in (3, 4, 5)] == [
            "2027",
            "绘本故事会：小种子",
            "清凉门阅读空间：故事屋",
        ]
        looked = send(planner, answer.content)
        assert (looked.status_code, counts(looked)) == (200, [1, 0, 0, 0]), told(looked)

    def test_very_many_are_written_in_the_background(self, planner, activity, room, monkeypatch):
        monkeypatch.setattr(view, "MOST_AT_ONCE", 1)
        for week in range(3):
            plans.session(SATURDAY + timedelta(weeks=week), activity=activity, room=room)
        answer = planner.post("/plan/whole/excel/", {"season": "2027"})
        job = Job.objects.get()
        assert answer["Location"] == f"/plan/jobs/{job.code}/"
        assert run_here() == 1
        content = b"".join(planner.get(f"/plan/jobs/{job.code}/file/").streaming_content)
        assert load_workbook(io.BytesIO(content)).active.max_row == 4


class TestRefusals:
    """Each in words, and nothing is written."""

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            pytest.param({"活动": "小钟子"}, "2027 年度没有活动“小钟子”。是不是：小种子？", id="activity"),
            pytest.param({"项目": "读者节"}, "“小种子”不在项目“读者节”中，而在：绘本故事会。", id="programme"),
            pytest.param({"年度": 2031}, "没有 2031 年度。", id="season"),
            pytest.param({"年度": None, "日期": date(2031, 1, 1)}, "2031-01-01 不在任何年度内。", id="no-season"),
            pytest.param(
                {"馆点": "清凉们阅读空间"}, "没有叫“清凉们阅读空间”的馆点。是不是：清凉门阅读空间？", id="venue"
            ),
            pytest.param({"馆点编号": "NJ999"}, "没有编号为 NJ999 的馆点。", id="venue-number"),
            pytest.param({"场地": "报告厅"}, "清凉门阅读空间没有叫“报告厅”的场地，现有：故事屋。", id="room"),
            pytest.param({"馆点": None, "场地": None}, "请写明在哪里：馆点，或馆外的场所。", id="nowhere"),
            pytest.param({"主讲人": "孙老帅"}, "没有叫“孙老帅”的主讲人。是不是：孙老师？", id="host"),
            pytest.param({"编号": "zzzzzzzz"}, "没有编号为 zzzzzzzz 的场次。要新增场次请把编号留空。", id="code"),
            pytest.param({"开始": "下午"}, "开始：请填写时间，如 10:00。", id="time"),
            pytest.param({"日期": "5月初"}, "日期：请填写日期，如 2027-05-16。", id="day"),
            pytest.param({"日期": None}, "日期：此项必填。", id="no-day"),
            pytest.param({"地点类型": "天上"}, "地点类型", id="kind"),
        ],
    )
    def test_what_is_not_known_or_not_readable(self, planner, activity, room, changes, words):
        plans.host("孙老师")
        [said] = refusal(planner, book(row(**changes)))
        assert said.startswith(words), said
        assert Session.objects.count() == 0

    @pytest.mark.parametrize(
        ("changes", "beginning"),
        [
            pytest.param({"日期": date(2027, 4, 30)}, "这个时间已经过去", id="past"),
            pytest.param({"日期": date(2028, 5, 15)}, "2028年5月15日", id="outside-season"),
            pytest.param({"结束": "09:00"}, "", id="backwards"),
        ],
    )
    def test_times_that_cannot_be(self, planner, activity, room, changes, beginning):
        said = refusal(planner, book(row(**changes)))
        assert said[0].startswith(beginning)

    def test_rooms_and_hosts_that_are_taken_in_the_database_and_in_the_file(self, planner, activity, room):
        host = plans.host("孙老师")
        shadow = plans.activity("皮影戏", programme=activity.programme)
        plans.session(SATURDAY, activity=shadow, room=room, hosts=(host,))
        other = opened(plans.room(venue="宝船阅读空间"))
        assert other.name == "故事屋"
        content = book(
            row(),
            row(馆点="宝船阅读空间", 主讲人="孙老师"),
            row(日期=date(2027, 5, 22)),
            row(日期=date(2027, 5, 22), 开始="10:30", 活动="皮影戏"),
        )
        answer = send(planner, content)
        said = dict(told(answer))
        assert sorted(said) == [2, 3, 5]
        assert "皮影戏" in said[2][0]
        assert "孙老师" in said[3][0]
        assert len(said[5]) == 1

    def test_the_same_twice(self, planner, activity, room):
        session = plans.session(SATURDAY, activity=activity, room=room)
        stream = {"馆点": None, "场地": None, "地点类型": "线上"}
        plans.session(SUNDAY, activity=activity)
        content = book(
            row(编号=session.code),
            row(编号=session.code),
            row(**stream, 日期=date(2027, 5, 23)),
            row(**stream, 日期=date(2027, 5, 23)),
            row(**stream, 日期=date(2027, 5, 16)),
        )
        said = dict(told(send(planner, content)))
        assert said[3] == ["第 2 行说的是同一场。"]
        assert said[5] == ["第 4 行说的是同一场。"]
        assert said[6][0].startswith("已有这一场，编号 ")
        assert sorted(said) == [3, 5, 6]

    def test_a_session_stays_with_its_activity(self, planner, activity, room):
        plans.activity("皮影戏", programme=activity.programme)
        session = plans.session(SATURDAY, activity=activity, room=room)
        assert refusal(planner, book(row(编号=session.code, 活动="皮影戏"))) == [
            "这一场属于“小种子”（绘本故事会，2027 年度）。场次不能改换活动；要换活动请另起一行。"
        ]

    def test_what_was_called_off_or_is_over_is_not_moved(self, planner, activity, room):
        off, over = (
            plans.session(SUNDAY, activity=activity, room=room),
            plans.session(SATURDAY - timedelta(days=30), activity=activity, room=room),
        )
        Session.objects.filter(pk=off.pk).update(called_off_at=clock.now(), call_off_reason="停电")
        content = book(row(编号=off.code, 日期=date(2027, 5, 23)), row(编号=over.code, 日期=date(2027, 5, 30)))
        said = dict(told(send(planner, content)))
        assert sorted(said) == [2, 3]
        assert said[2][0].startswith("这一场已取消") or "取消" in said[2][0]
        assert "结束" in said[3][0]

    def test_a_planner_of_a_district_plans_there_alone(self, nanjing_cast, activity, room):
        person = nanjing_cast["neighbour"]
        with transaction.atomic():
            give_role(person=person, role=Role.PLANNER, area=Area.objects.get(name="江宁区"))
        client = nanjing_cast.client("neighbour")
        assert refusal(client, book(row())) == ["不在您负责编排的区域内。"]

    def test_a_district_librarian_may_take_out_and_not_in(self, nanjing_cast, activity, room):
        client = nanjing_cast.client("district")
        plans.session(SATURDAY, activity=activity, room=room)
        assert load_workbook(io.BytesIO(taken_out(client))).active.max_row == 2
        assert send(client, book(row())).status_code == 403
        assert client.post("/plan/whole/confirm/", {"code": "X"}).status_code == 403
        assert nanjing_cast.client("keeper").post("/plan/whole/excel/", {"season": "2027"}).status_code == 403

    def test_another_citys_plan_is_not_there(self, shenzhen_cast, activity, room):
        session = plans.session(SATURDAY, activity=activity, room=room)
        client = shenzhen_cast.client("planner")
        assert client.post("/plan/whole/excel/", {"season": "2027"}).status_code == 404
        answer = send(client, book(row(编号=session.code)))
        assert told(answer) == [(2, [f"没有编号为 {session.code} 的场次。要新增场次请把编号留空。"])]

    def test_a_file_that_is_none(self, planner, home):
        assert send(planner, b"\x00\x01", name="a.xlsx").status_code == 422
        assert planner.post("/plan/whole/", {}).status_code == 422
        assert told(send(planner, book(titles=["编号", "名称"])))[0].startswith("缺少")


class TestWarnings:
    def test_hours_weekdays_and_small_rooms_are_told_and_taken(self, planner, activity, room):
        content = book(row(开始="18:00", 星期="周日", 名额=90))
        looked = send(planner, content)
        assert looked.status_code == 200
        [line] = part(looked, "made")
        assert len(line.warnings) == 3
        assert line.warnings[0] == "2027-05-15 是周六，表中写的是“周日”，以日期为准。"
        assert counts(looked) == [1, 0, 0, 0, 1]
        take(planner, content)
        assert Session.objects.get().capacity == 90


class TestMany:
    def rows(self, many, venues):
        start = date(2027, 5, 15)
        return [
            row(
                馆点=venues[number % len(venues)].name,
                日期=start + timedelta(days=number // len(venues) // 4),
                开始=time(9 + 2 * (number // len(venues) % 4)),
            )
            for number in range(many)
        ]

    def test_two_thousand_rows_take_as_many_statements_as_two(self, planner, activity, home):
        venues = [opened(plans.room(venue=f"阅读空间{number:02}")).venue for number in range(20)]
        send(planner, book(*self.rows(2, venues)))
        statements = []
        for many in (2, 2_000):
            content = book(*self.rows(many, venues))
            with CaptureQueriesContext(connection) as asked:
                looked = send(planner, content)
            assert counts(looked)[0] == many, told(looked)[:3]
            statements.append(len(asked))
        assert statements[0] == statements[1]
        with CaptureQueriesContext(connection) as asked:
            answer = planner.post("/plan/whole/confirm/", {"code": looked.context["code"]})
        assert len(asked) < 80
        assert answer.status_code == 302
        assert Session.objects.count() == 2_000
