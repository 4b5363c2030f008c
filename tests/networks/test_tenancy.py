"""Nothing of a network is read, counted or written outside its scope, by any door the ORM has."""

import pytest
from django.db import IntegrityError, connection
from django.db.models import Count
from django_scopes.exceptions import ScopeError

from networks.models import Area, JournalLine, Network, PrivacyText, inside
from people.models import Person

pytestmark = pytest.mark.django_db

READS = {
    "all": lambda rows: list(rows.all()),
    "filter": lambda rows: rows.filter(pk=1),
    "exclude": lambda rows: rows.exclude(pk=1),
    "exclude-exists": lambda rows: rows.exclude(pk=1).exists(),
    "exists": lambda rows: rows.exists(),
    "count": lambda rows: rows.count(),
    "explain": lambda rows: rows.explain(),
    "in_bulk": lambda rows: rows.in_bulk(),
    "contains": lambda rows: rows.contains(None),
    "distinct": lambda rows: rows.distinct(),
    "defer": lambda rows: rows.defer("pk"),
    "only": lambda rows: rows.only("pk"),
    "extra": lambda rows: rows.extra(where=["true"]),
    "raw": lambda rows: rows.raw("SELECT 1"),
    "select_related": lambda rows: rows.select_related("network"),
    "prefetch_related": lambda rows: rows.prefetch_related("network"),
    "annotate": lambda rows: rows.annotate(n=Count("pk")),
    "alias": lambda rows: list(rows.alias(n=Count("pk"))),
    "aggregate": lambda rows: rows.aggregate(n=Count("pk")),
    "iterator": lambda rows: list(rows.iterator()),
    "union": lambda rows: rows.union(rows),
    "intersection": lambda rows: rows.intersection(rows),
    "difference": lambda rows: rows.difference(rows),
    "using": lambda rows: list(rows.using("default")),
    "values": lambda rows: rows.values("pk"),
    "dates": lambda rows: rows.dates("at", "day"),
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(pk=1),
    "update": lambda rows: rows.update(pk=1),
    "delete": lambda rows: rows.all().delete(),
    "create": lambda rows: rows.create(),
    "get_or_create": lambda rows: rows.get_or_create(pk=1),
    "update_or_create": lambda rows: rows.update_or_create(pk=1),
    "bulk_create": lambda rows: rows.bulk_create([]),
    "bulk_update": lambda rows: rows.bulk_update([], ["pk"]),
    "select_for_update": lambda rows: rows.select_for_update(),
    "order_by": lambda rows: rows.order_by("pk"),
    "reverse": lambda rows: rows.reverse(),
    "latest": lambda rows: rows.latest("pk"),
    "slice": lambda rows: rows.all()[:1],
    "truth": lambda rows: bool(rows.all()),
}


@pytest.mark.parametrize("model", [Area, JournalLine, PrivacyText, Person], ids=lambda model: model.__name__)
@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_outside_a_scope_every_door_is_shut(read, model, nanjing):
    with pytest.raises(ScopeError):
        read(model.objects)


def test_inside_a_scope_only_its_own_rows_are_there(nanjing, shenzhen):
    with inside(nanjing):
        names = set(Area.objects.values_list("name", flat=True))
    assert names == {"南京市", "玄武区", "鼓楼区", "江宁区", "江北新区"}


def test_a_row_made_outside_a_scope_has_no_network_and_is_refused(nanjing):
    with pytest.raises(IntegrityError):
        Area(name="无主", kind="city").save()


def test_scopes_nest_and_the_connection_follows(nanjing, shenzhen):
    with inside(nanjing):
        assert connection_network() == str(nanjing.pk)
        with inside(shenzhen):
            assert connection_network() == str(shenzhen.pk)
        assert connection_network() == str(nanjing.pk)
    assert connection_network() == ""


@pytest.mark.django_db(transaction=True)
def test_a_connection_made_anew_knows_its_network(nanjing):
    with inside(nanjing):
        connection.close()
        assert connection_network() == str(nanjing.pk)


def connection_network() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('siji.network', true)")
        return cursor.fetchone()[0] or ""


def test_the_web_role_owns_nothing(nanjing):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone()[0] == 0
        cursor.execute("SELECT has_schema_privilege(current_user, 'public', 'CREATE')")
        assert cursor.fetchone()[0] is False


def test_networks_cannot_be_joined_to_scoped_rows_from_above():
    """`Network.objects.filter(area__…)` would read past the scope, so there is no such way."""
    backwards = [field.name for field in Network._meta.get_fields() if field.auto_created and not field.concrete]
    assert sorted(backwards) == ["check_files", "hosts", "opening_steps"]
