"""The demo's families: adults, children, answers, reader numbers, and some children who may be one."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from config.demo.answers import answers
from config.demo.family_plans import ChildPlan, FamilyPlan, plans
from config.demo.persons import FAMILY_PHONES, YOUNG_PHONES, made
from kit import sealed
from kit.command import command
from networks.choices import AreaKind
from networks.models import Area, Network
from people.choices import ConsentAnswer, MemberRole, PairState
from people.models import Child, ChildPair, Consent, Household, Member, Person, ReaderNumber
from people.models.child import READER_NUMBER
from people.queries.consents import questions
from people.registers import CHILD_DATA, OWN_LOGIN

FAMILIES = {"nanjing": 600, "shenzhen": 40}


@command
def enter_families(network: Network, *, at: datetime) -> None:
    """Once, after the named families."""
    count = FAMILIES.get(network.code)
    if count is None or Household.objects.count() > 1:
        return
    chance = Random(f"lives of {network.code}")  # noqa: S311 - sample data, the same each time
    districts = {area.name: area for area in Area.objects.filter(kind__in=[AreaKind.DISTRICT, AreaKind.ZONE])}
    planned = list(plans(network.code, count, sorted(districts)))
    households = Household.objects.bulk_create(
        Household(district=districts.get(plan.district), made_at=at - timedelta(days=plan.days_ago)) for plan in planned
    )
    adults = _adults(network, planned, at=at, chance=chance)
    members = Member.objects.bulk_create(_members(planned, households, adults))
    children = Child.objects.bulk_create(_children(planned, households, adults, today=at.date()))
    Consent.objects.bulk_create(answers(children, members, at=at, chance=chance))
    _reader_numbers(network, adults, children, at=at, chance=chance)
    _pairs(children, at=at)
    _own_logins(network, children, at=at, chance=chance)


def month_of_birth(today: date, *, months_old: int) -> date:
    years, month = divmod(today.year * 12 + today.month - 1 - months_old, 12)
    return date(years, month + 1, 1)


def _adults(network: Network, planned: list[FamilyPlan], *, at: datetime, chance: Random) -> list[list[Person]]:
    """Those of each family together, who began it first."""
    wanted = [adult.name for plan in planned for adult in plan.adults]
    prefix = FAMILY_PHONES[network.code]
    found = iter(made(network, ((name, f"{prefix}{n:04}") for n, name in enumerate(wanted, 1)), at=at, chance=chance))
    return [[next(found) for _adult in plan.adults] for plan in planned]


def _members(planned: list[FamilyPlan], households: list[Household], adults: list[list[Person]]) -> Iterator[Member]:
    for plan, household, persons in zip(planned, households, adults, strict=True):
        for place, (adult, person) in enumerate(zip(plan.adults, persons, strict=True)):
            yield Member(
                household=household,
                person=person,
                role=adult.role,
                relation=adult.relation,
                invited_by=persons[0] if place else None,
                joined_at=household.made_at + timedelta(hours=7 * place),
            )


def _children(
    planned: list[FamilyPlan], households: list[Household], adults: list[list[Person]], *, today: date
) -> Iterator[Child]:
    for plan, household, persons in zip(planned, households, adults, strict=True):
        for child in plan.children:
            yield _child(child, household, by=persons[0], today=today)


def _child(plan: ChildPlan, household: Household, *, by: Person, today: date) -> Child:
    return Child(
        household=household,
        name=plan.name,
        birth_month=month_of_birth(today, months_old=plan.months_old),
        school=plan.school,
        school_class=plan.school_class,
        needs=plan.needs,
        added_by=by,
        added_at=household.made_at,
    )


def _reader_numbers(
    network: Network, adults: list[list[Person]], children: list[Child], *, at: datetime, chance: Random
) -> None:
    """A third of the children and of those who began have typed one; most of these were checked at a desk."""
    holders = [{"child": child} for child in children] + [{"person": persons[0]} for persons in adults]
    rows = []
    for number, holder in enumerate(holders):
        if chance.random() < 0.35:
            text = f"{network.code[:2].upper()}2{number:07}"
            given_at = at - timedelta(days=chance.randint(2, 18))
            rows.append(
                ReaderNumber(
                    **holder,
                    number_sealed=sealed.seal(text, network_code=network.code, purpose=READER_NUMBER),
                    number_index=sealed.blind_index(text, network_code=network.code, purpose=READER_NUMBER),
                    given_at=given_at,
                    checked_at=given_at + timedelta(hours=26) if chance.random() < 0.6 else None,
                )
            )
    ReaderNumber.objects.bulk_create(rows)


def _pairs(children: list[Child], *, at: datetime) -> None:
    """The oldest of them have been looked at: they were two."""
    seen: dict[tuple[str, date | None], Child] = {}
    pairs: list[ChildPair] = []
    for child in children:
        first = seen.setdefault((child.name, child.birth_month), child)
        if first is not child and first.household_id != child.household_id:
            pairs.append(ChildPair(first=first, second=child, noticed_at=at - timedelta(days=3 * len(pairs) + 1)))
    for pair in pairs[-1:]:
        pair.state, pair.answered_at, pair.reason = PairState.DIFFERENT, at, "两家都到馆核对过，是两个孩子。"
    ChildPair.objects.bulk_create(pairs)


def _own_logins(network: Network, children: list[Child], *, at: datetime, chance: Random) -> None:
    """A few of the eldest sign in with numbers of their own, agreed to by a guardian."""
    line = month_of_birth(at.date(), months_old=14 * 12 + 1)
    guarded = set(
        Consent.objects.filter(
            purpose=CHILD_DATA.key, given_as=MemberRole.GUARDIAN, answer="given", ended_at=None
        ).values_list("child_id", flat=True)
    )
    young = [child for child in children if child.birth_month and child.birth_month <= line and child.pk in guarded][:5]
    prefix = YOUNG_PHONES[network.code]
    entries = ((child.name, f"{prefix}{number:04}") for number, child in enumerate(young, start=1))
    for child, person in zip(young, made(network, entries, at=at, chance=chance), strict=True):
        child.person = person
    Child.objects.bulk_update(young, ["person"])
    (question,) = questions([OWN_LOGIN])
    Consent.objects.bulk_create(
        Consent(
            household=child.household,
            child=child,
            purpose=OWN_LOGIN.key,
            version=question.version or 0,
            answer=ConsentAnswer.GIVEN,
            given_by=child.added_by,
            given_as=MemberRole.GUARDIAN,
            given_at=child.added_at,
        )
        for child in young
    )
