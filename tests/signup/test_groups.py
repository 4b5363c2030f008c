"""A school class is signed up with the names that its teacher gave; some stay at home; its names go soon after."""

import io
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from openpyxl import Workbook

from kit import clock
from kit.refusals import Refused
from networks.models import JournalLine, inside
from notifications.models import Message
from people.commands.retention import turn_clock
from people.models import Child
from people.queries.persons import person_with_phone
from programmes.planning.models import Session
from programmes.signup.choices import Ending, Source
from programmes.signup.commands.changing import cancel_for
from programmes.signup.commands.groups import GroupTold, leave_out, sign_group_up
from programmes.signup.models import Group, Registration, Seat, Terms
from programmes.signup.steps.seats import Guest
from tests.people.conftest import relay
from tests.signup.signing import story_hour, taken

pytestmark = pytest.mark.django_db

TEACHER = "+8613912345678"
NAMES = ("㛃儿", "陈一诺", "林子轩")


@pytest.fixture
def session(nanjing):
    return story_hour(nanjing, places=4)


def sign(network, session, by, *, names=NAMES, **said):
    told = {"name": "琅琊路小学三（2）班", "contact_name": "顾老师", "phone": TEACHER, "adults": 2, "is_agreed": True}
    with inside(network):
        return sign_group_up(
            session=session,
            told=GroupTold(**{**told, **said}),
            guests=[Guest(name) for name in names],
            by=by,
            request_key=uuid4(),
            at=clock.now(),
        )


def no(network, session, by, **said):
    with pytest.raises(Refused) as refused:
        sign(network, session, by, **said)
    return list(refused.value.codes)


def test_a_class_takes_all_its_places_or_none(nanjing, nanjing_cast, session):
    planner = nanjing_cast["planner"]
    assert no(nanjing, session, planner, names=[*NAMES, "甲", "乙"]) == ["too_few_left"]
    assert no(nanjing, session, planner, is_agreed=False) == ["not_agreed"]
    assert no(nanjing, session, planner, names=()) == ["nobody"]
    assert (taken(nanjing, session), TEACHER) == ((0, 0), TEACHER)
    made = sign(nanjing, session, planner)
    assert (taken(nanjing, session), made.source, made.household_id) == ((3, 3), Source.GROUP, None)
    with inside(nanjing):
        group = Group.objects.get()
        assert (group.contact_name, group.agreed_noted_by, Child.objects.count()) == ("顾老师", planner, 0)
        assert Seat.objects.filter(registration=made).count() == 5
    relay(nanjing)
    with inside(nanjing):
        message = Message.objects.get(person=person_with_phone(TEACHER, network=nanjing))
        assert message.kind == "signup.group"
        leave_out(registration=made, seats=[Seat.objects.get(guest="陈一诺").pk], by=planner, at=clock.now())
    assert taken(nanjing, session) == (2, 2)
    with inside(nanjing):
        cancel_for(registration=made, reason="老师来电", by=planner, at=clock.now())
        assert Registration.objects.get().ending == Ending.BY_STAFF
    assert taken(nanjing, session) == (0, 0)


def test_the_list_is_pasted_or_sent_looked_at_and_taken_in(nanjing, nanjing_cast, session):
    browser, address = nanjing_cast.client("planner"), f"/plan/sessions/{session.code}/sign-ups/group/"
    book = Workbook()
    for row in (("姓名", "出生年月"), ("陈一诺", "2019-05"), ("林子轩", "2019年13月")):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    sent = {
        "request_key": str(uuid4()),
        "name": "琅琊路小学三（2）班",
        "contact_name": "顾老师",
        "phone": "139 1234 5678",
        "adults": 2,
        "agreed": "on",
    }
    content.seek(0)
    content.name = "class.xlsx"
    faulty = browser.post(address, {**sent, "file": content})
    assert (faulty.status_code, "第 3 行" in faulty.content.decode(), taken(nanjing, session)) == (422, True, (0, 0))
    looked = browser.post(address, {**sent, "pasted": "陈一诺\t2019-05\n㛃儿\t\n"})
    page = looked.content.decode()
    assert (looked.status_code, "已读取 2 位孩子" in page, "2019-05" in page) == (200, True, True)
    code = page.split('name="code" value="')[1].split('"')[0]
    done = browser.post(address, {**sent, "code": code, "do": "1"})
    with inside(nanjing):
        made = Registration.objects.get()
        assert sorted(Seat.objects.exclude(guest="").values_list("guest", flat=True)) == sorted(["陈一诺", "㛃儿"])
    assert (done["Location"], taken(nanjing, session)) == (f"/plan/sign-ups/{made.code}/", (2, 2))
    one = browser.get(done["Location"]).content.decode()
    assert ("㛃儿" in one, "139 1234 5678" in one, "顾老师" in one) == (True, True, True)
    assert "琅琊路小学三（2）班" in browser.get(f"/plan/sessions/{session.code}/sign-ups/?q=㛃儿").content.decode()


def test_a_month_after_the_session_no_name_is_left_and_how_many_came_is(nanjing, nanjing_cast, session):
    made = sign(nanjing, session, nanjing_cast["planner"])
    with inside(nanjing):
        start = clock.now() - timedelta(days=31)
        end = start + timedelta(hours=1)
        Session.objects.filter(pk=session.pk).update(starts_at=start, ends_at=end, occupies=(start, end))
        assert turn_clock(nanjing, at=clock.now())["signup.groups"] == 1
        group = Group.objects.get()
        assert (group.name, group.contact, group.contact_name) == ("琅琊路小学三（2）班", None, "")
        assert (Seat.objects.exclude(guest="").count(), Seat.objects.filter(registration=made).count()) == (0, 5)
        assert turn_clock(nanjing, at=clock.now()).get("signup.groups", 0) == 0


class TestGrowing:
    """A session of four places, three of them the class's."""

    @pytest.fixture
    def made(self, nanjing, nanjing_cast, session):
        return sign(nanjing, session, nanjing_cast["planner"])

    def more(self, browser, made, pasted, **more):
        sent = {"pasted": pasted, "seen": 3, "agreed": "on"}
        return browser.post(f"/plan/sign-ups/{made.code}/more/", {**sent, **more})

    def test_more_come_all_of_them_or_none_and_the_teacher_is_told(self, nanjing, nanjing_cast, session, made):
        browser = nanjing_cast.client("planner")
        relay(nanjing)
        assert f"/plan/sign-ups/{made.code}/more/" in browser.get(f"/plan/sign-ups/{made.code}/").content.decode()
        refused = self.more(browser, made, "吴桐\n郑好")
        assert (refused.status_code, taken(nanjing, session)) == (422, (3, 3))
        assert "只剩 1 个名额" in refused.content.decode()
        done = self.more(browser, made, "吴桐\t2019-05")
        assert (done["Location"], taken(nanjing, session)) == (f"/plan/sign-ups/{made.code}/", (4, 4))
        with inside(nanjing):
            names = set(Seat.objects.exclude(guest="").values_list("guest", "guest_month"))
            assert names == {*((name, None) for name in NAMES), ("吴桐", date(2019, 5, 1))}
            line = JournalLine.objects.get(verb="signup.registration_changed", subject_id=made.pk)
            assert (line.actor_id, line.values) == (nanjing_cast["planner"].pk, {"places": [3, 4]})
        relay(nanjing)
        with inside(nanjing):
            teacher = Message.objects.filter(person=person_with_phone(TEACHER, network=nanjing))
            assert [message.kind for message in teacher.order_by("pk")] == ["signup.group", "signup.changed"]
        assert "没有名额" in browser.get(done["Location"]).content.decode()

    def test_what_is_pressed_twice_adds_nobody_twice(self, nanjing, nanjing_cast, session, made):
        browser = nanjing_cast.client("planner")
        self.more(browser, made, "吴桐")
        again = self.more(browser, made, "吴桐")
        assert (again.status_code, taken(nanjing, session)) == (422, (4, 4))
        assert 'name="seen" value="4"' in again.content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [
            ({"pasted": ""}, "请填写此项"),
            ({"pasted": "吴桐\t2019年13月"}, "第 2 行"),
            ({"pasted": "吴桐", "agreed": ""}, "监护人"),
        ],
    )
    def test_what_is_missing_or_wrong_is_said_and_nobody_is_added(self, nanjing, nanjing_cast, made, wrong):
        said, told = wrong
        refused = self.more(nanjing_cast.client("planner"), made, **said)
        errors = re.findall(r'<ul class="field-errors".*?</ul>', refused.content.decode(), re.DOTALL)
        assert (refused.status_code, [told in one for one in errors], taken(nanjing, made.session)) == (
            422,
            [True],
            (3, 3),
        )

    def test_past_the_time_a_reason_is_asked_and_after_the_end_nothing_helps(
        self, nanjing, nanjing_cast, session, made
    ):
        browser = nanjing_cast.client("planner")
        with inside(nanjing):
            Terms.objects.update(closes_hours=24 * 30)
        assert (self.more(browser, made, "吴桐").status_code, taken(nanjing, session)) == (422, (3, 3))
        assert self.more(browser, made, "吴桐", reason="老师补报").status_code == 302
        with inside(nanjing):
            assert JournalLine.objects.get(verb="signup.registration_changed").reason == "老师补报"
            cancel_for(registration=made, reason="老师来电", by=nanjing_cast["planner"], at=clock.now())
        assert (self.more(browser, made, "郑好", seen=4).status_code, taken(nanjing, session)) == (422, (0, 0))
