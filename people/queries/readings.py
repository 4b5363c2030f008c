"""Who opened children's records, from the journal, as guardians may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from networks.models import JournalLine
from people.choices import Role
from people.messages import CHILD_READ
from people.models import Child, Grant, Person
from people.rules.names import masked

_SHOWN = 200


@dataclass(frozen=True)
class Reading:
    """`name` is masked; `roles` are those that the reader held at that instant, with their areas."""

    at: datetime
    child: Child
    name: str
    roles: str
    reason: str


def readings_of(children: Iterable[Child], *, most: int = _SHOWN) -> list[Reading]:
    """Newest first. Three statements, however many there are."""
    known = {child.pk: child for child in children}
    lines = list(
        JournalLine.objects.filter(
            subject_kind=Child._meta.label_lower, subject_id__in=list(known), verb=CHILD_READ
        ).order_by("-at", "-pk")[:most]
    )
    readers = {line.actor_id for line in lines}
    names = dict(Person.objects.filter(pk__in=readers).values_list("pk", "name"))
    grants = list(Grant.objects.filter(person__in=readers).select_related("area").order_by("starts_at", "pk"))
    return [
        Reading(
            at=line.at,
            child=known[line.subject_id or 0],
            name=masked(names.get(line.actor_id or 0, "")),
            roles=_roles([grant for grant in grants if grant.person_id == line.actor_id], at=line.at),
            reason=line.reason,
        )
        for line in lines
    ]


def _roles(grants: list[Grant], *, at: datetime) -> str:
    held = [grant for grant in grants if grant.starts_at <= at and (grant.ends_at is None or grant.ends_at > at)]
    return "、".join(f"{grant.area.name} {Role(grant.role).label}" for grant in held)
