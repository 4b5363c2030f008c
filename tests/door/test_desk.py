"""The desk: who sees which doors, what a card says, and what is never shown."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.staticfiles.finders import find
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from networks.models import JournalLine, inside
from people.choices import Role
from people.messages import CHILD_READ
from people.models import Child, Person
from programmes.door.models import CheckIn, Scan
from programmes.planning.models import Session
from programmes.planning.rules.places import place_words
from tests.browsers import browser, person, staff
from tests.door.doors import here, opened, party_at_the_door, scanned, seats
from tests.people import homes
from tests.signup.signing import another, family, sign_up, story_hour, wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(nanjing):
    """Runs and plans the city's sessions, and sees telephones."""
    return staff(nanjing, "13800138001", Role.PLANNER, name="林晓梅")


@pytest.fixture
def keeper(nanjing):
    """Of the whole city here, since a stream has no space of its own."""
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


def keep(who):
    return browser(who, bound=True)


def ask(client, session, *, card=False, key=None, **sent):
    headers = {"X-Card": "1"} if card else {}
    return client.post(f"/desk/{session.code}/ask/", {"client_id": key or uuid4(), **sent}, headers=headers)


def text(answer):
    return answer.content.decode()


def test_the_desk_opens_on_todays_sessions_with_how_many_are_here(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=2, adults=1)
    with inside(nanjing):
        another(nanjing, session.activity)
    scanned(nanjing, session, row, keeper)
    lines = keep(keeper).get("/desk/").context["lines"]
    assert [(line.session.code, line.here, line.expected, line.is_open) for line in lines] == [
        (session.code, 3, 3, True)
    ]


def test_what_is_over_stands_below_what_is_to_come(nanjing, keeper):
    over, _row, _by = party_at_the_door(nanjing)
    coming = opened(nanjing, another(nanjing, over.activity))
    opened(nanjing, over, starts_in=timedelta(hours=-3))
    lines = keep(keeper).get("/desk/").context["lines"]
    assert [(line.session.code, line.is_over) for line in lines] == [(coming.code, False), (over.code, True)]


def test_what_nobody_signs_up_for_is_on_and_has_no_door(nanjing, keeper):
    opened(nanjing, story_hour(nanjing, terms={"way": "free"}))
    page = text(keep(keeper).get("/desk/"))
    assert ("进行中" in page, "签到中" in page) == (True, False)


def test_the_desk_can_be_put_on_a_phone_like_an_app(nanjing, keeper, client):
    page = text(keep(keeper).get("/desk/"))
    assert ('rel="manifest"' in page, 'rel="apple-touch-icon"' in page) == (True, True)
    told = client.get("/desk/app.webmanifest", HTTP_HOST="nanjing.test").json()
    for icon in told["icons"][1:]:
        with Image.open(find(icon["src"].removeprefix("/static/"))) as drawn:
            assert f"{drawn.width}x{drawn.height}" == icon["sizes"]
    assert (told["start_url"], told["scope"], told["display"]) == ("/desk/", "/desk/", "standalone")


def test_a_day_without_sessions_says_so(nanjing, keeper):
    assert "您负责的区域今天没有公开的场次" in text(keep(keeper).get("/desk/"))


def test_one_scan_is_a_green_card_with_the_party(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    with inside(nanjing):
        Child.objects.update(needs="对花生过敏")
    page = text(ask(keep(keeper), session, card=True, code=row.ticket, way="camera"))
    assert ('data-kind="good"' in page, "欢迎入场" in page, "对花生过敏" in page) == (True, True, True)
    assert ("2/2" in page, page.count('aria-pressed="true"'), "<!doctype" in page) == (True, 2, False)
    with inside(nanjing):
        assert list(Scan.objects.values_list("way", "by", "outcome")) == [("camera", keeper.pk, "admitted")]
        assert Scan.objects.get().device is not None


def test_without_javascript_the_page_comes_with_the_card(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    answer = ask(keep(keeper), session, code=row.ticket[-6:])
    assert (answer.status_code, 'data-kind="good"' in text(answer), "<!doctype" in text(answer)) == (200, True, True)


def test_sent_again_by_a_reload_it_is_the_same_green_card(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    client, key = keep(keeper), uuid4()
    pages = [text(ask(client, session, key=key, code=row.ticket)) for _twice in range(2)]
    assert ['data-kind="good"' in page for page in pages] == [True, True]


def test_who_is_here_already_is_told_when_and_by_whom(nanjing, keeper, planner):
    session, row, _by = party_at_the_door(nanjing)
    scanned(nanjing, session, row, keeper)
    page = text(ask(browser(planner), session, card=True, code=row.ticket))
    assert ('data-kind="again"' in page, "由陈*核对" in page) == (True, True)


def test_of_a_family_of_another_session_no_name_is_shown(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    with inside(nanjing):
        later = another(nanjing, session.activity, later=timedelta(days=5))
    elsewhere = sign_up(nanjing, later, *family(nanjing))
    page = text(ask(keep(keeper), session, card=True, code=elsewhere.ticket))
    assert ('data-kind="bad"' in page, "不是今天" in page, "雨" in page) == (True, True, False)
    assert here(nanjing, session) == 0
    assert row.code not in page


def test_when_what_and_where_stand_on_lines_of_their_own(nanjing, keeper):
    session, _row, _by = party_at_the_door(nanjing)
    with inside(nanjing):
        later = another(nanjing, session.activity, later=timedelta(days=5))
    elsewhere = sign_up(nanjing, later, *family(nanjing))
    says = ask(keep(keeper), session, card=True, code=elsewhere.ticket).context["card"].says
    with inside(nanjing):
        assert says.split("\n")[1:] == [later.activity.title, place_words(later)]


def test_after_the_door_has_closed_the_card_says_what_to_do(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    session = opened(nanjing, session, starts_in=timedelta(hours=-3))
    page = text(ask(keep(keeper), session, card=True, code=row.ticket))
    assert ("签到已结束" in page, "请在“未到记录”里补签" in page) == (True, True)


@pytest.mark.parametrize("sent", [{"client_id": "x", "code": "a"}, {"code": "a", "way": "magic"}, {"code": "a" * 301}])
def test_what_no_desk_sends_is_a_bad_request(nanjing, keeper, sent):
    session, _row, _by = party_at_the_door(nanjing)
    answer = keep(keeper).post(f"/desk/{session.code}/ask/", {"client_id": uuid4(), **sent})
    assert (answer.status_code, here(nanjing, session)) == (400, 0)


def test_names_are_called_without_the_family_name_and_telephones_never_shown(nanjing, keeper, planner):
    session, _row, by = party_at_the_door(nanjing)
    with inside(nanjing):
        Child.objects.update(name="王小雨")
        number = Person.objects.get(pk=by.pk).phone
    for client in (keep(keeper), browser(planner)):
        page = text(client.get(f"/desk/{session.code}/"))
        assert ("*小雨" in page, "王小雨" in page, number and number[-4:] in page) == (True, False, number and False)


def test_opening_a_door_leaves_a_line_for_each_child_once_an_hour(nanjing, keeper):
    session, _row, _by = party_at_the_door(nanjing, children=2)
    client = keep(keeper)
    for _twice in range(2):
        client.get(f"/desk/{session.code}/")
    with inside(nanjing):
        assert JournalLine.objects.filter(verb=CHILD_READ, actor_id=keeper.pk).count() == 2


def test_a_card_that_names_a_brother_or_who_waits_leaves_a_line_too(nanjing, keeper):
    session = story_hour(nanjing, places=1, terms={"waits": True})
    household, by = family(nanjing, children=2)
    row = sign_up(nanjing, session, household, by)
    waits = wait(nanjing, session, *family(nanjing))
    session, client = opened(nanjing, session), keep(keeper)
    client.get(f"/desk/{session.code}/")
    for code in (row.ticket, waits.ticket):
        ask(client, session, card=True, code=code)
    with inside(nanjing):
        lines = JournalLine.objects.filter(verb=CHILD_READ, actor_id=keeper.pk)
        assert sorted(lines.values_list("subject_id", flat=True)) == sorted(Child.objects.values_list("pk", flat=True))
        assert Child.objects.count() == 3


@pytest.mark.parametrize(
    ("role", "desk", "door"),
    [
        (Role.KEEPER, 200, 200),
        (Role.PLANNER, 200, 200),
        (Role.DISTRICT_LIBRARIAN, 403, 404),
        (Role.VOLUNTEER_COORDINATOR, 403, 404),
        (Role.NETWORK_ADMIN, 403, 404),
        (Role.EDITOR, 403, 404),
    ],
)
def test_doors_are_for_those_who_run_or_plan_sessions(nanjing, role, desk, door):
    session, row, _by = party_at_the_door(nanjing)
    client = keep(staff(nanjing, "13800138020", role, name="何平"))
    told = client.get("/desk/").status_code, client.get(f"/desk/{session.code}/").status_code
    assert (told, ask(client, session, code=row.ticket).status_code) == ((desk, door), door)
    assert here(nanjing, session) == (2 if door == 200 else 0)


def test_the_door_of_a_draft_is_not_there(nanjing, keeper):
    session, _row, _by = party_at_the_door(nanjing)
    with inside(nanjing):
        Session.objects.filter(pk=session.pk).update(published_at=None)
    assert keep(keeper).get(f"/desk/{session.code}/").status_code == 404


# --- The list ------------------------------------------------------------------------------


def with_phone(network, number="13800138010"):
    mother = person(network, number, name="王芳")
    session = story_hour(network)
    row = sign_up(network, session, homes.home(network, mother), mother)
    other, by = family(network)
    sign_up(network, session, other, by)
    return opened(network, session), row


@pytest.mark.parametrize(
    ("who", "asked", "found"),
    [
        ("planner", "8010", 1),
        ("keeper", "8010", 0),
        ("planner", "8011", 0),
        ("planner", "", 2),
        ("keeper", "雨", 2),
        ("keeper", "没有", 0),
    ],
)
def test_a_family_is_found_by_name_and_by_the_end_of_its_number_where_that_is_seen(nanjing, request, who, asked, found):
    session, _row = with_phone(nanjing)
    person_asking = request.getfixturevalue(who)
    page = keep(person_asking).get(f"/desk/{session.code}/", {"q": asked})
    assert len(page.context["parties"]) == found


def test_a_family_of_the_list_is_let_in_and_goes_to_its_end(nanjing, keeper):
    session, row = with_phone(nanjing)
    client = keep(keeper)
    page = ask(client, session, registration=row.code, way="name")
    assert 'data-kind="good"' in text(page)
    assert page.context["parties"][-1].code == row.code
    with inside(nanjing):
        assert Scan.objects.get().way == "name"


def test_a_registration_of_another_session_is_not_chosen_from_this_list(nanjing, keeper):
    session, _row, _by = party_at_the_door(nanjing)
    with inside(nanjing):
        later = another(nanjing, session.activity)
    elsewhere = sign_up(nanjing, later, *family(nanjing))
    assert "查无此码" in text(ask(keep(keeper), session, card=True, registration=elsewhere.code))


# --- Ticks and additions -------------------------------------------------------------------


def test_a_tick_is_taken_away_and_set_again(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    scanned(nanjing, session, row, keeper)
    client, seat = keep(keeper), seats(nanjing, row)[0]
    page = text(
        client.post(f"/desk/{session.code}/seats/{seat.pk}/untick/", {"client_id": uuid4()}, headers={"X-Card": "1"})
    )
    assert ("已到 1/2 人" in page, "data-quiet" in page, here(nanjing, session)) == (True, True, 1)
    page = text(
        client.post(f"/desk/{session.code}/seats/{seat.pk}/tick/", {"client_id": uuid4()}, headers={"X-Card": "1"})
    )
    assert ("已到 2/2 人" in page, here(nanjing, session)) == (True, 2)
    with inside(nanjing):
        assert CheckIn.objects.get(seat=seat, undone_at__isnull=False).undone_by == keeper


def test_a_brother_and_a_grown_up_are_added_and_where_it_is_full_the_card_says_so(nanjing, keeper):
    session = story_hour(nanjing, places=2)
    household, by = family(nanjing, children=3)
    row = sign_up(nanjing, session, household, by)
    session = opened(nanjing, session)
    scanned(nanjing, session, row, keeper)
    client, address = keep(keeper), f"/desk/{session.code}/sign-ups/{row.code}/add/"
    second, third = homes.children_of(household)[1:]
    for child in (second.code, ""):
        assert client.post(address, {"client_id": uuid4(), "child": child}).status_code == 200
    assert here(nanjing, session) == 3
    page = text(client.post(address, {"client_id": uuid4(), "child": third.code}, headers={"X-Card": "1"}))
    assert ("door-no" in page, here(nanjing, session)) == (True, 3)
    stranger = homes.children_of(family(nanjing)[0])[0]
    assert client.post(address, {"client_id": uuid4(), "child": stranger.code}).status_code == 404


# --- Flat ----------------------------------------------------------------------------------


def counted(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_the_list_of_sessions_asks_the_same_for_one_and_for_four(nanjing, keeper):
    session, _row, _by = party_at_the_door(nanjing)
    client = keep(keeper)
    one = counted(client, "/desk/")
    for number in range(3):
        with inside(nanjing):
            more = another(nanjing, session.activity, later=timedelta(days=4 + number))
        sign_up(nanjing, more, *family(nanjing))
        opened(nanjing, more, starts_in=timedelta(minutes=number))
    assert (counted(client, "/desk/"), len(client.get("/desk/").context["lines"])) == (one, 4)


def test_a_door_asks_the_same_for_one_family_and_for_four(nanjing, keeper):
    session, _row, _by = party_at_the_door(nanjing)
    client, address = keep(keeper), f"/desk/{session.code}/"
    one = counted(client, address)
    far = opened(nanjing, session, starts_in=timedelta(days=3))
    for _more in range(3):
        sign_up(nanjing, far, *family(nanjing, children=2), children=2)
    opened(nanjing, session)
    assert (counted(client, address), len(client.get(address).context["parties"])) == (one, 4)


def test_inside_wechat_the_page_leads_to_the_phones_own_browser(nanjing, keeper):
    session, _row, _by = party_at_the_door(nanjing)
    page = keep(keeper).get(f"/desk/{session.code}/", headers={"User-Agent": "Mozilla/5.0 MicroMessenger/8.0"})
    assert ("请用系统浏览器打开" in text(page), "<door-camera" in text(page)) == (True, False)
