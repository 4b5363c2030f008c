"""Whom of a family sign-up tells something."""

from collections.abc import Iterable

from people.models import Child, Member, Person
from programmes.signup.models import Registration


def adults_of(registrations: Iterable[Registration]) -> list[Person]:
    """Guardians and carers of the families, and young people who signed themselves up. Three statements."""
    rows = list(registrations)
    households = {row.household_id for row in rows if row.household_id is not None}
    members = set(
        Member.objects.filter(household__in=households, left_at=None, household__closed_at=None).values_list(
            "person_id", flat=True
        )
    )
    young = set(
        Child.objects.filter(
            household__in=households, person__in={row.by_id for row in rows}, erased_at=None
        ).values_list("person_id", flat=True)
    )
    people = Person.objects.select_related("network").filter(pk__in=members | young, erased_at=None)
    return list(people.order_by("pk"))
