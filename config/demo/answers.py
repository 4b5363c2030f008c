"""What the demo's families have answered; some have changed their minds."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from people.choices import ConsentAnswer, ConsentEnd, MemberRole
from people.models import Child, Consent, Member
from people.queries.consents import Question, questions
from people.registers import CHILD_DATA, PHOTO
from people.rules.consents import holds_until

GIVEN, REFUSED = ConsentAnswer.GIVEN, ConsentAnswer.REFUSED


def answers(children: list[Child], members: list[Member], *, at: datetime, chance: Random) -> list[Consent]:
    """Whoever began answers for the children; photographs are a guardian's to answer, once for the family."""
    child_data, photo = questions([CHILD_DATA, PHOTO])
    answering = _who_answers(members)
    found: list[Consent] = []
    asked: set[int] = set()
    for child in children:
        member = answering[child.household_id]
        back_at = max(member.joined_at, at - timedelta(days=6))
        is_guardian = member.role == MemberRole.GUARDIAN
        regrets = is_guardian and chance.random() < 0.015
        found += _one(child_data, GIVEN, member, child, taken_back_at=back_at if regrets else None)
        if is_guardian and member.household_id not in asked and chance.random() < 0.75:
            asked.add(member.household_id)
            answer = GIVEN if chance.random() < 0.7 else REFUSED
            regrets = answer == GIVEN and chance.random() < 0.05
            found += _one(photo, answer, member, None, taken_back_at=back_at if regrets else None)
    return found


def _who_answers(members: list[Member]) -> dict[int, Member]:
    """The first guardian of each household, else who began it."""
    found: dict[int, Member] = {}
    for member in members:
        first = found.setdefault(member.household_id, member)
        if first.role != MemberRole.GUARDIAN and member.role == MemberRole.GUARDIAN:
            found[member.household_id] = member
    return found


def _one(
    question: Question, answer: ConsentAnswer, member: Member, child: Child | None, *, taken_back_at: datetime | None
) -> Iterator[Consent]:
    since = member.household.made_at
    common = {
        "household": member.household,
        "child": child,
        "purpose": question.purpose.key,
        "version": question.version or 0,
        "given_by": member.person,
        "given_as": member.role,
    }
    if taken_back_at is None:
        until = holds_until(MemberRole(member.role), at=since)
        yield Consent(**common, answer=answer, given_at=since, expires_at=until)
        return
    ended = {"ended_at": taken_back_at, "ended_by": member.person, "end": ConsentEnd.WITHDRAWN}
    yield Consent(**common, answer=answer, given_at=since, **ended)
    yield Consent(**common, answer=ConsentAnswer.REFUSED, given_at=taken_back_at)
