"""What several commands on households share."""

from dataclasses import dataclass
from datetime import datetime

from kit.command import step
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.choices import FamilyVerb, MemberRole
from people.models import Household, Member, Person
from people.queries.families import members_of
from people.rules import families as rules


@dataclass(frozen=True)
class Home:
    """A household that nobody else changes until the transaction ends, and the member who acts in it."""

    household: Household
    members: list[Member]
    me: Member

    @property
    def guardians(self) -> int:
        return sum(member.role == MemberRole.GUARDIAN for member in self.members)

    @property
    def role(self) -> MemberRole:
        return MemberRole(self.me.role)


@step
def lock_household(household: Household) -> Household:
    """All changes of one family are made one after another."""
    row: Household = Household.objects.select_for_update(of=("self",)).select_related("network").get(pk=household.pk)
    return row


@step
def enter_home(household: Household, *, by: Person, verb: FamilyVerb) -> Home:
    """Locked, and refused if this person's part in it no longer allows the verb."""
    row = lock_household(household)
    members = members_of(row)
    me = next((member for member in members if member.person_id == by.pk), None)
    has_guardian = any(member.role == MemberRole.GUARDIAN for member in members)
    refuse_if(rules.against_verb(MemberRole(me.role) if me else None, verb, has_guardian=has_guardian))
    return Home(row, members, me)  # type: ignore[arg-type] # refused above if there is none


@step
def put_member(
    *,
    household: Household,
    person: Person,
    role: MemberRole,
    relation: str,
    at: datetime,
    invited_by: int | None = None,
    actor: Person | None = None,
    reason: str = "",
) -> Member:
    member: Member = Member.objects.create(
        household=household, person=person, role=role, relation=relation, joined_at=at, invited_by_id=invited_by
    )
    values = {"household": household.pk, "role": role}
    note("people.member_joined", subject=member, actor=actor or person, values=values, reason=reason)
    return member


@step
def end_membership(member: Member, *, by: Person, at: datetime, verb: str, reason: str = "") -> None:
    """`verb`: left or removed, for the journal."""
    member.left_at = max(at, member.joined_at)
    member.save(update_fields=["left_at"])
    note(f"people.member_{verb}", subject=member, actor=by, values={"household": member.household_id}, reason=reason)


@step
def close_if_deserted(household: Household, *, by: Person, at: datetime) -> None:
    """The last adult has gone, and there are no children: nothing is left of the family."""
    if household.children.filter(erased_at=None, merged_into=None).exists():
        return
    if not Member.objects.filter(household=household, left_at=None).exists():
        household.closed_at = at
        household.save(update_fields=["closed_at"])
        note("people.household_closed", subject=household, actor=by)
