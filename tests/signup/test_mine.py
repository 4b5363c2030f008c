"""What a family has signed up for: every grown-up of it sees the same, changes and cancels."""

import re
from datetime import timedelta

import pytest
import time_machine

from kit import clock
from networks.models import inside
from programmes.planning.models import Session
from programmes.signup.commands.changing import cancel_for
from programmes.signup.models import Registration, Seat
from tests.browsers import browser, person
from tests.people import homes
from tests.people.family import words, young
from tests.signup.signing import another, sign_up, story_hour, taken
from tests.signup.test_sheet import codes, disabled, ticked

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


@pytest.fixture
def grandmother(nanjing):
    return person(nanjing, "13800138011", name="李桂英")


@pytest.fixture
def home(nanjing, mother, grandmother):
    return homes.home(nanjing, mother, carer=grandmother, children=2)


def get(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, words(answer)
    return answer.content.decode()


def listed(client):
    return re.findall(r'<h3><a href="/me/sign-ups/(\w+)/">', get(client, "/me/sign-ups/"))


def change(client, row, home, *, children, adults=0):
    data = {"household": home.code, "children": children, "adults": adults, "request_key": row.request_key}
    return client.post(f"/me/sign-ups/{row.code}/change/", data)


def test_both_see_what_one_has_signed_up(nanjing, home, mother, grandmother):
    row = sign_up(nanjing, story_hour(nanjing), home, grandmother, children=2, adults=1)
    for who in (mother, grandmother):
        client = browser(who)
        assert listed(client) == [row.code]
        page = get(client, f"/me/sign-ups/{row.code}/")
        assert ("小雨" in page, "小宇" in page, "1 位家长" in page, "取消报名" in page) == (True,) * 4
        assert re.search(r'href="/me/sign-ups/">.*?me-count">1<', get(client, "/me/"), re.DOTALL)


def test_what_is_coming_stands_before_what_is_over(nanjing, home, mother):
    session = story_hour(nanjing)
    later = another(nanjing, session.activity, later=timedelta(days=5))
    gone = another(nanjing, session.activity, later=timedelta(days=1))
    rows = [sign_up(nanjing, one, home, mother) for one in (later, session, gone)]
    client = browser(mother)
    assert client.post(f"/me/sign-ups/{rows[1].code}/cancel/").status_code == 303
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert listed(browser(mother)) == [rows[0].code, rows[1].code, rows[2].code]
    assert "近期没有已报名的活动。" in get(browser(person(nanjing, "13800138014")), "/me/sign-ups/")


def test_as_many_statements_for_one_as_for_four(nanjing, home, mother, django_assert_num_queries):
    session, client = story_hour(nanjing), browser(mother)
    sign_up(nanjing, session, home, mother)
    get(client, "/me/sign-ups/")
    for more in (0, 3):
        for day in range(more):
            sign_up(nanjing, another(nanjing, session.activity, later=timedelta(days=6 + day)), home, mother)
        with django_assert_num_queries(STATEMENTS):
            get(client, "/me/sign-ups/")


STATEMENTS = 13


def test_one_stays_at_home_and_the_other_comes(nanjing, home, mother):
    session, client = story_hour(nanjing, places=2), browser(mother)
    row = sign_up(nanjing, session, home, mother, children=2)
    page = get(client, f"/me/sign-ups/{row.code}/change/")
    assert (sorted(ticked(page)), disabled(page)) == (sorted(codes(home)), [])
    answer = change(client, row, home, children=codes(home)[1:], adults=1)
    assert (answer.status_code, answer["Location"]) == (303, f"/me/sign-ups/{row.code}/")
    with inside(nanjing):
        live = Seat.objects.filter(registration=row, ended_at=None, child__isnull=False)
        assert [seat.child.code for seat in live] == codes(home)[1:]
    assert taken(nanjing, session) == (1, 1)


def test_what_cannot_be_changed_is_said_in_place(nanjing, home, mother):
    session, client = story_hour(nanjing, places=1), browser(mother)
    row = sign_up(nanjing, session, home, mother)
    answer = change(client, row, home, children=codes(home))
    assert (answer.status_code, sorted(ticked(answer.content.decode()))) == (422, sorted(codes(home)))
    assert change(client, row, home, children=[], adults=1).status_code == 422
    assert change(client, row, home, children=["nobody"]).status_code == 422
    assert taken(nanjing, session) == (1, 1)


def test_cancelling_asks_once_more_and_frees_the_place(nanjing, home, mother, grandmother):
    session = story_hour(nanjing, places=1)
    row = sign_up(nanjing, session, home, mother)
    client, address = browser(grandmother), f"/me/sign-ups/{row.code}/cancel/"
    assert "要取消这次报名吗" in get(client, address)
    for _tap in range(2):
        answer = client.post(address)
        assert (answer.status_code, answer["Location"]) == (303, f"/me/sign-ups/{row.code}/")
    assert taken(nanjing, session) == (0, 0)
    page = get(client, f"/me/sign-ups/{row.code}/")
    assert ("已取消" in page, f"/me/sign-ups/{row.code}/change/" in page) == (True, False)
    assert "确定取消" not in get(client, address)


def test_after_the_time_it_says_whom_to_call(nanjing, home, mother):
    session, client = story_hour(nanjing, terms={"cancel_hours": 96}), browser(mother)
    row = sign_up(nanjing, session, home, mother)
    page = get(client, f"/me/sign-ups/{row.code}/")
    assert (f"/me/sign-ups/{row.code}/cancel/" in page, f"/me/sign-ups/{row.code}/change/" in page) == (False, False)
    assert client.post(f"/me/sign-ups/{row.code}/cancel/").status_code == 422
    assert change(client, row, home, children=codes(home)).status_code == 422
    assert taken(nanjing, session) == (1, 1)


def test_called_off_and_cancelled_by_the_library_say_why(nanjing, home, mother):
    session, client = story_hour(nanjing), browser(mother)
    other = another(nanjing, session.activity, later=timedelta(days=5))
    row, second = (sign_up(nanjing, one, home, mother) for one in (session, other))
    with inside(nanjing):
        Session.objects.filter(pk=session.pk).update(called_off_at=clock.now(), call_off_reason="馆内停电")
        cancel_for(registration=second, reason="名额调整", by=mother, at=clock.now())
    assert "馆内停电" in get(client, f"/me/sign-ups/{row.code}/")
    assert "名额调整" in get(client, f"/me/sign-ups/{second.code}/")
    assert "me-count" not in get(client, "/me/")


def test_a_young_person_sees_the_own_seat_and_decides_for_nobody_else(nanjing, home, mother):
    session = story_hour(nanjing, to_months=None)
    other = another(nanjing, session.activity, later=timedelta(days=5))
    boy = person(nanjing, "13800138013")
    own = young(nanjing, home, boy)
    sister = next(code for code in codes(home) if code != own.code)
    both = sign_up(nanjing, session, home, mother, children=2)
    client = browser(boy)
    page = get(client, f"/me/sign-ups/{both.code}/")
    assert (own.name in page, "小雨" in page, "/change/" in page) == (True, False, False)
    for way in ("change", "cancel"):
        get(client, f"/me/sign-ups/{both.code}/{way}/", status=403)
        assert client.post(f"/me/sign-ups/{both.code}/{way}/").status_code == 403
    data = {"household": home.code, "children": [sister], "adults": 0, "request_key": both.request_key}
    assert browser(mother).post(f"/me/sign-ups/{both.code}/change/", data).status_code == 303
    hers = sign_up(nanjing, other, home, mother)
    get(client, f"/me/sign-ups/{hers.code}/", status=404)


def test_strangers_and_other_cities_find_nothing(nanjing, shenzhen, home, mother):
    row = sign_up(nanjing, story_hour(nanjing), home, mother)
    for client in (browser(person(nanjing, "13800138014")), browser(person(shenzhen, "13800138010"))):
        for way in ("", "change/", "cancel/"):
            assert client.get(f"/me/sign-ups/{row.code}/{way}").status_code == 404
        assert client.post(f"/me/sign-ups/{row.code}/cancel/").status_code == 404
    with inside(nanjing):
        assert Registration.objects.get().ended_at is None
