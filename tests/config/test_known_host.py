"""The proxy asks for which hosts it may fetch a certificate."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("domain", ["nanjing.test", "Nanjing.Test", "nanjing.test."])
def test_a_host_of_a_network_is_known(nanjing, domain):
    answer = Client(HTTP_HOST="web-a:8000").get("/known-host", {"domain": domain})
    assert (answer.status_code, answer.content) == (200, b"known\n")


@pytest.mark.parametrize("domain", ["", "evil.test", "nanjing.test:8000", "nanjing.test\x00", "a" * 300, "南京.test"])
def test_any_other_host_is_not(nanjing, domain):
    answer = Client(HTTP_HOST="nanjing.test").get("/known-host", {"domain": domain})
    assert (answer.status_code, answer.content) == (404, b"unknown\n")
