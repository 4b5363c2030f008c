"""Two children who may be one, noticed when a name or a month is written."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from kit.command import step
from people.models import Child, ChildPair
from people.queries.families import live_children


@step
def notice_pairs(child: Child) -> None:
    """Compares with every other family's children of the same name and month; a pair that was answered stays so.

    Two families that write the same child at the same instant wait for one another here, else neither would see the
    other's row.
    """
    wait_for_alike(child)
    alike = live_children().filter(name=child.name, birth_month=child.birth_month)
    others = alike.exclude(household_id=child.household_id).values_list("pk", flat=True)
    put_pairs(child.pk, others)


def wait_for_alike(child: Child) -> None:
    """Until whoever writes a child of this name and month right now has committed."""
    key = f"people.child:{child.network_id}:{child.name}:{child.birth_month}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


@step
def put_pairs(child: int, others: Iterable[int]) -> None:
    rows = [ChildPair(first_id=min(child, other), second_id=max(child, other)) for other in others]
    ChildPair.objects.bulk_create(rows, ignore_conflicts=True)


@step
def drop_open_pairs(child: Child) -> None:
    """The child is no longer what it was compared as."""
    ChildPair.objects.filter(Q(first=child) | Q(second=child), answered_at=None).delete()
