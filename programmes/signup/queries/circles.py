"""Circles: as staff look after them, and whether a family is in one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from people.choices import FamilyVerb
from people.models import Child, Household, Person
from people.queries.families import Belonging, belongings_of, children_of, live_children
from people.queries.household_names import names_of
from people.queries.workplace import within
from programmes.signup.models import Circle, CircleMember, Terms
from programmes.signup.rules.circles import Inside


def circles_within(paths: tuple[str, ...]) -> "QuerySet[Circle]":
    """With how many are in them."""
    rows: QuerySet[Circle] = Circle.objects.filter(within("area__path", paths)).select_related("area")
    return rows.annotate(member_count=Count("members", filter=Q(members__left_at=None)))


def open_circles() -> "QuerySet[Circle]":
    rows: QuerySet[Circle] = Circle.objects.filter(closed_at=None).select_related("area")
    return rows.order_by("area__path", "name", "pk")


def circles_of(terms: Terms | None) -> list[Circle]:
    """Without a statement where the sessions are for everybody."""
    if terms is None or not terms.is_closed:
        return []
    return list(Circle.objects.filter(terms_lines__terms=terms, closed_at=None).order_by("name", "pk"))


def circle_of_secret(secret: str) -> Circle | None:
    row: Circle | None = Circle.objects.filter(secret=secret).select_related("area", "network").first()
    return row


def inside(terms: Terms, household: Household | None, children: Iterable[Child]) -> Inside:
    """By any of the circles that the terms name. One statement."""
    theirs = Q(household=household, child=None) | Q(child__in=list(children))
    rows = CircleMember.objects.filter(
        theirs, left_at=None, circle__closed_at=None, circle__terms_lines__terms=terms
    ).values_list("child_id", flat=True)
    found = set(rows)
    return Inside(None in found, frozenset(key for key in found if key is not None))


def members_in(circle: Circle) -> list[CircleMember]:
    """Those whose family has gone are not there any more."""
    rows = CircleMember.objects.filter(circle=circle, left_at=None, household__closed_at=None)
    return list(rows.select_related("child", "household", "added_by").order_by("joined_at", "pk"))


@dataclass(frozen=True)
class Joining:
    """One family before a circle's link: its children, and who of them is in it already."""

    place: Belonging
    name: str
    children: tuple[Child, ...]
    inside: Inside

    @property
    def free(self) -> list[Child]:
        return [child for child in self.children if not self.inside.has(child)]


def joining(person: Person, circle: Circle) -> list[Joining]:
    """For each family in which she signs children up."""
    places = [place for place in belongings_of(person) if place.may(FamilyVerb.REGISTER)]
    names = names_of([place.household for place in places])
    return [_joining(place, names[place.household.pk], circle) for place in places]


def _joining(place: Belonging, name: str, circle: Circle) -> Joining:
    children = [one for one in children_of(place.household) if place.child is None or one.pk == place.child.pk]
    rows = CircleMember.objects.filter(
        Q(household=place.household, child=None) | Q(child__in=children), circle=circle, left_at=None
    )
    found = set(rows.values_list("child_id", flat=True))
    return Joining(place, name, tuple(children), Inside(None in found, frozenset(key for key in found if key)))


def memberships_of(person: Person) -> list[CircleMember]:
    """Of all her families; a young person's own."""
    theirs = Q(pk__in=[])
    for place in belongings_of(person):
        theirs |= Q(household=place.household) if place.child is None else Q(child=place.child)
    rows = CircleMember.objects.filter(theirs, left_at=None, circle__closed_at=None)
    return list(rows.select_related("circle", "child", "household").order_by("joined_at", "pk"))


def child_of_name(households: Sequence[Household], name: str) -> Child | None:
    row: Child | None = live_children().filter(household__in=households, name=name).order_by("pk").first()
    return row


def left_before(before: datetime) -> "QuerySet[CircleMember]":
    rows: QuerySet[CircleMember] = CircleMember.objects.filter(left_at__lt=before)
    return rows.order_by("left_at", "pk")


def is_used(circle: Circle, *, at: datetime) -> bool:
    """Sessions that are to come are for it."""
    coming = Terms.objects.filter(
        circle_lines__circle=OuterRef("pk"), activity__sessions__ends_at__gt=at, activity__sessions__called_off_at=None
    )
    return Circle.objects.filter(Exists(coming), pk=circle.pk).count() > 0
