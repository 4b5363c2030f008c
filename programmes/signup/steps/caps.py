"""How often a family takes part at most: asked before anything is written, and again once it holds its places."""

from collections.abc import Sequence

from kit.command import step
from kit.refusals import refuse_if
from people.models import Child, Household
from programmes.planning.models import Session
from programmes.signup.choices import CapOf
from programmes.signup.models import Registration, Terms
from programmes.signup.queries.caps import went
from programmes.signup.queries.families import children_in
from programmes.signup.rules.caps import against_cap


@step
def refuse_over_cap(
    household: Household,
    sessions: Sequence[Session],
    children: Sequence[Child],
    terms: Terms | None,
    *,
    changing: Registration | None = None,
) -> None:
    """Without a statement where there is no limit."""
    if terms is not None and terms.most_sessions is not None:
        refuse_if(against_cap(terms, sessions, went(terms, household, children, besides=changing)))


@step
def hold_change_to_cap(row: Registration, children: Sequence[Child], terms: Terms | None) -> None:
    """Only whoever joins is counted: what staff let past the limit, a family may change still."""
    if terms is None or terms.most_sessions is None:
        return
    there = children_in(row)
    joining = [child for child in children if child.pk not in there]
    if terms.cap_of == CapOf.FAMILY and any(
        against_cap(terms, [row.session], went(terms, row.household, (), besides=row))
    ):
        return
    if joining:
        hold_to_cap(row.household, [row.session], joining, terms, changing=row)


@step
def hold_to_cap(
    household: Household,
    sessions: Sequence[Session],
    children: Sequence[Child],
    terms: Terms | None,
    *,
    changing: Registration | None = None,
) -> None:
    """After the places: two sessions at the same moment are counted one after the other. The key is not locked, so
    that nobody who only points at the family waits.
    """
    if terms is not None and terms.most_sessions is not None:
        Household.objects.select_for_update(no_key=True).get(pk=household.pk)
        refuse_over_cap(household, sessions, children, terms, changing=changing)
