"""The operator gives and ends roles by command."""

import io

import pytest
from django.core.management import CommandError, call_command

from networks.models import JournalLine, inside
from people.choices import Role
from people.models import Grant, Person
from people.queries.persons import person_with_phone
from people.queries.rights import rights_of

pytestmark = pytest.mark.django_db
PHONE = "+8613800138021"


def give(*words: str) -> str:
    out = io.StringIO()
    call_command("give_role", *words, stdout=out)
    return out.getvalue()


def holder(network) -> Person:
    with inside(network):
        return person_with_phone(PHONE, network=network)


def test_a_person_who_is_new_is_entered_with_the_role_and_a_line_in_the_journal(nanjing):
    said = give("nanjing", "keeper", "138 0013 8021", "--name", "陈静", "--area", "鼓楼区")
    assert said == "陈静 · 馆点管理员 · 鼓楼区\n"
    person = holder(nanjing)
    with inside(nanjing):
        assert rights_of(person).roles == {Role.KEEPER}
        line = JournalLine.objects.get(verb="people.role_given")
        assert (line.actor_id, line.subject_id, line.values["role"]) == (None, person.pk, ["keeper"])


def test_giving_twice_changes_nothing_and_without_an_area_it_is_the_whole_city(nanjing):
    for _twice in range(2):
        assert give("nanjing", "planner", PHONE, "--name", "林晓梅") == "林晓梅 · 策划 · 南京市\n"
    with inside(nanjing):
        assert Grant.objects.filter(person=holder(nanjing)).count() == 1


def test_another_network_learns_nothing_of_it(nanjing, shenzhen):
    give("nanjing", "planner", PHONE)
    assert holder(shenzhen) is None


def test_an_ended_role_opens_nothing_more(nanjing):
    give("nanjing", "planner", PHONE)
    call_command("end_role", "nanjing", "planner", PHONE, stdout=io.StringIO())
    with inside(nanjing):
        assert not rights_of(holder(nanjing))
        assert JournalLine.objects.filter(verb="people.role_ended").count() == 1


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("nowhere", "planner", PHONE), id="no-such-network"),
        pytest.param(("nanjing", "sultan", PHONE), id="no-such-role"),
        pytest.param(("nanjing", "planner", "12345"), id="no-number"),
        pytest.param(("nanjing", "planner", PHONE, "--area", "南山区"), id="an-area-of-another-city"),
        pytest.param(("nanjing", "operator", PHONE), id="an-operator-in-a-library"),
    ],
)
def test_what_cannot_be_given_is_refused_and_nobody_is_entered(nanjing, shenzhen, words):
    with pytest.raises(CommandError):
        give(*words)
    assert holder(nanjing) is None


@pytest.mark.parametrize(
    "words", [("nanjing", "planner", "--area", "鼓楼区"), ("nanjing", "editor"), ("nowhere", "editor")]
)
def test_only_a_role_that_is_held_there_is_ended(nanjing, words):
    give("nanjing", "planner", PHONE)
    with pytest.raises(CommandError):
        call_command("end_role", *words[:2], PHONE, *words[2:], stdout=io.StringIO())
    with inside(nanjing):
        assert rights_of(holder(nanjing)).roles == {Role.PLANNER}
