"""Households as their people see them, each page in a constant number of statements."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from networks.choices import AreaKind
from networks.models import Area
from people.choices import FamilyVerb, MemberRole
from people.models import Child, Consent, Household, JoinLink, Member, Person, ReaderNumber
from people.queries.endings import Ending, endings
from people.rules import names
from people.rules.ages import Age, age_on
from people.rules.family_rights import may


@dataclass(frozen=True)
class Belonging:
    """Somebody's place in a household: a member, or a young person by the child's own login."""

    household: Household
    role: MemberRole
    member: Member | None = None
    child: Child | None = None
    has_guardian: bool = True

    def may(self, verb: FamilyVerb) -> bool:
        return may(self.role, verb, has_guardian=self.has_guardian)


def belongings_of(person: Person) -> list[Belonging]:
    """Every household of a person, the oldest first. Two statements."""
    rows = live_members().filter(person=person).annotate(has_guardian=has_guardian())
    rows = rows.select_related("household__network", "household__district").order_by("joined_at", "pk")
    found = [Belonging(row.household, MemberRole(row.role), member=row, has_guardian=row.has_guardian) for row in rows]
    own = live_children().filter(person=person).select_related("household__network", "household__district").first()
    if own is not None:
        found.append(Belonging(own.household, MemberRole.YOUNG, child=own))
    return found


def belonging(person: Person, code: str) -> Belonging | None:
    return next((one for one in belongings_of(person) if one.household.code == code), None)


def is_in_a_household(person: Person) -> bool:
    return live_members().filter(person=person).exists()


def is_young(person: Person) -> bool:
    return live_children().filter(person=person).exists()


def has_guardian() -> Exists:
    """Said of a member's household."""
    return Exists(live_members().filter(household=OuterRef("household"), role=MemberRole.GUARDIAN))


def live_members() -> "QuerySet[Member]":
    rows: QuerySet[Member] = Member.objects.filter(left_at=None, household__closed_at=None)
    return rows


def live_children() -> "QuerySet[Child]":
    rows: QuerySet[Child] = Child.objects.filter(erased_at=None, merged_into=None)
    return rows


def members_of(household: Household) -> list[Member]:
    rows = (
        live_members()
        .filter(household=household)
        .select_related("person__network", "person__reader_number__network", "person__reader_number__checked_by")
    )
    return list(rows.order_by("joined_at", "pk"))


def children_of(household: Household) -> list[Child]:
    """The eldest first."""
    rows = (
        live_children()
        .filter(household=household)
        .select_related("household__network", "reader_number__network", "reader_number__checked_by")
    )
    return list(rows.order_by("birth_month", "pk"))


def ages_of_own_children(person: Person, today: date) -> list[int]:
    """In years, each once, of all her households; of a young person with an own login, hers alone. One statement."""
    member = live_members().filter(household=OuterRef("household"), person=person)
    months = live_children().filter(Exists(member) | Q(person=person), birth_month__lte=today)
    found = months.values_list("birth_month", flat=True)
    return sorted({age_on(month, today).years for month in found if month is not None})


def guardians(members: Collection[Member]) -> list[Member]:
    return [member for member in members if member.role == MemberRole.GUARDIAN]


def guardians_of(household_id: int) -> list[Person]:
    rows = live_members().filter(household_id=household_id, role=MemberRole.GUARDIAN)
    return [member.person for member in rows.select_related("person__network").order_by("joined_at", "pk")]


def districts() -> list[Area]:
    """What a family chooses from, in the library's own order."""
    rows = Area.objects.filter(parent__parent=None, kind__in=[AreaKind.DISTRICT, AreaKind.ZONE], closed_at=None)
    return list(rows.order_by("kind", "place", "pk"))


# --- The household's page ------------------------------------------------------------------


@dataclass(frozen=True)
class ChildCard:
    child: Child
    age: Age | None
    seal: str
    has_login: bool
    reader_number: ReaderNumber | None
    ending: Ending | None = None


@dataclass(frozen=True)
class MemberLine:
    member: Member
    name: str
    seal: str
    is_me: bool
    reader_number: ReaderNumber | None


@dataclass(frozen=True)
class HouseholdPage:
    children: list[ChildCard]
    members: list[MemberLine]
    links: list[JoinLink]
    # Answers that a carer declared and no guardian has confirmed.
    declared: list[Consent]
    guardian_count: int


def household_page(place: Belonging, *, person: Person, today: date, at: datetime) -> HouseholdPage:
    """Five statements, however many children and members there are; one more if a child's data is about to go."""
    children = children_of(place.household)
    ending = endings(children, at=at, zone=place.household.network.zone)

    def _card(child: Child) -> ChildCard:
        return child_card(child, today, ending=ending.get(child.pk))

    if place.role == MemberRole.YOUNG:
        own = [child for child in children if child.person_id == person.pk]
        return HouseholdPage([_card(child) for child in own], [], [], [], guardian_count=0)
    members = members_of(place.household)
    return HouseholdPage(
        [_card(child) for child in children],
        [member_line(member, person) for member in members],
        open_links(place.household, at=at),
        declared_answers(place.household),
        guardian_count=len(guardians(members)),
    )


def child_card(child: Child, today: date, *, ending: Ending | None = None) -> ChildCard:
    return ChildCard(
        child,
        age=age_on(child.birth_month, today) if child.birth_month and child.birth_month <= today else None,
        seal=child.name[-1:],  # brothers and sisters share the family name
        has_login=child.person_id is not None,
        reader_number=getattr(child, "reader_number", None),
        ending=ending,
    )


def member_line(member: Member, person: Person) -> MemberLine:
    """As `person` sees it."""
    name = member.person.name
    return MemberLine(
        member,
        name,
        seal=names.family_name(name),
        is_me=member.person_id == person.pk,
        reader_number=getattr(member.person, "reader_number", None),
    )


def open_links(household: Household, *, at: datetime) -> list[JoinLink]:
    rows = JoinLink.objects.filter(household=household, used_at=None, revoked_at=None, expires_at__gt=at)
    return list(rows.select_related("network", "child").order_by("-made_at", "-pk"))


def declared_answers(household: Household) -> list[Consent]:
    rows = Consent.objects.filter(household=household, ended_at=None, given_as=MemberRole.CARER)
    return list(rows.filter(child__erased_at=None).order_by("pk"))
