"""A family answers, and takes an answer back."""

from datetime import datetime

from kit.command import command
from kit.refusals import refuse_if
from people.choices import ConsentAnswer, MemberRole
from people.models import Child, Consent, Household, Person
from people.queries.ownership import role_in
from people.registers import OWN_LOGIN, ConsentPurpose
from people.rules.consents import against_answering
from people.rules.families import against_own_login
from people.steps import consents as steps


@command
def answer(
    *,
    household: Household,
    purpose: ConsentPurpose,
    answer: ConsentAnswer,
    by: Person,
    at: datetime,
    child: Child | None = None,
    shown: int | None = None,
) -> Consent:
    """As what the person is in the family now: whoever has just been removed answers nothing."""
    role = role_in(household, by) or MemberRole.YOUNG
    if purpose == OWN_LOGIN and answer == ConsentAnswer.GIVEN and child is not None and child.person_id is None:
        network = by.network
        today = at.astimezone(network.zone).date()
        refuse_if(against_own_login(child, today=today, network_rules=network.rules))
    return steps.answer(
        household=household, purpose=purpose, answer=answer, by=by, as_role=role, at=at, child=child, shown=shown
    )


@command
def withdraw(*, consent: Consent, by: Person, at: datetime) -> Consent:
    role = role_in(consent.household, by) or MemberRole.YOUNG
    refuse_if(against_answering(answer=ConsentAnswer.REFUSED, as_role=role, is_needed=False, standing=None))
    return steps.withdraw(consent=consent, by=by, at=at)
