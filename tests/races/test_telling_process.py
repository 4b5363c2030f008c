"""Five hundred messages, and the relay killed in the middle of them: everybody is told everything, and nothing twice."""

from collections import Counter

import pytest
from django.db import transaction

from networks.models import inside
from networks.steps.outbox import post_each
from notifications.models import Message
from people import messages as facts
from tests.browsers import person
from tests.networks import probe_work
from tests.networks.facts import facts as rows
from tests.networks.processes import processes, until

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
PEOPLE, EACH = 20, 25


@pytest.fixture
def start(tmp_path, monkeypatch):
    monkeypatch.setenv("PROBE_FILE", str(tmp_path / "probe.txt"))
    with probe_work.registered(), processes(tmp_path) as start:
        yield start


def test_killed_in_the_middle_of_five_hundred_everybody_is_told_once(nanjing, start):
    numbers = [person(nanjing, f"137001370{number:02}").pk for number in range(PEOPLE)]
    with inside(nanjing), transaction.atomic():
        post_each(
            facts.NUMBER_TAKEN_OVER,
            lines=[({"person": number}, f"{number}:{count}") for count in range(EACH) for number in numbers],
        )
    relay = start("relay")
    until(lambda: told(nanjing) >= PEOPLE * EACH // 5)
    relay.kill()
    assert told(nanjing) < PEOPLE * EACH
    start("relay")
    until(lambda: {row.state for row in rows()} == {"done"})
    with inside(nanjing):
        found = Counter(Message.objects.values_list("person_id", flat=True))
        keys = Message.objects.values("person_id", "dedupe_key").distinct().count()
    assert found == dict.fromkeys(numbers, EACH)
    assert keys == PEOPLE * EACH


def told(network):
    with inside(network):
        return Message.objects.count()
