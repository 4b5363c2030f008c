"""What somebody may do, in one statement per request."""

from django.db.models import Q, QuerySet

from kit import clock
from kit.prepared import asked
from networks.models import Network
from networks.models.scoping import current_network_id
from people.choices import Role, Verb
from people.models import Grant, Person
from people.queries.persons import person_with_phone
from people.rules.rights import RIGHTS, Held, Rights

# The same as `open_grants`, planned once for a connection: every request of staff asks it.
_HELD = """
SELECT json_agg(json_build_array(held.role, area.path)) FROM people_grant AS held
JOIN networks_area AS area ON area.id = held.area_id
WHERE held.network_id = %(network)s AND held.person_id = %(person)s AND held.starts_at <= %(now)s
  AND (held.ends_at IS NULL OR held.ends_at > %(now)s)
"""


def rights_of(person: Person) -> Rights:
    """Read once and kept on the person's object, which lives as long as the request."""
    kept: Rights | None = getattr(person, "_rights", None)
    if kept is None:
        network_id = current_network_id()
        if network_id is None:
            open_grants()  # says which scope is missing
        row = asked(_HELD, {"network": network_id, "person": person.pk, "now": clock.now()})
        kept = Rights(tuple(Held(Role(role), path) for role, path in (row[0] if row is not None else None) or ()))
        person._rights = kept  # type: ignore[attr-defined]  # noqa: SLF001
    return kept


def open_grants() -> "QuerySet[Grant]":
    now = clock.now()
    rows: QuerySet[Grant] = Grant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)
    return rows


def is_staff_number(phone: str, *, network: Network) -> bool:
    """Whoever signs in with this number holds a role now."""
    person = person_with_phone(phone, network=network)
    return person is not None and bool(rights_of(person))


def roles_and_areas(person: Person) -> list[tuple[Role, list[str]]]:
    """Each role somebody holds now, with the names of its areas. One statement."""
    rows = open_grants().filter(person=person).order_by("area__place", "area_id").values_list("role", "area__name")
    areas: dict[str, list[str]] = {}
    for role, name in rows:
        areas.setdefault(role, []).append(name)
    return [(role, areas[role]) for role in Role if role in areas]


def holders_of(verb: Verb) -> "QuerySet[Person]":
    """Everybody who may do this somewhere, for those who have something to tell them."""
    roles = [role for role, verbs in RIGHTS.items() if verb in verbs]
    able = open_grants().filter(role__in=roles).values("person_id")
    rows: QuerySet[Person] = Person.objects.select_related("network").filter(pk__in=able, is_active=True)
    return rows.order_by("pk")
