"""The families of the named parents: made by the steps that their own clicks would call."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from config.demo.families import month_of_birth
from kit.command import command
from networks.models import Area, JournalLine, Network
from people.choices import ConsentAnswer, MemberRole, Relation
from people.messages import CHILD_READ
from people.models import Child, Household, Member, Person
from people.queries.persons import person_with_phone
from people.registers import CHILD_DATA, PHOTO, ConsentPurpose
from people.rules import phones
from people.steps.consents import answer


@dataclass(frozen=True)
class NamedFamily:
    mother: str
    grandmother: str
    district: str
    # Name and age in months.
    children: tuple[tuple[str, int], ...]


NAMED = {
    "nanjing": NamedFamily("13800000010", "13800000011", "鼓楼区", (("张小雨", 51), ("张小宇", 26))),
    "shenzhen": NamedFamily("13900000010", "13900000011", "南山区", (("林一诺", 88), ("林知夏", 40))),
}


@command
def enter_named_family(network: Network, *, at: datetime) -> None:
    """A mother with two children; the grandmother came in by her link and signs the children up as well."""
    family = NAMED.get(network.code)
    if family is None:
        return
    mother = _person(family.mother, network)
    if Member.objects.filter(person=mother).exists():
        return
    since = at - timedelta(days=140)
    household = Household.objects.create(district=Area.objects.get(name=family.district), made_at=since)
    guardian = Member(household=household, person=mother, role=MemberRole.GUARDIAN, relation=Relation.MOTHER)
    carer = Member(
        household=household,
        person=_person(family.grandmother, network),
        role=MemberRole.CARER,
        relation=Relation.MOTHERS_PARENT,
        invited_by=mother,
    )
    guardian.joined_at, carer.joined_at = since, since + timedelta(days=1)
    Member.objects.bulk_create([guardian, carer])
    for name, months_old in family.children:
        child = Child.objects.create(
            household=household,
            name=name,
            birth_month=month_of_birth(at.date(), months_old=months_old),
            added_by=mother,
            added_at=since,
        )
        _agree(CHILD_DATA, household, mother, at=since, child=child)
    _agree(PHOTO, household, mother, at=since)
    _read(household, network, at=at)


# Days ago, who of the staff, and why: what guardians see of it.
READINGS = ((96, "13800000002", "核对读者证号"), (20, "13800000001", "家长来电更正出生月份"))


def _read(household: Household, network: Network, *, at: datetime) -> None:
    """Staff opened the children's records twice, each time with a reason."""
    librarians = {phone: person_with_phone(phones.normal(phone), network=network) for _ago, phone, _why in READINGS}
    JournalLine.objects.bulk_create(
        JournalLine(
            at=at - timedelta(days=ago),
            actor_id=librarian.pk,
            verb=CHILD_READ,
            subject_kind="people.child",
            subject_id=child.pk,
            values={"where": "family"},
            reason=why,
        )
        for ago, phone, why in READINGS
        if (librarian := librarians[phone])
        for child in household.children.all()
    )


def _agree(
    purpose: ConsentPurpose, household: Household, mother: Person, *, at: datetime, child: Child | None = None
) -> None:
    answer(
        household=household,
        purpose=purpose,
        answer=ConsentAnswer.GIVEN,
        by=mother,
        as_role=MemberRole.GUARDIAN,
        at=at,
        child=child,
    )


def _person(phone: str, network: Network) -> Person:
    found = person_with_phone(phones.normal(phone), network=network)
    if found is None:
        raise LookupError(f"Nobody in {network.code} has {phone}.")
    return found
