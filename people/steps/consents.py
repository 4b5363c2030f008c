"""Answers are written here alone: each ends the one before it, and none is ever changed."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from kit.command import step
from kit.refusals import Refusal, Refused, refuse_if
from networks.steps.journal import note
from networks.steps.outbox import post
from people.choices import ConsentAnswer, ConsentEnd, MemberRole
from people.messages import CONSENT_WITHDRAWN
from people.models import Child, Consent, Household, Person
from people.queries.consents import live_answer, questions
from people.registers import ConsentPurpose
from people.rules import consents as rules


@step
def answer(
    *,
    household: Household,
    purpose: ConsentPurpose,
    answer: ConsentAnswer,
    by: Person,
    as_role: MemberRole,
    at: datetime,
    child: Child | None = None,
    subject: models.Model | None = None,
    expires_at: datetime | None = None,
    shown: int | None = None,
) -> Consent:
    """Ends the answer in force and puts this one in its place; the same answer by the same person changes nothing.

    `as_role` is the member's role as the caller's door found it. `shown`: the version that the page showed, if it
    showed one. What a carer declares holds for thirty days.
    """
    row = _locked(household)
    mine = child if purpose.is_per_child else None
    if mine is not None:
        refuse_if(_against_child(mine, row))
    (question,) = questions([purpose])
    refuse_if(rules.against_version(purpose=purpose.title, shown=shown, in_force=question.version))
    kind, pk = _subject(subject)
    live = live_answer(row, purpose, mine, subject_kind=kind, subject_id=pk)
    standing = live if live is None or live.expires_at is None or live.expires_at > at else None
    was_given_as = MemberRole(standing.given_as) if standing else None
    refuse_if(
        rules.against_answering(answer=answer, as_role=as_role, is_needed=purpose.is_needed, standing=was_given_as)
    )
    fresh = Consent(household=row, child=mine, purpose=purpose.key, answer=answer, given_by=by, given_as=as_role)
    fresh.version, fresh.subject_kind, fresh.subject_id = question.version or 0, kind, pk
    fresh.expires_at = expires_at or rules.holds_until(as_role, at=at)
    if standing is not None and _says_the_same(standing, fresh):
        return standing
    return _put(fresh, live, by=by, end=ConsentEnd.REPLACED, at=at)


@step
def withdraw(*, consent: Consent, by: Person, at: datetime) -> Consent:
    """A guardian takes an agreement back: it ends, and "not agreed" stands in its place. Every guardian is told."""
    row = _locked(consent.household)
    live: Consent = Consent.objects.select_related("child").get(pk=consent.pk, household=row)
    if live.ended_at is not None or live.answer != ConsentAnswer.GIVEN:
        raise Refused(
            Refusal("ended_already", _("This agreement has ended already."), _("The page shows how it stands now."))
        )
    fresh = Consent(
        household=row,
        child=live.child,
        purpose=live.purpose,
        version=live.version,
        subject_kind=live.subject_kind,
        subject_id=live.subject_id,
        answer=ConsentAnswer.REFUSED,
        given_by=by,
        given_as=MemberRole.GUARDIAN,
    )
    return _put(fresh, live, by=by, end=ConsentEnd.WITHDRAWN, at=at)


@step
def end_consents(rows: "models.QuerySet[Consent]", *, end: ConsentEnd, at: datetime, by: Person | None = None) -> int:
    """Without another answer: they ran out, or what they were about is erased."""
    return rows.filter(ended_at=None).update(
        ended_at=models.functions.Greatest(models.F("given_at"), models.Value(at)), end=end, ended_by=by
    )


def _put(fresh: Consent, live: Consent | None, *, by: Person, end: ConsentEnd, at: datetime) -> Consent:
    """The one begins at the very instant at which the other ends."""
    instant = max(at, live.given_at) if live is not None else at
    if live is not None:
        live.ended_at, live.ended_by, live.end = instant, by, end
        live.save(update_fields=["ended_at", "ended_by", "end"])
    fresh.given_at = instant
    fresh.save(force_insert=True)
    values = {"purpose": fresh.purpose, "answer": fresh.answer, "version": fresh.version, "as": fresh.given_as}
    note("people.consent_answered", subject=fresh, actor=by, values=values)
    if live is not None and live.answer == ConsentAnswer.GIVEN and fresh.answer == ConsentAnswer.REFUSED:
        post(CONSENT_WITHDRAWN, payload={"consent": fresh.pk}, dedupe_key=f"{fresh.pk}")
    return fresh


def _locked(household: Household) -> Household:
    """Answers of one family are written one after another; so are they and its erasing."""
    row: Household = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    return row


def _against_child(child: Child, household: Household) -> list[Refusal]:
    now: Child = Child.objects.get(pk=child.pk)
    is_live = now.erased_at is None and now.merged_into_id is None
    return list(rules.against_child(is_of_household=now.household_id == household.pk, is_live=is_live))


def _subject(subject: models.Model | None) -> tuple[str, int | None]:
    return (subject._meta.label_lower, subject.pk) if subject is not None else ("", None)


def _says_the_same(standing: Consent, fresh: Consent) -> bool:
    return all(
        getattr(standing, name) == getattr(fresh, name) for name in ("answer", "version", "given_by_id", "given_as")
    )
