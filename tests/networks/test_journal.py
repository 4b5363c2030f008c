"""A line of the journal tells who did what, never what somebody's personal data was, and stays as written."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from networks.models import Fact, JournalLine, OpeningStep, inside
from networks.steps.journal import note

pytestmark = pytest.mark.django_db


def reader():
    """A row of any model that has personal fields."""
    row = OpeningStep(pk=5)
    row.personal_fields = frozenset({"name", "phone"})
    return row


def test_values_of_personal_fields_are_dropped_and_their_names_kept(nanjing):
    with inside(nanjing), transaction.atomic():
        line = note(
            "people.changed",
            subject=reader(),
            actor=7,
            changed=["phone"],
            values={"name": ["王小明", "王晓明"], "joined_at": [None, datetime(2027, 5, 16, tzinfo=UTC)]},
            reason="本人要求",
        )
        line.refresh_from_db()
    assert (line.network, line.actor_id, line.verb, line.subject_id, line.reason) == (
        nanjing,
        7,
        "people.changed",
        5,
        "本人要求",
    )
    assert line.changed == ["joined_at", "name", "phone"]
    assert line.values == {"joined_at": [None, "2027-05-16T00:00:00Z"]}


def test_a_model_that_does_not_say_what_is_personal_has_no_values_noted(nanjing):
    with inside(nanjing), transaction.atomic():
        with pytest.raises(TypeError, match="Fact has to declare personal_fields"):
            note("networks.fact_dropped", subject=Fact(pk=1), values={"kind": ["甲", "乙"]})
        note("networks.fact_dropped", subject=Fact(pk=1), changed=["kind"])


@pytest.mark.parametrize(
    "change",
    ["UPDATE networks_journalline SET verb = 'x'", "DELETE FROM networks_journalline"],
    ids=["change", "delete"],
)
def test_the_web_role_can_neither_change_nor_delete_a_line(nanjing, change):
    with inside(nanjing), transaction.atomic():
        note("networks.seen", subject=nanjing)
        before = JournalLine.objects.count()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(change)
    with inside(nanjing):
        assert JournalLine.objects.count() == before
    assert connection.settings_dict["USER"] == settings.DATABASE_WEB_ROLE
