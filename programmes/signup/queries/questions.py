"""What an activity asks of those who sign up, and what they answered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from programmes.planning.models import Activity
from programmes.signup.choices import QuestionKind
from programmes.signup.models import Answer, Question, Registration, Terms
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules.answers import unanswered

# Stands for them where the code of a child would stand.
_NAMELESS = "nameless"


@dataclass(frozen=True)
class AnswerLine:
    """`name`: of the child it is about, or none."""

    label: str
    value: str
    name: str = ""


def asked_by(terms: Terms | None) -> list[Question]:
    """In their order; no statement where there are none."""
    if terms is None or not terms.asks:
        return []
    return list(Question.objects.filter(terms=terms, retired_at=None).order_by("place", "pk"))


def questions_of(activity: Activity) -> list[Question]:
    rows = Question.objects.filter(terms__activity=activity, retired_at=None).select_related("condition")
    return list(rows.order_by("place", "pk"))


def is_answered(question: Question) -> bool:
    return Answer.objects.filter(question=question).exists()


def given_by(registration: Registration, questions: Sequence[Question]) -> dict[tuple[int, str], str]:
    """What it answered, by question and child; to an earlier version of a question as well."""
    if not questions:
        return {}
    newest = {question.replaces_id: question.pk for question in questions if question.replaces_id}
    rows = Answer.objects.filter(registration=registration).select_related("seat__child").order_by("pk")
    found: dict[tuple[int, str], str] = {}
    for row in rows:
        child = row.seat.child if row.seat is not None else None
        key = (newest.get(row.question_id, row.question_id), child.code if child else "")
        if row.seat is None or (child is not None and row.seat.ended_at is None):
            found[key] = row.value
    return found


def answer_lines(registrations: Iterable[Registration]) -> dict[int, list[AnswerLine]]:
    """By registration, in the words that were asked; one statement. Of a child who is no longer in it, nothing."""
    rows = Answer.objects.filter(registration__in=list(registrations)).select_related("question", "seat__child")
    found: dict[int, list[AnswerLine]] = defaultdict(list)
    for row in rows.order_by("question__place", "question_id", "seat_id", "pk"):
        child = row.seat.child if row.seat is not None else None
        if row.seat is None or child is not None:
            line = AnswerLine(row.question.label, said(row), child.name if child else "")
            found[row.registration_id].append(line)
    return found


def open_lines(row: Registration) -> list[AnswerLine]:
    """What has to be answered and is not: asked by nobody on the telephone, or of another activity than it came from.
    Two statements, where something is asked.
    """
    questions = asked_by(terms_in(row.session)) if row.ended_at is None and row.group_id is None else []
    if not any(question.is_required for question in questions):
        return []
    live = [seat for seat in row.seats.all() if seat.ended_at is None]
    names = {seat.child.code: seat.child.name for seat in live if seat.child is not None}
    if len(live) > len(names) + row.adults:
        names[_NAMELESS] = gettext("children without a name here")
    found = unanswered(questions, list(names), given_by(row, questions))
    return [AnswerLine(question.label, "", names.get(code, "")) for question, code in found]


def said(answer: Answer) -> str:
    if answer.question.kind == QuestionKind.CONSENT:
        return pgettext("an answer", "agreed")
    return answer.value.replace("\n", "、") if answer.question.kind == QuestionKind.SEVERAL else answer.value
