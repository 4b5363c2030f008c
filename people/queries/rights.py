"""What somebody may do, in one statement per request."""

from django.db.models import Q, QuerySet

from kit import clock
from networks.models import Network
from people.choices import Role, Verb
from people.models import Grant, Person
from people.queries.persons import person_with_phone
from people.rules.rights import RIGHTS, Held, Rights


def rights_of(person: Person) -> Rights:
    """Read once and kept on the person's object, which lives as long as the request."""
    kept: Rights | None = getattr(person, "_rights", None)
    if kept is None:
        rows = open_grants().filter(person=person).values_list("role", "area__path")
        kept = Rights(tuple(Held(Role(role), path) for role, path in rows))
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
