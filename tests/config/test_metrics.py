import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def lines(text: str) -> dict[str, float]:
    return {name: float(value) for name, value in re.findall(r"^(siji_\S+(?:\{.*\})?) (\S+)$", text, re.MULTILINE)}


def test_requests_are_counted_by_route_and_never_by_address(nanjing):
    Client(HTTP_HOST="nanjing.test").get("/privacy/secret-word/")
    text = Client().get("/metrics").content.decode()
    assert "secret-word" not in text
    counted = [name for name in lines(text) if 'route="/privacy/<slug:kind>/"' in name and 'status="404"' in name]
    assert len(counted) == 1


def test_the_queue_is_told(nanjing):
    told = lines(Client().get("/metrics").content.decode())
    assert {name for name in told if "{" not in name} == {
        "siji_facts_waiting",
        "siji_facts_due",
        "siji_facts_in_hand",
        "siji_facts_set_aside",
        "siji_oldest_due_fact_seconds",
        "siji_relay_processes",
    }


def test_buckets_grow_and_end_at_the_count(nanjing):
    Client(HTTP_HOST="nanjing.test").get("/privacy/privacy/")
    text = Client().get("/metrics").content.decode()
    buckets = [float(n) for n in re.findall(r'_bucket\{[^}]*route="/privacy/<slug:kind>/"[^}]*\} (\S+)', text)]
    assert buckets == sorted(buckets)
    assert buckets[-1] >= 1


@pytest.mark.parametrize(("given", "status"), [("", 404), ("Bearer wrong", 404), ("Bearer right", 200)])
def test_in_production_only_who_knows_the_token(settings, given, status):
    settings.IS_PRODUCTION = True
    settings.METRICS_TOKEN = "right"
    assert Client().get("/metrics", HTTP_AUTHORIZATION=given).status_code == status


def test_without_a_token_production_has_no_metrics(settings):
    settings.IS_PRODUCTION = True
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", HTTP_AUTHORIZATION="Bearer ").status_code == 404
