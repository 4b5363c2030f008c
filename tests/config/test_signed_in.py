"""Who is signed in is what the session says; the row that is read along only saves a statement."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings

from networks.models import inside
from people.models import Person
from tests.browsers import browser, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


def listed(client, who):
    """As allauth lists a session when somebody signs in."""
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    UserSession.objects.update_or_create(session_key=key, defaults={"user": who, "ip": "127.0.0.1"})


def name_on(client):
    answer = client.get("/me/")
    return answer.status_code, answer.context["user"].name if answer.context else ""


def test_whoever_is_listed_is_read_with_the_session(mother):
    client = browser(mother)
    listed(client, mother)
    assert name_on(client) == (200, "王芳")


def test_a_session_that_is_not_listed_is_good_too(mother):
    client = browser(mother)
    UserSession.objects.all().delete()
    assert name_on(client) == (200, "王芳")


def test_a_list_that_names_somebody_else_changes_nothing(nanjing, mother):
    client = browser(mother)
    listed(client, person(nanjing, "13800138011", name="李桂英"))
    assert name_on(client) == (200, "王芳")


def test_whoever_may_no_longer_sign_in_is_out_at_once(nanjing, mother):
    client = browser(mother)
    listed(client, mother)
    with inside(nanjing):
        Person.objects.filter(pk=mother.pk).update(is_active=False)
    assert client.get("/me/").status_code == 302


def test_a_changed_password_ends_the_session(nanjing, mother):
    client = browser(mother)
    listed(client, mother)
    with inside(nanjing):
        Person.objects.filter(pk=mother.pk).update(password="!another")
    assert client.get("/me/").status_code == 302


def test_an_answer_that_only_points_on_carries_no_policy(nanjing, mother):
    client = browser(mother)
    assert "Content-Security-Policy" in client.get("/me/").headers
    client.cookies.clear()
    away = client.get("/me/")
    assert (away.status_code, "Content-Security-Policy" in away.headers) == (302, False)
