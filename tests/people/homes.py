"""Families for tests: a mother (王芳), perhaps a grandmother (李桂英), and their children."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from kit import clock
from kit.command import command
from networks.models import Network, inside
from people.choices import ConsentAnswer, MemberRole
from people.models import Child, Consent, Household, Member, Person
from people.registers import CHILD_DATA, ConsentPurpose
from people.steps import consents

NAMES = ("小雨", "小宇", "小禾", "小满")


def home(
    network: Network, guardian: Person, *, carer: Person | None = None, children: int = 1, at: datetime | None = None
) -> Household:
    """Every child's data is agreed to by the guardian."""
    now = at or clock.now()
    with inside(network), transaction.atomic():
        household = Household.objects.create(made_at=now)
        Member.objects.create(household=household, person=guardian, role=MemberRole.GUARDIAN, joined_at=now)
        if carer is not None:
            Member.objects.create(household=household, person=carer, role=MemberRole.CARER, joined_at=now)
        for name in NAMES[:children]:
            child = Child.objects.create(
                household=household, name=name, birth_month=date(2021, 5, 1), added_by=guardian, added_at=now
            )
            consents.answer(
                household=household,
                purpose=CHILD_DATA,
                answer=ConsentAnswer.GIVEN,
                by=guardian,
                as_role=MemberRole.GUARDIAN,
                at=now,
                child=child,
            )
    return household


def children_of(household: Household) -> Sequence[Child]:
    with inside(household.network):
        return list(Child.objects.filter(household=household).order_by("pk"))


@command
def answered(
    household: Household,
    purpose: ConsentPurpose,
    answer: ConsentAnswer,
    by: Person,
    *,
    at: datetime,
    child: Child | None = None,
    as_role: MemberRole = MemberRole.GUARDIAN,
) -> Consent:
    with inside(household.network):
        return consents.answer(
            household=household, purpose=purpose, answer=answer, by=by, as_role=as_role, at=at, child=child
        )


@command
def withdrawn(consent: Consent, by: Person, *, at: datetime) -> Consent:
    with inside(consent.network):
        return consents.withdraw(consent=consent, by=by, at=at)
