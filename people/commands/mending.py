"""Staff mend what a family cannot: a typing error, a member whom no guardian may touch. Always with a reason."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from kit.command import command
from kit.refusals import Refusal, Refused, refuse_if
from networks.steps.journal import note
from networks.steps.outbox import post
from people.messages import MEMBER_REMOVED
from people.models import Child, Household, Person
from people.queries.families import children_of, guardians, live_children, members_of
from people.rules import families as rules
from people.steps.children import Details, child_in, put_details
from people.steps.families import close_if_deserted, end_membership, lock_household
from people.steps.pairs import drop_open_pairs, notice_pairs


@command
def mend_child(*, child: Child, details: Details, by: Person, reason: str, today: date) -> Child:
    household = lock_household(child.household)
    row = child_in(household, child)
    siblings = children_of(household)
    refuse_if(
        rules.against_child(
            name=details.name, birth_month=details.birth_month, today=today, siblings=siblings, itself=row
        )
    )
    if changed := put_details(row, details):
        row.save(update_fields=changed)
        note("people.child_mended", subject=row, actor=by, changed=changed, reason=reason)
    if {"name", "birth_month"} & set(changed):
        drop_open_pairs(row)
        notice_pairs(row)
    return row


@command
def dismiss_member(*, household: Household, member_id: int, by: Person, reason: str, at: datetime) -> None:
    """What guardians disagree about is settled at the desk. The last guardian stays while there are children."""
    row = lock_household(household)
    members = members_of(row)
    member = next((one for one in members if one.pk == member_id), None)
    if member is None:
        raise Refused(Refusal("gone_already", _("This member has left already."), _("There is nothing more to do.")))
    children = live_children().filter(household=row).count()
    refuse_if(rules.against_dismissing(member, guardians=len(guardians(members)), children=children))
    end_membership(member, by=by, at=at, verb="dismissed", reason=reason)
    row.join_links.filter(made_by=member.person, used_at=None, revoked_at=None).update(revoked_at=at)
    close_if_deserted(row, by=by, at=at)
    post(MEMBER_REMOVED, payload={"member": member.pk, "by": by.pk}, dedupe_key=f"{member.pk}")
