"""Erasing: one way through all that is kept, for a child, for a person, for a whole family."""

from datetime import datetime

from kit import sealed
from kit.command import step
from networks.steps.journal import note
from networks.steps.outbox import post
from people.messages import CHILD_ERASED, CODE, HOUSEHOLD_ERASED, PERSON_ERASED
from people.models import Child, Household, Person
from people.queries.rights import rights_of
from people.registers.holdings import Owner, holdings


@step
def erase(owner: Owner, *, by: Person | None, at: datetime, reason: str = "") -> dict[str, int]:
    """How many rows went or were emptied, by holding. The caller has locked the households and asked the rules.

    Nothing happens to what is erased already. A child's own account goes with the child, unless it works for the library
    by now. `by` is nobody for the clock.
    """
    fresh = _still_there(owner)
    logins = [child.person for child in fresh.children if child.person is not None and not rights_of(child.person)]
    _post_facts(fresh, by=by)
    counts: dict[str, int] = {}
    for each in (fresh, *(Owner(person=person) for person in logins)):
        for holding in holdings:
            if holding.erase is not None and (gone := holding.erase(each, at)):
                counts[holding.key] = counts.get(holding.key, 0) + gone
    for child in fresh.children:
        note("people.child_erased", subject=child, actor=by, reason=reason)
    for household in fresh.households:
        note("people.household_erased", subject=household, actor=by, reason=reason)
    for person in (*fresh.persons, *logins):
        note("people.person_erased", subject=person, actor=by, reason=reason)
    return counts


def _still_there(owner: Owner) -> Owner:
    """Read anew, inside the locks."""
    children = Child.objects.select_related("person__network").filter(
        pk__in=[child.pk for child in owner.children], erased_at=None
    )
    households = Household.objects.filter(pk__in=[each.pk for each in owner.households], closed_at=None)
    person = None
    if owner.person is not None:
        rows = Person.objects.select_for_update(of=("self",)).select_related("network")
        person = rows.filter(pk=owner.person.pk, erased_at=None).first()
    return Owner(person, tuple(children.order_by("pk")), tuple(households.order_by("pk")))


def _post_facts(owner: Owner, *, by: Person | None) -> None:
    """Before the number goes. A person is told by SMS, the others of the family in their inboxes."""
    actor = by.pk if by is not None else None
    if owner.person is not None:
        phone = owner.person.phone
        place = {"network_code": owner.person.network.code, "purpose": CODE}
        payload = {"person": owner.person.pk, "phone": sealed.seal(phone, **place) if phone else ""}
        post(PERSON_ERASED, payload=payload, dedupe_key=f"{owner.person.pk}")
    for household in owner.households:
        members = list(household.members.filter(left_at=None).values_list("person_id", flat=True))
        post(HOUSEHOLD_ERASED, payload={"members": members, "by": actor}, dedupe_key=f"{household.pk}")
    ended = {household.pk for household in owner.households}
    for child in owner.children:
        if child.household_id not in ended:
            post(CHILD_ERASED, payload={"household": child.household_id, "by": actor}, dedupe_key=f"{child.pk}")
