"""Browsers of the cast, and what the relay would send them."""

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from networks.models import Fact, inside
from networks.registers import HandedFact, listeners
from notifications.models import ShownMessage
from people.models import Person
from people.queries.persons import person_with_phone


@pytest.fixture
def at_nanjing(nanjing) -> Client:
    return Client(HTTP_HOST="nanjing.test")


@pytest.fixture
def at_shenzhen(shenzhen) -> Client:
    return Client(HTTP_HOST="shenzhen.test")


@pytest.fixture
def home(nanjing) -> Iterator[None]:
    """The test's own reads and writes happen in Nanjing."""
    with inside(nanjing):
        yield


def relay(network: Any) -> None:
    """Hands over what waits, as the relay does, without its processes; also what that brings forth."""
    with inside(network):
        while fact := Fact.objects.filter(state="waiting").order_by("pk").first():
            Fact.objects.filter(pk=fact.pk).update(state="done", settled_at=fact.due_at)
            with transaction.atomic() if not fact.is_outside else nullcontext():
                listeners[fact.listener].function(
                    HandedFact(
                        id=fact.pk,
                        kind=fact.kind,
                        payload=fact.payload,
                        network=network,
                        lane=fact.lane,
                        dedupe_key=fact.dedupe_key,
                        posted_at=fact.posted_at,
                        attempt=1,
                    )
                )


def newest_code(network: Any) -> str:
    relay(network)
    with inside(network):
        message = ShownMessage.objects.filter(channel="sms").exclude(code="").order_by("-pk").first()
    return message.code if message else ""


def token(answer: Any) -> str:
    return re.search(r'name="sent" value="([0-9A-Z]*)"', answer.content.decode()).group(1)


def person_of(network: Any, phone: str) -> Person | None:
    with inside(network):
        return person_with_phone(phone, network=network)


@pytest.fixture
def sign_in() -> Callable[..., Client]:
    """sign_in(network, "13800138000") types the number and the code, as people do."""

    def run(network: Any, phone: str, *, client: Client | None = None, host: str = "") -> Client:
        client = client or Client(HTTP_HOST=host or f"{network.code}.test")
        asked = client.post("/sign-in/", {"phone": phone})
        assert asked.status_code == 302, asked.content.decode()
        page = client.get("/sign-in/code/")
        answer = client.post("/sign-in/code/", {"code": newest_code(network), "sent": token(page)})
        assert answer.status_code == 303, answer.content.decode()
        return client

    return run
