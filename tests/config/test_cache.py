"""The cache that holds limits: shared by all processes, no count lost, no call inside a command."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction


@pytest.fixture(autouse=True)
def _database(db):
    return db


@pytest.mark.parametrize("value", [1, 0, -5, True, "春", b"x", [1, 2], {"a": None}, None, 1.5])
def test_values_come_back_as_they_were(value):
    cache.set("key", value)
    assert cache.get("key", "nothing") == value
    assert type(cache.get("key")) is type(value)


def test_what_is_not_there_is_the_default():
    assert cache.get("key", "default") == "default"
    assert cache.has_key("key") is False
    assert cache.delete("key") is False
    assert cache.touch("key") is False


def test_an_expired_value_is_not_there_and_its_place_is_free():
    cache.set("key", "old", timeout=-1)
    assert cache.get("key") is None
    assert cache.add("key", "new") is True
    assert cache.add("key", "newer") is False
    assert cache.get("key") == "new"


def test_many_at_once_is_one_statement(django_assert_num_queries):
    cache.set_many({"a": 1, "b": "two"})
    with django_assert_num_queries(1):
        assert cache.get_many(["a", "b", "c"]) == {"a": 1, "b": "two"}


def test_counting_what_is_not_a_counter_is_refused():
    cache.set("key", "text")
    for key in ("key", "missing"):
        with pytest.raises(ValueError, match="no counter"):
            cache.incr(key)


def test_expired_rows_are_dropped():
    cache.set("old", 1, timeout=-1)
    cache.set("new", 1)
    assert cache.drop_expired() == 1
    assert cache.get("new") == 1


@pytest.mark.django_db(transaction=True)
def test_inside_a_command_it_refuses():
    with transaction.atomic(), pytest.raises(transaction.TransactionManagementError, match="refusal would undo"):
        cache.set("key", 1)


@pytest.mark.django_db(transaction=True)
def test_no_count_is_lost_between_connections():
    cache.set("hits", 0)

    def count():
        for _ in range(50):
            cache.incr("hits")
        connections.close_all()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.get("hits") == 200


def test_the_table_is_unlogged():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'networks_cacheentry'")
        assert cursor.fetchone() == ("u",)
