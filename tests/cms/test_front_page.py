"""Each library's front page, made with the library."""

import pytest
from django.test import Client
from wagtail.models import Page, Site

from cms.models import Corner, HomePage, columns
from networks.commands.open_network import open_network
from networks.models import Area, inside
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_library_opens_with_a_page_of_its_own(nanjing, shenzhen):
    for host, library, district in (
        ("nanjing.test", "金陵图书馆", "江北新区"),
        ("shenzhen.test", "深圳图书馆", "南山区"),
    ):
        answer = Client(HTTP_HOST=host).get("/")
        page = answer.content.decode()
        assert (answer.status_code, library in page, district in page) == (200, True, True)
    assert "金陵" not in page


def test_the_port_does_not_matter(nanjing, shenzhen):
    assert "金陵图书馆" in Client(HTTP_HOST="nanjing.test:8123").get("/").content.decode()


def test_a_network_without_a_corner_has_no_page(nanjing, db):
    with inside(nanjing):
        Corner.objects.all().delete()
    assert Client(HTTP_HOST="nanjing.test").get("/").status_code == 404


def test_opening_twice_changes_nothing_and_keeps_what_editors_wrote(nanjing):
    HomePage.objects.filter(network=nanjing).update(line="秋天，去读书")
    open_network(cast.NANJING)
    assert list(HomePage.objects.values_list("network__code", "line")) == [("nanjing", "秋天，去读书")]
    assert Site.objects.count() == Page.objects.filter(depth=2).count() == 1
    with inside(nanjing):
        assert Corner.objects.count() == 1


def test_wagtails_welcome_is_gone(db):
    assert (Site.objects.count(), Page.objects.filter(depth=2).count()) == (0, 0)
    assert Page.objects.get(depth=1).numchild == 0


def test_the_page_costs_the_same_for_many_districts(nanjing, django_assert_num_queries):
    Client(HTTP_HOST="nanjing.test").get("/")
    for more in (0, 4):
        with inside(nanjing):
            root = Area.objects.get(parent=None)
            for number in range(more):
                Area.objects.create(parent=root, kind="district", name=f"新{number}区")
        with django_assert_num_queries(12):
            assert Client(HTTP_HOST="nanjing.test").get("/").status_code == 200


def test_the_page_asks_nobody_who_they_are(nanjing):
    answer = Client(HTTP_HOST="nanjing.test").get("/")
    assert answer.cookies == {}
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_the_policy_stays_strict_on_public_pages(nanjing):
    policy = Client(HTTP_HOST="nanjing.test").get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("line", "set_as"),
    [
        ("一座城，四季有书声", ["一座城，", "四季有书声"]),
        ("读书", ["读书"]),
        ("春、夏、秋、冬", ["春、", "夏、", "秋、", "冬"]),
    ],
)
def test_a_line_is_set_in_columns(line, set_as):
    assert columns(line) == set_as
