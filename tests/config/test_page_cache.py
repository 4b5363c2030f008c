"""Anonymous pages come from memory, and never somebody else's."""

import pytest
from django.conf import settings as now
from django.test import Client

from cms.models import HomePage
from config import page_cache
from kit import clock, kept_pages
from networks.commands.change_network import change_network
from networks.models import inside
from people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def a_second_later(monkeypatch):
    """The next glance at the generation number, without the wait."""

    def pass_by(seconds=1.0):
        moved = page_cache.time.monotonic() + seconds
        monkeypatch.setattr(page_cache.time, "monotonic", lambda: moved)

    return pass_by


def told(answer):
    """Its headers, but for the number of the request."""
    return {name: value for name, value in answer.items() if name not in {"Content-Length", "X-Reference"}}


def changed(nanjing, line):
    HomePage.objects.filter(network=nanjing).update(line=line)


def test_the_second_reader_costs_no_statement(nanjing, django_assert_num_queries):
    client = Client(HTTP_HOST="nanjing.test")
    first = client.get("/")
    with django_assert_num_queries(0):
        second = client.get("/")
    assert second.content == first.content
    assert told(second) == told(first)


def test_what_is_published_is_seen_within_a_second(nanjing, editor_of, a_second_later):
    reader = Client(HTTP_HOST="nanjing.test")
    reader.get("/")
    home = HomePage.objects.get(network=nanjing)
    home.line = "雨天，正好读书"
    home.save_revision().publish()
    a_second_later()
    assert "正好读书" in reader.get("/").content.decode()


def test_what_a_library_changes_of_itself_is_seen_within_a_second(nanjing, a_second_later):
    reader = Client(HTTP_HOST="nanjing.test")
    reader.get("/")
    with inside(nanjing):
        actor = Person.objects.create(name="许文静")
        change_network(network=nanjing, values={"tagline": "春种一粒字"}, actor=actor.pk)
    a_second_later()
    assert "春种一粒字" in reader.get("/").content.decode()


def test_without_a_word_it_is_forgotten_after_a_minute(nanjing, a_second_later):
    reader = Client(HTTP_HOST="nanjing.test")
    reader.get("/")
    changed(nanjing, "雪夜，围炉读书")
    assert "围炉" not in reader.get("/").content.decode()
    a_second_later(61)
    assert "围炉" in reader.get("/").content.decode()


def test_a_page_begun_before_a_change_is_not_kept():
    shelf = page_cache.Shelf()
    key = ("nanjing.test", "/", False, False, "")
    kept = page_cache.Kept(b"old", (), until=1000.0)
    assert shelf.find(key, at=0.0) is None
    begun = shelf.generation
    kept_pages.forget()
    assert shelf.find(key, at=1.5) is None
    shelf.put(key, kept, made_in=begun)
    assert shelf.find(key, at=2.0) is None


def test_each_type_size_and_each_host_has_its_own(nanjing, shenzhen):
    client = Client(HTTP_HOST="nanjing.test")
    ordinary = client.get("/").content
    client.cookies[now.LARGE_TYPE_COOKIE_NAME] = "large"
    assert b'data-type="large"' not in ordinary
    assert b'data-type="large"' in client.get("/").content
    del client.cookies[now.LARGE_TYPE_COOKIE_NAME]
    assert client.get("/").content == ordinary
    assert "深圳图书馆" in client.get("/", headers={"host": "shenzhen.test"}).content.decode()


@pytest.mark.parametrize("cookie", [now.SESSION_COOKIE_NAME, "messages"])
def test_whoever_has_something_of_her_own_is_not_served_from_memory(nanjing, cookie):
    client = Client(HTTP_HOST="nanjing.test")
    client.get("/")
    changed(nanjing, "给您，一个人的页面")
    client.cookies[cookie] = "x"
    assert "一个人" in client.get("/").content.decode()
    del client.cookies[cookie]
    assert "一个人" not in client.get("/").content.decode()


def test_what_a_signed_in_reader_sees_is_not_kept(nanjing):
    client = Client(HTTP_HOST="nanjing.test")
    with inside(nanjing):
        client.force_login(Person.objects.create(name="王芳", joined_at=clock.now()))
    assert 'href="/sign-in/"' not in client.get("/").content.decode()
    with inside(nanjing):
        client.logout()
    assert 'href="/sign-in/"' in client.get("/").content.decode()


@pytest.mark.parametrize("path", ["/sign-in/", "/nowhere/", "/dev/gallery/", "/?a=1"])
def test_other_pages_are_made_anew(nanjing, path, django_assert_max_num_queries):
    client = Client(HTTP_HOST="nanjing.test")
    client.get(path)
    with django_assert_max_num_queries(40) as asked:
        client.get(path)
    assert len(asked) > 0


def test_memory_is_bounded():
    shelf = page_cache.Shelf()
    kept = page_cache.Kept(b"", (), until=1000.0)
    for number in range(page_cache.MOST_PAGES + 5):
        shelf.put((f"{number}.test", "/", False, False, ""), kept, made_in=0)
    assert len(shelf.pages) == page_cache.MOST_PAGES
    assert shelf.find(("0.test", "/", False, False, ""), at=0.0) is None
