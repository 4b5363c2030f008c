"""What search engines find, and what they are kept out of."""

import re
from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from cms.models import Corner, HomePage
from networks.models import inside
from networks.rules import site_maps
from programmes.planning.models import Session
from programmes.planning.steps.sessions import publish_sessions
from tests.architecture.url_table import IN, ROWS
from tests.planning import plans
from venues.models import Venue

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2027, 5, 12, 2, 0, tzinfo=UTC)
HOST = "nanjing.test"
HOME = f"http://{HOST}"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def _on_a_wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


@pytest.fixture
def home(nanjing):
    with inside(nanjing):
        yield


def read(path, host=HOST):
    answer = Client(HTTP_HOST=host).get(path)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200, "application/xml; charset=utf-8", "public, max-age=3600",
    )  # fmt: skip
    return ET.fromstring(answer.content)  # noqa: S314 - of our own making


def files(host=HOST):
    return [one.text for one in read("/sitemap.xml", host).findall("s:sitemap/s:loc", NAMES)]


def listed(path, host=HOST):
    """Addresses with the day of their last change."""
    rows = read(path, host).findall("s:url", NAMES)
    return [(row.findtext("s:loc", None, NAMES), row.findtext("s:lastmod", None, NAMES)) for row in rows]


def public(*sessions, at=WEDNESDAY):
    with transaction.atomic():
        publish_sessions(sessions, by=None, at=at)
    return Session.objects.get(pk=sessions[0].pk)


@pytest.fixture
def seed(home):
    return plans.activity()


def test_the_map_names_a_file_for_each_section(home):
    plans.room()
    assert sorted(files()) == [f"{HOME}/sitemap-{key}-1.xml" for key in ("events", "pages", "venues")]


def test_sessions_that_come_and_those_of_the_last_months(seed):
    days = {"来": 10, "刚过": -170, "久过": -190}
    rows = {word: public(plans.session(WEDNESDAY + timedelta(days=n), activity=seed)) for word, n in days.items()}
    plans.session(WEDNESDAY + timedelta(days=1), activity=seed)
    gone = rows["刚过"]
    gone.called_off_at, gone.call_off_reason = WEDNESDAY + timedelta(hours=3), "停电"
    gone.save()
    assert listed("/sitemap-events-1.xml") == [
        (f"{HOME}/events/", None),
        (f"{HOME}/events/month/", None),
        (f"{HOME}/events/{rows['来'].code}/", "2027-05-12T02:00:00Z"),
        (f"{HOME}/events/{gone.code}/", "2027-05-12T05:00:00Z"),
    ]


def test_venues_that_readers_may_know_of(home):
    shown = plans.room().venue
    for name, values in (("内部书库", {"is_public": False}), ("旧馆", {"closed_at": WEDNESDAY, "close_reason": "拆"})):
        Venue.objects.filter(pk=plans.room(venue=name).venue_id).update(**values)
    assert listed("/sitemap-venues-1.xml") == [(f"{HOME}/venues/", None), (f"{HOME}/venues/{shown.slug}/", None)]


def test_pages_of_the_network_alone_under_the_host_that_was_asked(nanjing, shenzhen):
    page = HomePage.objects.get(network=nanjing)
    page.save_revision().publish()
    assert listed("/sitemap-pages-1.xml")[0] == (f"{HOME}/", "2027-05-12T02:00:00Z")
    made = ["", "stories/", "gallery/", "activities/", "programmes/", "brands/", "seasons/"]
    for host in (HOST, "shenzhen.test"):
        assert [one for one, _at in listed("/sitemap-pages-1.xml", host)] == [f"http://{host}/{path}" for path in made]
    with inside(nanjing):
        Corner.objects.all().delete()
    assert Client(HTTP_HOST=HOST).get("/sitemap-pages-1.xml").status_code == 404


def test_nothing_of_another_network(seed, nanjing, shenzhen):
    public(plans.session(WEDNESDAY + timedelta(days=1), activity=seed, room=plans.room()))
    for path in ("/sitemap-events-1.xml", "/sitemap-venues-1.xml"):
        assert len(listed(path)) > len(listed(path, "shenzhen.test"))
        assert {one.split("/")[2] for one, _at in listed(path, "shenzhen.test")} == {"shenzhen.test"}


def test_many_come_in_files_and_keep_their_place(seed, monkeypatch):
    monkeypatch.setattr(site_maps, "SIZE", 2)
    rows = [public(plans.session(WEDNESDAY + timedelta(days=9 - n), activity=seed)) for n in range(3)]
    assert files()[:2] != files()[:1]
    assert [one for one in files() if "events" in one] == [f"{HOME}/sitemap-events-{n}.xml" for n in (1, 2)]
    pages = [[address for address, _at in listed(f"/sitemap-events-{n}.xml")] for n in (1, 2)]
    addresses = [f"{HOME}/events/{row.code}/" for row in rows]
    assert pages == [[f"{HOME}/events/", f"{HOME}/events/month/", *addresses[:2]], addresses[2:]]


@pytest.mark.parametrize("path", ["/sitemap-events-2.xml", "/sitemap-events-0.xml", "/sitemap-staff-1.xml"])
def test_there_is_no_other_file(home, path):
    assert Client(HTTP_HOST=HOST).get(path).status_code == 404


def test_as_many_statements_for_one_as_for_four(seed, django_assert_num_queries):
    listed("/sitemap-events-1.xml")
    for more in (1, 3):
        for number in range(more):
            public(plans.session(WEDNESDAY + timedelta(days=more + number), activity=seed))
        for path, statements in (("/sitemap.xml", 9), ("/sitemap-events-1.xml", 5)):
            with django_assert_num_queries(statements):
                read(path)


def is_shut(path, rules):
    """As RFC 9309 has it, for rules that only keep out: how an address begins, a star being anything."""
    patterns = ("".join(".*" if letter == "*" else re.escape(letter) for letter in rule) for rule in rules)
    return any(re.match(pattern, path) for pattern in patterns)


def test_robots_are_led_to_the_map_and_kept_out_of_what_is_not_for_them(home):
    answer = Client(HTTP_HOST=HOST).get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    rules = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    assert (lines[0], lines[-1], rules) == ("User-agent: *", f"Sitemap: {HOME}/sitemap.xml", sorted(rules))
    open_to_all = ["/", "/events/", "/events/month/", "/events/k3j9x2ab/", "/venues/", "/venues/nj028/", "/events.ics"]
    shut = ["/me/", "/plan/", "/desk/", "/cms/", "/t/ABCD/", "/feeds/x.ics", "/here/", "/circles/x/", "/sign-in/",
            "/events/?age=4", "/events/month/?m=2027-05", "/events.ics?age=4", "/venues/?open=now", "/family/join/x/",
            "/events/k3j9x2ab/sign-up/"]  # fmt: skip
    assert [path for path in (*open_to_all, *shut) if is_shut(path, rules)] == shut
    # A reader that knows no stars keeps out of nothing that is for everybody.
    plain = RobotFileParser()
    plain.parse(lines)
    assert [path for path in open_to_all if not plain.can_fetch("Anybot", f"{HOME}{path}")] == []


def test_whatever_asks_for_a_sign_in_is_shut(home):
    lines = Client(HTTP_HOST=HOST).get("/robots.txt").content.decode().splitlines()
    rules = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    asking = [row.address for row in ROWS.values() if row.nobody == IN]
    assert len(asking) > 100
    assert [path for path in asking if not is_shut(path, rules)] == []


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/events/?age=4&page=2", "/events/"),
        ("/events/month/?m=2027-06&age=4", "/events/month/"),
        ("/venues/?open=now", "/venues/"),
    ],
)
def test_a_narrowed_list_names_the_whole_one(home, path, canonical):
    page = Client(HTTP_HOST=HOST).get(path).content.decode()
    assert f'<link rel="canonical" href="{HOME}{canonical}">' in page
