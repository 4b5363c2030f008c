"""A word about what was done is shown once, with its way back."""

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.test import RequestFactory

from kit.toasts import Toast, Undo, take, toast


@pytest.fixture
def request_of_a_member(rf: RequestFactory, settings):
    request = rf.get("/plan/")
    request.session = SessionStore()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    return request


def test_it_is_shown_once(request_of_a_member):
    undo = Undo("/plan/venues/undo/", {"id": "3"})
    toast(request_of_a_member, "已暂停 3 个馆点。", undo=undo)
    toast(request_of_a_member, "慢一点。", kind="warn")
    assert take(request_of_a_member) == [Toast("已暂停 3 个馆点。", undo=undo), Toast("慢一点。", "warn")]
    assert take(request_of_a_member) == []


def test_only_the_newest_are_kept(request_of_a_member):
    for number in range(9):
        toast(request_of_a_member, str(number))
    assert [one.text for one in take(request_of_a_member)] == ["4", "5", "6", "7", "8"]


def test_a_browser_without_a_session_is_not_asked_for_one(rf):
    request = rf.get("/")
    request.session = SessionStore()
    assert take(request) == []
    assert not request.session.accessed
