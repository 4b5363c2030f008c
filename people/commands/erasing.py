"""A family's own erasing: a child, oneself, all of it. Doing it twice does it once."""

from datetime import datetime

from kit.command import command
from kit.refusals import refuse_if
from people.choices import FamilyVerb
from people.models import Child, Household, Person
from people.queries.ownership import all_of, ends_with
from people.queries.rights import rights_of
from people.registers.holdings import Owner
from people.rules import erasing as rules
from people.steps.erasing import erase
from people.steps.families import enter_home, lock_household


@command
def erase_child(child: Child, *, by: Person, at: datetime) -> None:
    enter_home(child.household, by=by, verb=FamilyVerb.REMOVE_CHILD)
    erase(Owner(children=(child,)), by=by, at=at)


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
