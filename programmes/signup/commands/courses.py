"""A family signs up for several days of a course in one go, or gives up those that are left: all of it or nothing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError

from kit.command import command
from kit.refusals import Refused, refuse_if
from networks.steps.outbox import post
from people.choices import FamilyVerb
from people.models import Child, Household, Person
from people.queries.ownership import role_in
from people.rules.families import against_verb
from programmes.planning.models import Session
from programmes.signup.choices import Ending, State
from programmes.signup.commands.registering import is_twice
from programmes.signup.messages import ENDED
from programmes.signup.models import Registration
from programmes.signup.queries import families
from programmes.signup.queries.courses import course_of, days_of
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules import courses as rules
from programmes.signup.rules.answers import Key
from programmes.signup.rules.approval import with_a_place
from programmes.signup.rules.party import counted
from programmes.signup.rules.registering import against_own_change, registered_already
from programmes.signup.steps.answers import looked_at
from programmes.signup.steps.caps import hold_to_cap
from programmes.signup.steps.ending import end_registration
from programmes.signup.steps.joining import take_or_wait
from programmes.signup.steps.parties import Party, chosen, locked, refuse_party
from programmes.signup.steps.places import left_of
from programmes.signup.steps.writing import write_down


def register_course(
    *,
    household: Household,
    session: Session,
    days: Collection[str],
    party: Party,
    by: Person,
    request_key: UUID,
    at: datetime,
    waits_for: Collection[str] = (),
) -> Registration:
    """Codes, as the page of `session` showed them; `waits_for` those that were full, where a family waits if they still are.
    The first of the registrations; the same request is the same.
    """
    chosen_days = frozenset({*days, *waits_for}), frozenset(waits_for)
    try:
        return _register(household, session, chosen_days, party, by=by, request_key=request_key, at=at)
    except (IntegrityError, Refused) as error:
        made = families.sent_before(request_key, by=by)
        if made is not None:
            return made
        if isinstance(error, IntegrityError) and is_twice(error):
            raise Refused(registered_already()) from error
        raise


@command
def _register(
    household: Household,
    session: Session,
    chosen_days: tuple[frozenset[str], frozenset[str]],
    party: Party,
    *,
    by: Person,
    request_key: UUID,
    at: datetime,
) -> Registration:
    made = families.sent_before(request_key, by=by)
    if made is not None:
        return made
    days, waits_for = chosen_days
    opened = Session.objects.select_related("activity__signup_terms").get(pk=session.pk)
    there, terms = days_of(opened, at=at), terms_in(opened)
    refuse_if(rules.against_days(terms, days, there))
    sessions = [row for row in there if row.code in days]
    children = chosen(household, party)
    for number, row in enumerate(sessions):
        refuse_party(household, row, children, party, by=by, at=at, is_later_day=number > 0)
    answers = looked_at(terms, children, party.answers)
    rows = _rows(sessions, household, children, party)
    for made in rows:
        made.by, made.request_key, made.made_at = by, request_key, at
    _take(rows, waits_for, at=at)
    hold_to_cap(household, sessions, children, terms)
    return _written(rows, children, answers)


def _rows(
    sessions: Sequence[Session], household: Household, children: Sequence[Child], party: Party
) -> list[Registration]:
    together = uuid4() if len(sessions) > 1 else None
    return [
        Registration(
            session=row,
            household=household,
            together=together,
            state=with_a_place(terms_in(row)),
            adults=party.adults,
            counted=counted(row, children=len(children), adults=party.adults),
            accepted=row.safety_notice,
        )
        for row in sessions
    ]


def _take(rows: Sequence[Registration], waits_for: Collection[str], *, at: datetime) -> None:
    """All families in the same order, so that none waits for another in a ring."""
    for row in sorted(rows, key=lambda one: one.session_id):
        try:
            take_or_wait(row, agrees=row.session.code in waits_for, at=at)
        except Refused as no:
            raise Refused(rules.full_day(row.session, left_of(row.session_id), row.counted)) from no


def _written(
    rows: Sequence[Registration], children: Sequence[Child], answers: Mapping[Key, str] | None
) -> Registration:
    """Told once of all days that it has, and of each for which it waits."""
    held = [row for row in rows if row.state != State.WAITS]
    for row in rows:
        days = len(held) if row in held[:1] else int(row not in held)
        write_down(row, children=children, answers=answers, days=days)
    return (held or rows)[0]


@command
def cancel_course(*, registration: Registration, by: Person, at: datetime) -> int:
    """By the family: every day that it may still give up; how many those were. A second tap changes nothing."""
    found = sorted(course_of(registration), key=lambda row: row.session_id)
    ended = 0
    first = registration
    for row in [locked(one) for one in found]:
        refuse_if(against_verb(role_in(row.household, by), FamilyVerb.REGISTER, has_guardian=True))
        if next(against_own_change(row, terms_in(row.session), at=at), None) is None:
            end_registration(row, ending=Ending.BY_FAMILY, by=by, at=at)
            first, ended = (row if not ended or row.session.starts_at < first.session.starts_at else first), ended + 1
    if ended:
        payload = {"registration": first.pk, "by": by.pk, "days": ended}
        post(ENDED, payload=payload, dedupe_key=f"{first.pk}")
    return ended
