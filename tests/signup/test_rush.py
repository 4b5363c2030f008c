"""In the minute when sign-up opens: what many ask in the same moment is said from memory, and nothing of one of them to another."""

import re
import time
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from config.databases import trust_what_is_quiet
from networks.models import inside
from networks.queries import hosts
from networks.queries.hosts import network_of
from people.models import Household
from programmes.signup.models import Terms
from programmes.signup.views import no_room
from tests.browsers import browser, person
from tests.people import homes
from tests.signup.signing import family, sign_up, story_hour

pytestmark = pytest.mark.django_db


@pytest.fixture
def rush(settings, monkeypatch):
    """As in production; what this test keeps goes with it."""
    settings.RUSH_SECONDS = 1.0
    monkeypatch.setattr(no_room, "_said", no_room._Said())
    monkeypatch.setattr(hosts, "_known", {})


@pytest.fixture
def a_moment_later(monkeypatch):
    def later(seconds):
        moved = time.monotonic() + seconds
        monkeypatch.setattr(time, "monotonic", lambda: moved)

    return later


@pytest.fixture
def late(nanjing):
    """A full session, and two mothers who press too late, each with her own family."""
    session = story_hour(nanjing, places=1)
    sign_up(nanjing, session, *family(nanjing))
    mothers = [person(nanjing, f"1380013802{number}", name="王芳") for number in range(2)]
    return session, [Late(browser(mother), homes.home(nanjing, mother)) for mother in mothers]


@dataclass
class Late:
    client: Client
    home: Household
    child: str = ""

    def __post_init__(self):
        self.child = homes.children_of(self.home)[0].code


def pressed(session, one):
    form = {"household": one.home.code, "children": [one.child], "adults": 0, "request_key": uuid4()}
    answer = one.client.post(f"/events/{session.code}/sign-up/", form)
    return answer, dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', answer.content.decode()))


def test_all_who_are_too_late_read_one_page_each_with_her_own_form(late, rush, django_assert_num_queries):
    session, mothers = late
    (first, of_first), (second, of_second) = (pressed(session, mother) for mother in mothers)
    assert (first.status_code, second.status_code) == (422, 422)
    assert [sent["household"] for sent in (of_first, of_second)] == [one.home.code for one in mothers]
    assert of_first["csrfmiddlewaretoken"] != of_second["csrfmiddlewaretoken"]
    values = {value for name, value in of_first.items() if name not in {"next", "adults"}}
    assert [value for value in values if value in second.content.decode()] == []
    # The session, the person and what is known of the party; a test's own transaction is told its network, and that it has left.
    with django_assert_num_queries(5):
        pressed(session, mothers[0])


def test_a_moment_later_it_is_said_anew(late, rush, nanjing, a_moment_later):
    session, mothers = late
    assert 'name="waits"' in pressed(session, mothers[0])[0].content.decode()
    with inside(nanjing):
        Terms.objects.update(waits=False)
    assert 'name="waits"' in pressed(session, mothers[1])[0].content.decode()
    a_moment_later(1.1)
    assert 'name="waits"' not in pressed(session, mothers[1])[0].content.decode()


def test_large_type_and_another_citys_session_have_pages_of_their_own(late, rush, nanjing, settings):
    session, mothers = late
    pressed(session, mothers[0])
    mothers[1].client.cookies[settings.LARGE_TYPE_COOKIE_NAME] = "large"
    assert 'data-type="large"' in pressed(session, mothers[1])[0].content.decode()
    assert 'data-type="large"' not in pressed(session, mothers[0])[0].content.decode()


def test_what_is_kept_is_bounded(rush, monkeypatch):
    monkeypatch.setattr(no_room, "MOST_PAGES", 3)
    for number in range(5):
        no_room._said.keep((1, str(number), "zh-hans", False), "x")
    assert [key[1] for key in no_room._said.pages] == ["2", "3", "4"]


def test_a_host_is_believed_for_a_moment_and_each_request_has_a_network_of_its_own(
    nanjing, rush, a_moment_later, django_assert_num_queries
):
    first = network_of("nanjing.test")
    with django_assert_num_queries(0):
        second = network_of("nanjing.test")
    first.rules["tried"] = True
    assert (second == first, second is first, "tried" in second.rules) == (True, False, False)
    type(first).objects.update(tagline="新")
    a_moment_later(1.1)
    assert network_of("nanjing.test").tagline == "新"


def test_a_host_of_nobody_is_asked_for_each_time(nanjing, rush):
    assert network_of("nowhere.test") is None
    assert "nowhere.test" not in hosts._known


def test_a_quiet_connection_is_trusted_and_one_on_which_the_server_spoke_is_not(nanjing):
    connection.health_check_done = False
    trust_what_is_quiet()
    assert connection.health_check_done is True
    connection.health_check_done = False
    connection.connection.pgconn.send_query(b"SELECT 1")  # an answer lies on the line
    over = time.monotonic() + 3
    while time.monotonic() < over:
        trust_what_is_quiet()
        if not connection.health_check_done:
            break
        connection.health_check_done = False
    assert connection.health_check_done is False
    while connection.connection.pgconn.get_result() is not None:
        pass
