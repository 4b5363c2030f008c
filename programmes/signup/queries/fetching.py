"""Who may fetch the children of registrations, and who of them goes home alone."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from people.choices import FamilyVerb, Relation
from people.models import Child, Member, Person
from people.queries.families import live_members
from programmes.signup.models import Fetcher, GoesAlone, Registration, Terms
from programmes.signup.queries.mine import Mine, seats_in
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules.fetching import may_go_alone


@dataclass(frozen=True)
class Comer:
    """Somebody who may fetch: by the row of who was named, or, while nobody has been named, by who is in the family."""

    name: str
    relation: str
    phone: str
    fetcher: int | None = None
    person: int | None = None


@dataclass(frozen=True)
class Fetching:
    """`is_said`: by the family itself; until then any grown-up of it may fetch. `alone`: names of those who go alone."""

    comers: list[Comer]
    is_said: bool
    alone: list[str]


def comers_of(registrations: Collection[Registration]) -> dict[int, tuple[list[Comer], bool]]:
    """By the registration's id, and whether the family named them itself. Two statements, however many they are."""
    homes = {row.household_id for row in registrations if row.household_id is not None}
    members = live_members().filter(household__in=homes).select_related("person__network").order_by("joined_at", "pk")
    named = Fetcher.objects.filter(registration__in=registrations).select_related("person__network", "network")
    of_home: dict[int, list[Member]] = defaultdict(list)
    of_row: dict[int, list[Fetcher]] = defaultdict(list)
    for member in members:
        of_home[member.household_id].append(member)
    for row in named.order_by("pk"):
        of_row[row.registration_id].append(row)
    return {row.pk: _comers(of_row[row.pk], of_home.get(row.household_id or 0, [])) for row in registrations}


def _comers(named: list[Fetcher], members: list[Member]) -> tuple[list[Comer], bool]:
    relations = {member.person_id: _relation(member) for member in members}
    if named:
        return [_named(row, relations) for row in named], True
    found = [Comer(one.person.name, _relation(one), _phone(one.person), person=one.person_id) for one in members]
    return found, False


def _named(row: Fetcher, relations: dict[int, str]) -> Comer:
    if row.person is None:
        return Comer(row.name, row.relation, row.phone, fetcher=row.pk)
    return Comer(row.person.name, relations.get(row.person.pk, ""), _phone(row.person), fetcher=row.pk)


def _phone(person: Person) -> str:
    return person.phone or ""


def _relation(member: Member) -> str:
    return str(Relation(member.relation).label) if member.relation else ""


def asks_for_fetchers(mine: Mine) -> bool:
    terms = terms_in(mine.registration.session)
    return terms is not None and terms.hand_over and mine.is_coming and not mine.is_off


def fetching_of(mine: Mine) -> Fetching:
    row = mine.registration
    comers, is_said = comers_of([row])[row.pk]
    alone = set(alone_in([row.pk]))
    names = [seat.child.name for seat in seats_in(row) if seat.child is not None and seat.pk in alone]
    return Fetching(comers, is_said, names)


def alone_in(registrations: Collection[int]) -> list[int]:
    """Seats of those who may go home alone."""
    rows = GoesAlone.objects.filter(seat__registration__in=registrations, seat__ended_at=None)
    return list(rows.values_list("seat_id", flat=True))


def adults_to_ask(mine: Mine) -> list[tuple[str, str]]:
    """Grown-ups of the family, by the person, for ticks."""
    rows = live_members().filter(household=mine.registration.household_id).select_related("person")
    return [(str(one.person_id), _with_relation(one)) for one in rows.order_by("joined_at", "pk")]


def children_to_ask(mine: Mine, terms: Terms) -> list[Child]:
    """Those of the registration who are old enough; nobody is asked who is no guardian."""
    if not mine.place.may(FamilyVerb.ANSWER_CONSENTS):
        return []
    day = timezone.localtime(mine.registration.session.starts_at).date()
    children = [seat.child for seat in seats_in(mine.registration) if seat.child is not None]
    return [one for one in children if one.birth_month is not None and may_go_alone(terms, one.birth_month, day)]


def _with_relation(member: Member) -> str:
    relation = _relation(member)
    name = member.person.name or relation
    return f"{name}（{relation}）" if relation and name != relation else name
