"""Rows of several tables by one statement, statements planned once, and rows read by hand."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django_scopes.exceptions import ScopeError

from kit.prepared import asked
from kit.rows import columns, made
from kit.together import written_if
from networks.models import Area, Fact, JournalLine, Network, inside
from networks.queries.rows import own_row
from people.models import Person

TAKE = "UPDATE networks_network SET tagline = %s WHERE id = %s AND tagline <> %s RETURNING 1"
HARD = '㛃䶮𬭎 "引号" \\ 换\n行 😀 {1,2} NULL'


def rows(network, *, name=HARD):
    last = Person.objects.create(name="林晓梅").pk
    person = Person(pk=last + 1_000, name=name, phone_index=b"\x00\\x01" + b"7" * 27)
    person.phone_sealed = "sealed"
    at = datetime(2027, 5, 16, 2, 3, 4, 567_891, tzinfo=UTC)
    line = JournalLine(verb="kit.tried", subject_kind="people.person", values={"a": [1, None, HARD]}, at=at)
    facts = [Fact(kind="kit.tried", listener=one, payload={"of": HARD}, dedupe_key=one, lease=None) for one in "ab"]
    return [person, line, *facts]


@pytest.mark.django_db
class TestTogether:
    def test_where_the_condition_holds_all_are_there_to_the_letter(self, nanjing):
        with inside(nanjing):
            assert written_if(TAKE, ["新", nanjing.pk, "新"], rows(nanjing)) is True
            person, line = Person.objects.get(name=HARD), JournalLine.objects.get(verb="kit.tried")
            assert bytes(person.phone_index) == b"\x00\\x01" + b"7" * 27
            assert (line.values, line.at.microsecond, line.network_id) == ({"a": [1, None, HARD]}, 567_891, nanjing.pk)
            assert list(
                Fact.objects.filter(kind="kit.tried").order_by("listener").values_list("listener", "payload")
            ) == [
                ("a", {"of": HARD}),
                ("b", {"of": HARD}),
            ]
        assert Network.objects.get(pk=nanjing.pk).tagline == "新"

    def test_where_it_does_not_nothing_is(self, nanjing):
        with inside(nanjing):
            assert written_if(TAKE, ["新", nanjing.pk, nanjing.tagline], rows(nanjing)) is False
            assert not JournalLine.objects.filter(verb="kit.tried").exists()

    def test_a_row_that_is_refused_undoes_the_rest(self, nanjing):
        with inside(nanjing):
            too_long = rows(nanjing, name="长" * 41)
            with pytest.raises(Exception, match="too long"):
                written_if(TAKE, ["新", nanjing.pk, "新"], too_long)
            assert not JournalLine.objects.filter(verb="kit.tried").exists()
        assert Network.objects.get(pk=nanjing.pk).tagline != "新"

    def test_a_constraint_is_told_as_such(self, nanjing):
        with inside(nanjing):
            *_others, first, second = rows(nanjing)
            second.listener = first.listener
            second.dedupe_key = first.dedupe_key
            with pytest.raises(IntegrityError, match="one_fact_per_listener_and_dedupe_key"):
                written_if(TAKE, ["新", nanjing.pk, "新"], [first, second])


@pytest.mark.django_db(transaction=True)
def test_it_is_a_command_of_its_own(nanjing):
    line = JournalLine(verb="kit.tried", subject_kind="networks.network", network=nanjing)
    with inside(nanjing), transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        written_if(TAKE, ["新", nanjing.pk, "新"], [line])


@pytest.mark.django_db(transaction=True)
def test_a_statement_is_planned_once_for_each_connection(nanjing, django_assert_num_queries):
    sql = f"SELECT %(one)s::int + %(two)s::int, %(one)s::text, '{uuid4()}'"
    with inside(nanjing):
        with django_assert_num_queries(2):
            assert asked(sql, {"one": 1, "two": 2})[:2] == (3, "1")
        with django_assert_num_queries(1):
            assert asked(sql, {"one": 2, "two": 2})[:2] == (4, "2")
        connection.close()
        connection.ensure_connection()
        with django_assert_num_queries(2):
            assert asked(sql, {"one": 3, "two": 2})[:2] == (5, "3")


@pytest.mark.django_db(transaction=True)
def test_a_connection_hears_of_a_network_only_where_it_is_another(nanjing, shenzhen, django_assert_num_queries):
    def told():
        return asked("SELECT current_setting('siji.network', true)", [])[0]

    def visit(network):
        with inside(network):
            return told()

    visit(nanjing)
    with django_assert_num_queries(1):
        assert visit(nanjing) == str(nanjing.pk)
    with django_assert_num_queries(2):
        assert visit(shenzhen) == str(shenzhen.pk)
    assert told() == ""
    assert visit(shenzhen) == str(shenzhen.pk)


@pytest.mark.django_db(transaction=True)
def test_what_a_rollback_undid_is_said_again(nanjing, shenzhen):
    def told():
        return asked("SELECT current_setting('siji.network', true)", [])[0]

    def visit_in_vain():
        with transaction.atomic(), inside(shenzhen):
            assert told() == str(shenzhen.pk)
            raise ValueError

    with inside(nanjing):
        assert told() == str(nanjing.pk)
        with pytest.raises(ValueError):
            visit_in_vain()
        assert told() == str(nanjing.pk)
    with inside(shenzhen):
        assert told() == str(shenzhen.pk)
    assert told() == ""


@pytest.mark.django_db
def test_a_row_read_by_hand_is_the_one_that_the_orm_reads(nanjing):
    with inside(nanjing):
        area = Area.objects.order_by("pk").first()
        assert own_row(Area, "one.id = %s", area.pk).__dict__.keys() == area.__dict__.keys()
        assert own_row(Area, "one.id = %s", area.pk) == area
    some = asked(f"SELECT {columns(Network, 'n', 'code', 'rules')} FROM networks_network n WHERE id = %s", [nanjing.pk])
    read = made(Network, iter(some), "code", "rules")
    assert (read.code, read.rules, read.get_deferred_fields() >= {"name"}) == (nanjing.code, nanjing.rules, True)


@pytest.mark.django_db
def test_a_row_read_by_hand_is_of_the_network_in_hand(nanjing, shenzhen):
    with inside(shenzhen):
        theirs = Area.objects.order_by("pk").first()
    with inside(nanjing):
        assert own_row(Area, "one.id = %s", theirs.pk) is None
    with pytest.raises(ScopeError):
        own_row(Area, "one.id = %s", theirs.pk)
