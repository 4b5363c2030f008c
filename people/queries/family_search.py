"""Families for staff: found by something whole, shown masked."""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from networks.models import Network
from people.models import Child, Household, Member, ReaderNumber
from people.queries.families import live_children, live_members
from people.queries.persons import index_of
from people.queries.reader_numbers import index_of_number
from people.rules.names import family_name
from people.rules.searching import Wanted

MOST = 20


@dataclass(frozen=True)
class Found:
    household: Household
    adults: list[Member]
    children: list[Child]


def find_families(wanted: Wanted, words: str, *, year: int | None, network: Network) -> list[Found]:
    """At most twenty, in four statements. `year` of birth narrows a name down."""
    if not words:
        return []
    ids = _household_ids(wanted, words, year, network)
    rows: QuerySet[Household] = Household.objects.filter(pk__in=ids, closed_at=None).select_related("district")
    households = list(rows.order_by("-made_at", "-pk")[:MOST])
    adults: dict[int, list[Member]] = defaultdict(list)
    for member in live_members().filter(household__in=households).select_related("person__network").order_by("pk"):
        adults[member.household_id].append(member)
    children: dict[int, list[Child]] = defaultdict(list)
    for child in live_children().filter(household__in=households).order_by("birth_month", "pk"):
        children[child.household_id].append(child)
    return [Found(one, adults[one.pk], children[one.pk]) for one in households]


def _household_ids(wanted: Wanted, words: str, year: int | None, network: Network) -> set[int]:
    if wanted == Wanted.PHONE:
        index = index_of(words, network=network)
        members = live_members().filter(person__phone_index=index).values_list("household_id", flat=True)
        own = live_children().filter(person__phone_index=index).values_list("household_id", flat=True)
        return {*members, *own}
    if wanted == Wanted.READER_NUMBER:
        return _by_reader_number(index_of_number(words, network=network))
    return _by_name(words, year)


def _by_name(words: str, year: int | None) -> set[int]:
    """The whole name, or all of it but the family name; one character alone would be leafing through."""
    rows = live_children()
    if year is not None:
        rows = rows.filter(birth_month__year=year)
    if len(words) < 2:
        rows = rows.filter(name=words)
    else:
        rows = rows.filter(Q(name=words) | Q(name__regex=f"^.{{1,2}}{re.escape(words)}$"))
    pairs = rows.values_list("household_id", "name")[: 8 * MOST]
    return {household for household, name in pairs if name == words or family_name(name) + words == name}


def _by_reader_number(index: bytes) -> set[int]:
    rows = list(ReaderNumber.objects.filter(number_index=index).values_list("person_id", "child__household_id")[:MOST])
    persons = [person for person, _household in rows if person is not None]
    members = live_members().filter(person_id__in=persons).values_list("household_id", flat=True)
    return {*members, *(household for _person, household in rows if household is not None)}
