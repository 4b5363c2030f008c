"""Whose data is whose: what a person may see, take home and erase."""

from django.db.models import Exists, OuterRef, QuerySet

from people.choices import MemberRole
from people.models import Child, Household, Member, Person
from people.queries.families import has_guardian, live_children
from people.registers.holdings import Owner


def owner_of(person: Person) -> Owner:
    """The person, the children she answers for, and her families. Two statements."""
    mine = list(
        Member.objects.filter(person=person, left_at=None, household__closed_at=None)
        .annotate(has_guardian=has_guardian())
        .select_related("household__network")
        .order_by("pk")
    )
    guarded = [member.household_id for member in mine if member.role == MemberRole.GUARDIAN or not member.has_guardian]
    children = (
        live_children()
        .filter(household__in=guarded)
        .select_related("person", "household")
        .order_by("birth_month", "pk")
    )
    return Owner(person, tuple(children), tuple(member.household for member in mine))


def seen_children(owner: Owner) -> list[Child]:
    """Whose readers this person may know: the children she is guardian of, or oneself by an own login. One statement."""
    own = list(live_children().filter(person__in=owner.persons))
    return [*owner.children, *(child for child in own if child not in owner.children)]


def all_of(household: Household) -> Owner:
    """A whole family, with children whose records were merged into others'."""
    children = Child.objects.filter(household=household, erased_at=None).order_by("pk")
    return Owner(children=tuple(children), households=(household,))


def role_in(household: Household, person: Person) -> MemberRole | None:
    member = Member.objects.filter(household=household, person=person, left_at=None).first()
    return MemberRole(member.role) if member is not None else None


def ends_with(person: Person) -> "QuerySet[Household]":
    """Families with children in which this person is the last guardian, or the last adult where there is none."""
    members = Member.objects.filter(household=OuterRef("pk"), left_at=None)
    mine, others = members.filter(person=person), members.exclude(person=person)
    is_last_guardian = Exists(mine.filter(role=MemberRole.GUARDIAN)) & ~Exists(others.filter(role=MemberRole.GUARDIAN))
    rows: QuerySet[Household] = Household.objects.filter(
        is_last_guardian | Exists(mine) & ~Exists(others),
        Exists(live_children().filter(household=OuterRef("pk"))),
        closed_at=None,
    )
    return rows.order_by("pk")


def is_carer(person: Person) -> bool:
    """Of some family: what staff opened of its children, the guardians can see."""
    return Member.objects.filter(person=person, left_at=None, household__closed_at=None, role=MemberRole.CARER).exists()
