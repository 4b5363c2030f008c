"""A forwarded link brings another adult into a household, once."""

from datetime import datetime

from kit import ids, sealed
from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from networks.steps.outbox import post
from people.choices import FamilyVerb, MemberRole
from people.messages import MEMBER_JOINED
from people.models import Household, JoinLink, Member, Person
from people.models.household import JOIN_LINK
from people.queries.families import is_young, members_of
from people.queries.joining import hash_of
from people.rules import families as rules
from people.steps.families import Home, enter_home, lock_household, put_member
from people.steps.persons import set_name

SECRET_LENGTH = 20
_VERBS = {MemberRole.GUARDIAN: FamilyVerb.INVITE_GUARDIAN, MemberRole.CARER: FamilyVerb.INVITE_CARER}


@command
def make_join_link(*, household: Household, role: MemberRole, relation: str, by: Person, at: datetime) -> JoinLink:
    """A new link for a role withdraws the one before."""
    home = enter_home(household, by=by, verb=_VERBS[role])
    refuse_if(rules.against_inviting(role, by=home.role, guardians=home.guardians))
    return _put_link(home, role=role, relation=relation, at=at)


@command
def withdraw_link(*, household: Household, link_id: int, by: Person, at: datetime) -> None:
    """By a guardian, or by whoever made it. Withdrawing twice changes nothing."""
    home = enter_home(household, by=by, verb=FamilyVerb.INVITE_GUARDIAN)
    link = JoinLink.objects.filter(pk=link_id, household=home.household).first()
    is_own = link is not None and (home.role == MemberRole.GUARDIAN or link.made_by_id == by.pk)
    refuse_if(rules.against_withdrawing(link if is_own else None))
    if link is not None and link.revoked_at is None:
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
        note("people.join_link_withdrawn", subject=link, actor=by)


@command
def join(*, link: JoinLink, by: Person, name: str, relation: str, at: datetime) -> Member:
    """`name` is kept where the person has none yet."""
    household = lock_household(link.household)
    now = JoinLink.objects.get(pk=link.pk)
    members = members_of(household)
    refuse_if(rules.against_joining(now, joiner=by.pk, members=members, is_young=is_young(by), at=at))
    if not use_link(now, by=by, at=at):
        refuse_if(rules.against_link(JoinLink.objects.get(pk=link.pk), at=at))
    if name and not by.name:
        set_name(by, name=name)
    member = put_member(
        household=household,
        person=by,
        role=MemberRole(now.role),
        relation=relation or now.relation,
        at=at,
        invited_by=now.made_by_id,
    )
    post(MEMBER_JOINED, payload={"member": member.pk}, dedupe_key=f"{member.pk}")
    return member


def use_link(link: JoinLink, *, by: Person, at: datetime) -> bool:
    """Of two who press at once, one finds it open."""
    open_now = JoinLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None, expires_at__gt=at)
    return open_now.update(used_at=at, used_by=by) == 1


def _put_link(home: Home, *, role: MemberRole, relation: str, at: datetime) -> JoinLink:
    household, secret = home.household, ids.random_code(SECRET_LENGTH)
    household.join_links.filter(role=role, child=None, used_at=None, revoked_at=None).update(revoked_at=at)
    link: JoinLink = JoinLink.objects.create(
        household=household,
        secret_hash=hash_of(secret),
        secret_sealed=sealed.seal(secret, network_code=household.network.code, purpose=JOIN_LINK),
        role=role,
        relation=relation,
        made_by=home.me.person,
        made_at=at,
        expires_at=at + rules.LINK_LIFE,
    )
    note("people.join_link_made", subject=link, actor=home.me.person, values={"role": [role]})
    return link
