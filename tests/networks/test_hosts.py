"""The host name decides the network, and nothing else does."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["nanjing.test", "NANJING.test", "nanjing.test:8000", "nanjing.test."])
def test_a_known_host_in_any_spelling_is_its_network(nanjing, host):
    answer = Client(HTTP_HOST=host).get("/privacy/nothing/")
    assert answer.wsgi_request.network == nanjing


@pytest.mark.parametrize(
    "host",
    [
        "",
        "unknown.test",
        "nanjing.test.evil.example",
        "evil.example@nanjing.test.x",
        "nanjing.test,evil",
        "[::1]",
        "127.1",
        "a" * 300,
        "nan\tjing.test",
        "南京.test",
    ],
)
def test_any_other_host_is_nobody(nanjing, host):
    answer = Client(HTTP_HOST=host).get("/")
    assert answer.status_code == 404
    assert not hasattr(answer.wsgi_request, "network")
    assert answer.cookies == {}
    assert "阅美四季" not in answer.content.decode()


def test_forwarded_hosts_are_not_believed(nanjing, shenzhen):
    answer = Client(HTTP_HOST="nanjing.test", HTTP_X_FORWARDED_HOST="shenzhen.test").get("/privacy/nothing/")
    assert answer.wsgi_request.network == nanjing


def test_health_needs_no_host(db):
    for path, text in (("/healthz", b"ok\n"), ("/readyz", b"ready\n")):
        answer = Client(HTTP_HOST="10.1.2.3").get(path)
        assert (answer.status_code, answer.content) == (200, text)
