"""A family's own erasing: a child, oneself, all of it. Doing it twice does it once."""

from collections.abc import Collection, Iterator
from datetime import datetime

from kit.command import command
from kit.refusals import Refusal, refuse_if
from people.choices import FamilyVerb
from people.models import Child, Household, Member, Person
from people.queries.families import guardians
from people.queries.ownership import all_of, ends_with
from people.queries.rights import rights_of
from people.registers.holdings import Owner
from people.rules import erasing as rules
from people.steps.erasing import erase
from people.steps.families import enter_home, lock_household


@command
def erase_child(child: Child, *, by: Person, at: datetime) -> None:
    home = enter_home(child.household, by=by, verb=FamilyVerb.REMOVE_CHILD)
    refuse_if(against_erasing(home.me, home.members, at=at))
    erase(Owner(children=(child,)), by=by, at=at)


def against_erasing(me: Member, members: Collection[Member], *, at: datetime) -> Iterator[Refusal]:
    """What stands against this member's erasing a child or the family; the page asks it before the button."""
    seniors = [one for one in guardians(members) if (one.joined_at, one.pk) < (me.joined_at, me.pk)]
    return rules.against_erasing_soon(joined_at=me.joined_at, has_senior=bool(seniors), at=at)


@command
def erase_person(person: Person, *, at: datetime) -> None:
    """The account alone; children stay with another guardian."""
    mine = Household.objects.filter(members__person=person, members__left_at=None)
    for household in mine.order_by("pk"):
        lock_household(household)
    alone = ends_with(person).exists()
    refuse_if(rules.against_erasing_person(has_roles=bool(rights_of(person)), leaves_children_alone=alone))
    erase(Owner(person=person), by=person, at=at)


@command
def erase_family(household: Household, *, by: Person, at: datetime) -> None:
    """All children and the family itself; each adult keeps an own account."""
    home = enter_home(household, by=by, verb=FamilyVerb.ERASE)
    refuse_if(against_erasing(home.me, home.members, at=at))
    erase(all_of(home.household), by=by, at=at)


@command
def erase_everything(person: Person, *, at: datetime) -> None:
    """The account, with each family whose only guardian this is."""
    homes = [enter_home(household, by=person, verb=FamilyVerb.ERASE) for household in ends_with(person)]
    owners = [all_of(home.household) for home in homes]
    refuse_if(rules.against_erasing_person(has_roles=bool(rights_of(person)), leaves_children_alone=False))
    children = tuple(child for owner in owners for child in owner.children)
    households = tuple(household for owner in owners for household in owner.households)
    erase(Owner(person, children, households), by=person, at=at)
