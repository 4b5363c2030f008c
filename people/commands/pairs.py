"""Staff answer whether two records are one child."""

from collections.abc import Mapping
from datetime import datetime

from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from networks.steps.outbox import post
from people.choices import MemberRole, PairState
from people.messages import CHILDREN_MERGED
from people.models import Child, ChildPair, Household, Member, Person
from people.queries.families import live_children, members_of
from people.rules import pairs as rules
from people.steps.families import close_if_deserted, end_membership, lock_household, put_member
from people.steps.merging import merge_child


@command
def tell_apart(*, pair: ChildPair, by: Person, reason: str, at: datetime) -> None:
    """Not the same child; the pair is never shown again."""
    row, first, second = _locked(pair)
    refuse_if(rules.against_answering(row, first, second))
    _answer(row, PairState.DIFFERENT, by=by, reason=reason, at=at)
    note("people.children_told_apart", subject=row, actor=by, reason=reason)


@command
def merge(
    *, pair: ChildPair, kept_id: int, bring: Mapping[int, MemberRole], by: Person, reason: str, at: datetime
) -> Child:
    """`bring`: members of the family whose record goes who join the other, and as what. Nobody, if it is empty."""
    row, first, second = _locked(pair)
    refuse_if(rules.against_answering(row, first, second))
    kept, gone = (first, second) if first.pk == kept_id else (second, first)
    refuse_if(rules.against_merging(kept, gone))
    _answer(row, PairState.MERGED, by=by, reason=reason, at=at)
    left = gone.household
    merge_child(kept=kept, gone=gone, by=by, reason=reason, at=at)
    _bring(bring, into=kept.household, out_of=left, by=by, reason=reason, at=at)
    post(
        CHILDREN_MERGED,
        payload={"kept": kept.pk, "gone": gone.pk, "household": left.pk},
        dedupe_key=f"{kept.pk}:{gone.pk}",
    )
    return kept


def _locked(pair: ChildPair) -> tuple[ChildPair, Child, Child]:
    """Both families first, in the order of their rows, so that two merges never wait for one another."""
    children = Child.objects.filter(pk__in=[pair.first_id, pair.second_id])
    for household in Household.objects.filter(children__in=children).distinct().order_by("pk"):
        lock_household(household)
    row: ChildPair = ChildPair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    rows = Child.objects.select_for_update(of=("self",)).select_related("household__network", "person").order_by("pk")
    first, second = rows.filter(pk__in=[row.first_id, row.second_id])
    return row, first, second


def _answer(row: ChildPair, state: PairState, *, by: Person, reason: str, at: datetime) -> None:
    row.state, row.answered_by, row.answered_at, row.reason = state, by, at, reason
    row.save(update_fields=["state", "answered_by", "answered_at", "reason"])


def _bring(
    bring: Mapping[int, MemberRole], *, into: Household, out_of: Household, by: Person, reason: str, at: datetime
) -> None:
    """They leave the old family only if no child is left there for them."""
    there = {member.person_id for member in members_of(into)}
    is_empty = not live_children().filter(household=out_of).exists()
    for member in members_of(out_of):
        role = bring.get(member.pk)
        if role is None:
            continue
        if member.person_id not in there:
            _join(member, into=into, role=role, by=by, reason=reason, at=at)
        if is_empty:
            end_membership(member, by=by, at=at, verb="moved", reason=reason)
    close_if_deserted(out_of, by=by, at=at)


def _join(member: Member, *, into: Household, role: MemberRole, by: Person, reason: str, at: datetime) -> None:
    put_member(
        household=into, person=member.person, role=role, relation=member.relation, at=at, actor=by, reason=reason
    )
