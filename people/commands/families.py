"""A household begins, its adults change and leave, it chooses where it lives."""

from datetime import datetime

from django.utils.translation import gettext as _

from kit.command import command
from kit.refusals import Refusal, Refused, refuse_if
from networks.models import Area
from networks.steps.journal import note
from networks.steps.outbox import post
from people.choices import FamilyVerb, MemberRole
from people.messages import MEMBER_CHANGED, MEMBER_LEFT, MEMBER_REMOVED
from people.models import Household, Member, Person
from people.queries.families import is_young, live_children, live_members
from people.rules import families as rules
from people.steps.families import Home, close_if_deserted, end_membership, enter_home, put_member
from people.steps.persons import set_name


@command
def start_household(*, by: Person, role: MemberRole, relation: str, at: datetime, name: str = "") -> Household:
    """Whoever begins is its first member. Two taps at once begin one: the second finds the first."""
    Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if name and not by.name:
        set_name(by, name=name)
    mine = list(live_members().filter(person=by).select_related("household"))
    empty = next((one.household for one in mine if _is_fresh(one)), None)
    if empty is not None:
        return empty
    refuse_if(
        rules.against_beginning(role, households=len(mine), is_young=is_young(by), network_rules=by.network.rules)
    )
    household: Household = Household.objects.create(made_at=at)
    put_member(household=household, person=by, role=role, relation=relation, at=at)
    return household


@command
def choose_district(*, household: Household, district: Area | None, by: Person) -> None:
    home = enter_home(household, by=by, verb=FamilyVerb.CHOOSE_DISTRICT)
    home.household.district = district
    home.household.save(update_fields=["district"])
    note("people.district_chosen", subject=home.household, actor=by, changed=["district"])


@command
def change_role(*, household: Household, member_id: int, role: MemberRole, by: Person, at: datetime) -> Member:
    home = enter_home(household, by=by, verb=FamilyVerb.CHANGE_ROLE)
    member = _member(home, member_id)
    if member.role == role:
        return member
    refuse_if(
        rules.against_changing(
            member, by=home.me, role=role, guardians=home.guardians, children=_children(home.household)
        )
    )
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    if role == MemberRole.CARER:
        _withdraw_links(home.household, made_by=member.person, at=at)
    note("people.member_changed", subject=member, actor=by, values={"role": [before, role]})
    post(MEMBER_CHANGED, payload={"member": member.pk, "by": by.pk}, dedupe_key=f"{member.pk}:{at.isoformat()}")
    return member


@command
def remove_member(*, household: Household, member_id: int, by: Person, at: datetime) -> Member:
    home = enter_home(household, by=by, verb=FamilyVerb.REMOVE_MEMBER)
    member = _member(home, member_id)
    if member.pk == home.me.pk:
        raise Refused(Refusal("oneself", _("This is you."), _("To go yourself, choose “Leave this family”.")))
    refuse_if(
        rules.against_changing(
            member, by=home.me, role=None, guardians=home.guardians, children=_children(home.household)
        )
    )
    end_membership(member, by=by, at=at, verb="removed")
    _withdraw_links(home.household, made_by=member.person, at=at)
    post(MEMBER_REMOVED, payload={"member": member.pk, "by": by.pk}, dedupe_key=f"{member.pk}")
    return member


@command
def leave(*, household: Household, by: Person, at: datetime) -> None:
    """The last guardian stays as long as there are children; the last adult closes the door."""
    home = enter_home(household, by=by, verb=FamilyVerb.LEAVE)
    children = _children(home.household)
    refuse_if(rules.against_leaving(home.me, guardians=home.guardians, adults=len(home.members), children=children))
    end_membership(home.me, by=by, at=at, verb="left")
    _withdraw_links(home.household, made_by=by, at=at)
    close_if_deserted(home.household, by=by, at=at)
    post(MEMBER_LEFT, payload={"member": home.me.pk}, dedupe_key=f"{home.me.pk}")


def _is_fresh(member: Member) -> bool:
    """A household that this person began a moment ago and has not used: the button was pressed twice."""
    household = member.household
    return member.invited_by_id is None and not household.children.exists() and household.members.count() == 1


def _member(home: Home, member_id: int) -> Member:
    member = next((one for one in home.members if one.pk == member_id), None)
    if member is None:
        raise Refused(Refusal("gone_already", _("This member has left already."), _("There is nothing more to do.")))
    return member


def _children(household: Household) -> int:
    return live_children().filter(household=household).count()


def _withdraw_links(household: Household, *, made_by: Person, at: datetime) -> None:
    """What somebody forwarded before they went, or lost the right to, brings nobody in afterwards."""
    household.join_links.filter(made_by=made_by, used_at=None, revoked_at=None).update(revoked_at=at)
