"""Staff sign a family up that called or came: found by its number, or begun; nothing of a child without an agreement."""

from datetime import time
from uuid import uuid4

import pytest

from kit import clock
from kit.refusals import Refused
from networks.models import JournalLine, inside
from notifications.models import Delivery, Message
from people.models import Child, Household, Member
from people.queries.persons import person_with_phone
from programmes.planning.models import Session
from programmes.signup.choices import QuestionKind, Source, State, Way
from programmes.signup.commands.changing import cancel
from programmes.signup.commands.on_behalf import Told, sign_up_for
from programmes.signup.commands.waiting import accept_for
from programmes.signup.models import Answer, Registration, Seat, Terms
from tests.people import homes
from tests.people.conftest import relay
from tests.signup.asking import ask
from tests.signup.signing import family, sign_up, story_hour, taken

pytestmark = pytest.mark.django_db

NEW = "+8613912345678"


@pytest.fixture
def session(nanjing):
    return story_hour(nanjing, places=4)


@pytest.fixture
def mother(nanjing_cast):
    return nanjing_cast["reader"]


@pytest.fixture
def home(nanjing, mother):
    return homes.home(nanjing, mother, children=2)


def write(network, session, by, *, phone=NEW, key=None, **said):
    told = Told(phone=phone, source=Source.PHONE, **{"name": "周敏", **said})
    with inside(network):
        return sign_up_for(session=session, told=told, by=by, request_key=key or uuid4(), at=clock.now())


def no(network, session, by, **said):
    with pytest.raises(Refused) as refused:
        write(network, session, by, **said)
    return list(refused.value.codes)


def page(browser, session, **sent):
    address = f"/plan/sessions/{session.code}/sign-ups/add/"
    return browser.post(address, sent) if sent else browser.get(address)


def test_who_is_new_begins_a_family_and_no_childs_data_is_kept(nanjing, nanjing_cast, session):
    planner, key = nanjing_cast["planner"], uuid4()
    made = write(nanjing, session, planner, nameless=2, adults=1, note="讲上海话", key=key)
    assert write(nanjing, session, planner, nameless=2, adults=1, key=key).pk == made.pk
    assert (taken(nanjing, session), made.source, made.note) == ((2, 2), Source.PHONE, "讲上海话")
    with inside(nanjing):
        person = person_with_phone(NEW, network=nanjing)
        assert (person.name, person.phone_verified_at) == ("周敏", None)
        assert Member.objects.get(person=person).household_id == made.household_id
        assert (Child.objects.count(), Seat.objects.filter(registration=made).count()) == (0, 3)
        line = JournalLine.objects.get(verb="signup.registered")
        assert line.actor_id == planner.pk
    relay(nanjing)
    with inside(nanjing):
        assert Message.objects.get(person=person).kind == "signup.written_down"
        assert "sms" in set(Delivery.objects.filter(person=person).values_list("channel", flat=True))


def test_a_family_is_found_by_its_number_and_that_is_noted(nanjing, nanjing_cast, session, home, mother):
    browser = nanjing_cast.client("planner")
    shown = page(browser, session, phone="138 0013 8010", find="1").content.decode()
    assert ("小雨" in shown, "小宇" in shown, 'name="name"' in shown) == (True, True, False)
    with inside(nanjing):
        assert JournalLine.objects.filter(verb="people.child_read", actor_id=nanjing_cast["planner"].pk).count() == 2
    first, _second = homes.children_of(home)
    sent = {"request_key": uuid4(), "phone": "+8613800138010", "source": "counter", "nameless": 0, "adults": 1}
    done = page(browser, session, children=first.code, **sent)
    with inside(nanjing):
        made = Registration.objects.get()
        assert (made.household_id, made.source, made.counted) == (home.pk, Source.COUNTER, 1)
        assert set(Seat.objects.values_list("child", flat=True)) == {first.pk, None}
    assert done["Location"] == f"/plan/sign-ups/{made.code}/"
    again = page(browser, session, **{**sent, "request_key": uuid4()})
    assert (again.status_code, taken(nanjing, session)) == (422, (1, 1))
    list_ = browser.get(f"/plan/sessions/{session.code}/sign-ups/").content.decode()
    assert ("王芳" in list_, "138 0013 8010" in list_, "现场" in list_) == (True, True, True)


def test_a_keeper_looks_nobody_up_and_learns_no_name(nanjing, nanjing_cast, home, mother):
    """The family that has the number is signed up; the page is the same as for a number that nobody has."""
    with inside(nanjing):
        nanjing_cast["keeper"]
    session = story_hour(nanjing)
    with inside(nanjing):
        area = nanjing_cast["keeper"].grants.get().area_id
        Session.objects.filter(pk=session.pk).update(area=area)
    browser = nanjing_cast.client("keeper")
    assert 'name="phone"' in page(browser, session).content.decode()
    sent = {"request_key": uuid4(), "phone": "13800138010", "source": "counter", "name": "不认识", "role": "guardian"}
    shown = page(browser, session, find="1", **{**sent, "nameless": "x"}).content.decode()
    assert ("小雨" in shown, "王芳" in shown) == (False, False)
    page(browser, session, **sent, nameless=1, adults=1)
    with inside(nanjing):
        made = Registration.objects.get()
        assert (made.household_id, made.counted, Household.objects.count()) == (home.pk, 1, 1)
        mother.refresh_from_db()
        assert mother.name == "王芳"
        assert not JournalLine.objects.filter(verb="people.child_read").exists()


def test_times_and_limits_are_passed_with_a_reason_places_and_rules_are_not(nanjing, nanjing_cast, session):
    planner = nanjing_cast["planner"]
    with inside(nanjing):
        Terms.objects.update(opens_days=0, opens_at=time(0), most_children=1)
    assert no(nanjing, session, planner, nameless=2) == ["reason_needed"]
    made = write(nanjing, session, planner, nameless=2, reason="系统故障时来电")
    with inside(nanjing):
        assert JournalLine.objects.get(verb="signup.registered").reason == "系统故障时来电"
        Terms.objects.update(most_children=None, opens_days=None, way=Way.PHONE)
    assert made.counted == 2
    assert no(nanjing, session, planner, phone="+8613912345679", nameless=3) == ["too_few_left"]
    assert no(nanjing, session, planner, phone="+8613912345679") == ["nobody"]
    with inside(nanjing):
        Terms.objects.update(way=Way.FREE)
    assert no(nanjing, session, planner, nameless=1) == ["no_sign_up"]
    with inside(nanjing):
        Session.objects.filter(pk=session.pk).update(called_off_at=clock.now(), call_off_reason="停电")
    assert no(nanjing, session, planner, nameless=1, reason="x") == ["called_off"]
    assert taken(nanjing, session) == (2, 2)


class TestQuestions:
    """Asked on the telephone as on the families' own sheet."""

    @pytest.fixture
    def asked(self, nanjing, session):
        with inside(nanjing):
            way = ask(session, 1, QuestionKind.CHOICE, label="怎么来", choices=["自己来", "坐班车"], is_required=True)
            bus = ask(session, 2, label="哪一站上车", is_required=True, condition=way, condition_value="坐班车")
            size = ask(session, 3, QuestionKind.NUMBER, label="身高", per_child=True, is_required=True, least=80)
            agrees = ask(session, 4, QuestionKind.CONSENT, label="同意听从安排", is_required=True)
        return way, bus, size, agrees

    def test_answers_are_written_down_per_family_and_per_child(self, nanjing, nanjing_cast, session, asked, home):
        way, bus, size, agrees = asked
        browser, (first, _second) = nanjing_cast.client("planner"), homes.children_of(home)
        shown = page(browser, session, phone="13800138010", find="1").content.decode()
        assert [f'name="q{one.pk}' in shown for one in asked] == [True] * 4
        sent = {
            "request_key": uuid4(),
            "phone": "+8613800138010",
            "source": "phone",
            "children": first.code,
            "nameless": 0,
            "adults": 0,
            f"q{way.pk}": "坐班车",
            f"q{bus.pk}": "南门",
            f"q{agrees.pk}": "on",
        }
        wrong = page(browser, session, **sent, **{f"q{size.pk}-{first.code}": "高"})
        assert (wrong.status_code, "南门" in wrong.content.decode(), taken(nanjing, session)) == (422, True, (0, 0))
        done = page(browser, session, **sent, **{f"q{size.pk}-{first.code}": "１１０"})
        with inside(nanjing):
            rows = Answer.objects.order_by("question__place").values_list("question", "seat__child", "value")
            assert list(rows) == [
                (way.pk, None, "坐班车"),
                (bus.pk, None, "南门"),
                (size.pk, first.pk, "110"),
                (agrees.pk, None, "yes"),
            ]
        assert "尚未回答" not in browser.get(done["Location"]).content.decode()

    def test_what_is_not_answered_is_passed_with_a_reason_and_stays_to_be_seen(
        self, nanjing, nanjing_cast, session, asked, home
    ):
        _way, _bus, _size, agrees = asked
        browser, (first, _second) = nanjing_cast.client("planner"), homes.children_of(home)
        sent = {"request_key": uuid4(), "phone": "+8613800138010", "source": "phone", "nameless": 1, "adults": 0}
        sent |= {"children": first.code, f"q{agrees.pk}": "on"}
        refused = page(browser, session, **sent)
        assert "尚未回答：怎么来、小雨 · 身高。" in refused.content.decode()
        assert (refused.status_code, taken(nanjing, session)) == (422, (0, 0))
        done = page(browser, session, **sent, reason="信号不好，家长稍后补填")
        shown = browser.get(done["Location"]).content.decode()
        opened = shown.split("尚未回答")[1].split("</ul>")[0]
        assert [line.split("</li>")[0] for line in opened.split("<li>")[1:]] == [
            "怎么来",
            "小雨 · 身高",
            "未登记姓名的孩子 · 身高",
        ]
        with inside(nanjing):
            assert JournalLine.objects.get(verb="signup.registered").reason == "信号不好，家长稍后补填"
            assert list(Answer.objects.values_list("question", "value")) == [(agrees.pk, "yes")]

    def test_nobody_agrees_without_being_asked_and_of_nameless_children_nothing_is(
        self, nanjing, nanjing_cast, session, asked
    ):
        way, _bus, _size, agrees = asked
        planner = nanjing_cast["planner"]
        said = {(way.pk, ""): "自己来"}
        assert no(nanjing, session, planner, nameless=1, answers=said, reason="没问") == ["not_agreed"]
        made = write(nanjing, session, planner, nameless=1, answers={**said, (agrees.pk, ""): "yes"})
        with inside(nanjing):
            assert set(Answer.objects.filter(registration=made).values_list("seat", flat=True)) == {None}
            JournalLine.objects.get(verb="signup.registered", reason="")


class TestWaiting:
    """A session of four places, three of them taken."""

    @pytest.fixture
    def others(self, nanjing, session):
        household, other = family(nanjing, children=3)
        return sign_up(nanjing, session, household, other, children=3)

    def sent(self, **more):
        return {
            "request_key": uuid4(),
            "phone": NEW,
            "source": "phone",
            "name": "周敏",
            "role": "guardian",
            "nameless": 2,
            "adults": 0,
            **more,
        }

    def test_a_party_that_finds_too_few_places_waits_as_a_whole(self, nanjing, nanjing_cast, session, others):
        browser = nanjing_cast.client("planner")
        assert 'name="waits"' not in page(browser, session, phone=NEW, find="1").content.decode()
        refused = page(browser, session, **self.sent())
        assert (refused.status_code, 'name="waits"' in refused.content.decode()) == (422, True)
        done = page(browser, session, **self.sent(waits="1"))
        with inside(nanjing):
            made = Registration.objects.get(source=Source.PHONE)
            assert (made.state, made.counted, made.approved_at) == (State.WAITS, 2, made.made_at)
            assert JournalLine.objects.get(verb="signup.joined_list").actor_id == nanjing_cast["planner"].pk
        assert (done["Location"], taken(nanjing, session)) == (f"/plan/sign-ups/{made.code}/", (3, 5))
        relay(nanjing)
        with inside(nanjing):
            person = person_with_phone(NEW, network=nanjing)
            assert [message.kind for message in Message.objects.filter(person=person)] == ["signup.waiting"]
            cancel(registration=others, by=others.by, at=clock.now())
            made.refresh_from_db()
            assert made.state == State.INVITED
        relay(nanjing)
        with inside(nanjing):
            invited = Delivery.objects.filter(person=person, kind="signup.invited")
            assert "sms" in set(invited.values_list("channel", flat=True))

    def test_a_full_session_says_so_and_offers_the_list_alone(self, nanjing, nanjing_cast, session, others):
        sign_up(nanjing, session, *family(nanjing, name="李强"))
        browser = nanjing_cast.client("planner")
        shown = page(browser, session, phone=NEW, find="1").content.decode()
        assert ("名额已满" in shown, "加入候补" in shown, 'name="waits" value="1"' in shown) == (True, True, True)
        with inside(nanjing):
            Terms.objects.update(waits=False)
        shown = page(browser, session, phone=NEW, find="1").content.decode()
        assert ("名额已满" in shown, 'name="waits" value="1"' in shown) == (True, False)
        refused = page(browser, session, **self.sent(waits="1"))
        assert (refused.status_code, taken(nanjing, session)) == (422, (4, 4))
        with inside(nanjing):
            assert person_with_phone(NEW, network=nanjing) is None

    def test_one_who_was_put_on_the_list_needs_no_second_yes(self, nanjing, nanjing_cast, session, others):
        with inside(nanjing):
            Terms.objects.update(approval=True)
        made = write(nanjing, session, nanjing_cast["planner"], nameless=2, waits=True)
        with inside(nanjing):
            cancel(registration=others, by=others.by, at=clock.now())
            accept_for(registration=made, by=nanjing_cast["planner"], at=clock.now())
            made.refresh_from_db()
            assert made.state == State.HOLDS


def test_before_a_family_changes_it_reads_who_has_no_name_yet(nanjing, nanjing_cast, session, home, mother):
    made = write(nanjing, session, nanjing_cast["planner"], phone="+8613800138010", nameless=2)
    shown = nanjing_cast.client("reader").get(f"/me/sign-ups/{made.code}/change/").content.decode()
    assert ("另有 2 位未登记姓名的孩子" in shown, 'href="/me/family/"' in shown) == (True, True)
