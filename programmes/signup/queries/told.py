"""Whom of a family sign-up tells something."""

from collections.abc import Iterable

from people.choices import Verb
from people.models import Child, Member, Person
from people.queries.rights import open_grants
from people.rules.rights import RIGHTS
from programmes.planning.models import Session
from programmes.signup.models import Group, Registration

# Whoever looks after the families of a session on the day, or prepares it, is told of them and of what they need.
ATTENDING = (Verb.RUN_SESSIONS, Verb.PLAN)
# Whoever answers for the area sees who comes, too; what a child needs a district reads in the family's record.
RECEIVING = (*ATTENDING, Verb.CLAIM)


def adults_of(registrations: Iterable[Registration]) -> list[tuple[Person, Registration]]:
    """Guardians and carers of the families, young people who signed themselves up, and teachers of classes: each once, with
    the first of the registrations that is theirs. Four statements at most."""
    rows = list(registrations)
    homes = {row.household_id: row for row in reversed(rows) if row.household_id is not None}
    groups = {row.group_id: row for row in reversed(rows) if row.group_id is not None}
    adults = Member.objects.filter(household__in=homes, left_at=None, household__closed_at=None)
    young = Child.objects.filter(household__in=homes, person__in={row.by_id for row in rows}, erased_at=None)
    teachers = Group.objects.filter(pk__in=groups) if groups else Group.objects.none()
    found = [
        *((person, homes[home]) for person, home in adults.values_list("person_id", "household_id")),
        *((person, homes[home]) for person, home in young.values_list("person_id", "household_id")),
        *((person, groups[group]) for person, group in teachers.values_list("contact_id", "pk")),
    ]
    of_person = dict(sorted(found, key=lambda one: -one[1].pk))
    people = Person.objects.select_related("network").filter(pk__in=of_person, erased_at=None)
    return [(person, of_person[person.pk]) for person in people.order_by("pk")]


def staff_of(session: Session) -> list[Person]:
    """Those who look after its families, of its own area and of all above it."""
    roles = [role for role, verbs in RIGHTS.items() if verbs.intersection(ATTENDING)]
    parts = [part for part in session.area.path.split("/") if part]
    above = [f"/{'/'.join(parts[:count])}/" for count in range(1, len(parts) + 1)]
    able = open_grants().filter(role__in=roles, area__path__in=above).values("person_id")
    rows = Person.objects.select_related("network").filter(pk__in=able, is_active=True, erased_at=None)
    return list(rows.order_by("pk"))
