"""Every URL × owner, colleague, stranger network, anonymous. A URL without a row in the table fails."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.url_table import IN, ROWS, Row
from tests.architecture.url_world import SECRET, World, make_world
from tests.cast import Cast

PREFIXES = ("cms/", "^cms/", "documents/", "_util/login/", "_util/authenticate_with_password/")


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        outside = next((known for known in PREFIXES if route.startswith(known)), None)
        if outside is not None:
            yield outside.lstrip("^")
        elif isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def test_every_url_has_a_row_and_every_row_a_url() -> None:
    assert sorted(set(routes(get_resolver().url_patterns))) == sorted(ROWS)


@pytest.fixture
def world(nanjing_cast: Cast, shenzhen_cast: Cast, operator_cast: Cast) -> World:
    return make_world(nanjing_cast, shenzhen_cast, operator_cast)


def asked(browser: Client, row: Row, address: str, world: World) -> HttpResponseBase:
    """What it writes is undone, so that every visitor finds the same rows."""
    point = transaction.savepoint()
    try:
        response: HttpResponseBase = getattr(browser, row.method)(address, world.data(row))
        if response.streaming:
            # Read to its end: only then is the file closed.
            list(response.streaming_content)  # type: ignore[attr-defined]
        return response
    finally:
        transaction.savepoint_rollback(point)


def answer_of(response: HttpResponseBase) -> int | str:
    if response.status_code == 302 and response["Location"].startswith("/sign-in/?next="):
        return IN
    return response.status_code


# Where the owner reads what nobody else may, so that the search for leaks is known to find something.
SHOWING = {
    "me/",
    "me/second-factor/passkeys/",
    "plan/deliveries/",
    "plan/devices/",
    "plan/facts/",
    "plan/jobs/<slug:code>/",
    "plan/settings/privacy/<slug:kind>/",
    "plan/settings/privacy/<slug:kind>/draft/",
    "plan/venues/",
    "plan/venues/<slug:slug>/",
    "plan/closures/",
}


@pytest.mark.django_db
@pytest.mark.parametrize("visitor", ["nobody", "reader", "owner", "colleague", "stranger"])
def test_each_visitor_is_answered_as_the_table_says_and_strangers_read_nothing(visitor: str, world: World) -> None:
    answers, showing = {}, set()
    for route, row in ROWS.items():
        browser, address = world.visit(row, visitor)
        answer = asked(browser, row, address, world)
        answers[route] = answer_of(answer)
        if not answer.streaming and SECRET in answer.content.decode(errors="replace"):
            showing.add(route)
    assert answers == {route: getattr(row, visitor) for route, row in ROWS.items()}
    if visitor == "owner":
        assert showing >= SHOWING
    elif visitor == "stranger":
        assert showing == set()


@pytest.mark.django_db
def test_a_session_of_one_host_is_nobody_at_another(world: World) -> None:
    at_home = world.nanjing.client("admin")
    assert at_home.get("/plan/settings/").status_code == 200
    elsewhere = Client(HTTP_HOST=world.shenzhen.host)
    elsewhere.cookies = at_home.cookies
    answer = elsewhere.get("/plan/settings/")
    assert (answer.status_code, answer["Location"][:10]) == (302, "/sign-in/?")
