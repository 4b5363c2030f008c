"""What an activity asks of those who sign up, and what they answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext

from programmes.planning.models import Activity
from programmes.signup.choices import QuestionKind
from programmes.signup.models import Answer, Question, Registration, Terms
from programmes.signup.queries.coming import Sight
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules.answers import unanswered

# Stands for them where the code of a child would stand.
_NAMELESS = "nameless"


@dataclass(frozen=True)
class AnswerLine:
    """`name` and `child`, an id: the one it is about, or none."""

    label: str
    value: str
    name: str = ""
    child: int = 0
    place: int = 0


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
    """By registration, as the family itself reads them."""
    return _lines(Answer.objects.filter(registration__in=list(registrations)))


def lines_for(sight: Sight, registrations: Iterable[Registration]) -> dict[int, list[AnswerLine]]:
    """As staff read them: what is only for those who need to know, only they."""
    rows = Answer.objects.filter(registration__in=list(registrations))
    return _lines(rows if sight.needs else rows.exclude(question__is_guarded=True))


def guarded_lines(sight: Sight, registrations: Iterable[Registration]) -> dict[int, list[AnswerLine]]:
    """Those alone that one needs to know on the day."""
    if not sight.needs:
        return {}
    return _lines(Answer.objects.filter(registration__in=list(registrations), question__is_guarded=True))


def hides_some(sight: Sight, row: Registration) -> bool:
    """It answered what this member of staff does not see."""
    return not sight.needs and Answer.objects.filter(registration=row, question__is_guarded=True).exists()


def _lines(answers: "QuerySet[Answer]") -> dict[int, list[AnswerLine]]:
    """In the words that were asked; one statement. Of a child who is no longer in it, nothing."""
    rows = answers.select_related("question", "seat__child")
    found: dict[int, list[AnswerLine]] = defaultdict(list)
    for row in rows.order_by("question__place", "question_id", "seat_id", "pk"):
        child = row.seat.child if row.seat is not None else None
        if row.seat is None or child is not None:
            name, key = (child.name, child.pk) if child is not None else ("", 0)
            line = AnswerLine(row.question.label, said(row), name, key, row.question.place)
            found[row.registration_id].append(line)
    return found


def open_lines(row: Registration) -> list[AnswerLine]:
    """What has to be answered and is not: asked by nobody on the telephone, or of another activity than it came from.
    Two statements, where something is asked.
    """
    return _open(row, asked_by(terms_in(row.session)))


def open_lines_for(sight: Sight, row: Registration) -> list[AnswerLine]:
    """As staff read them: that a question is put at all may tell what was answered before."""
    questions = asked_by(terms_in(row.session))
    hidden = set() if sight.needs else {question.pk for question in questions if question.is_guarded}
    return _open(row, questions, hidden=hidden)


def _open(row: Registration, questions: Sequence[Question], *, hidden: Collection[int] = ()) -> list[AnswerLine]:
    if row.ended_at is not None or row.group_id is not None:
        return []
    if not any(question.is_required for question in questions):
        return []
    live = [seat for seat in row.seats.all() if seat.ended_at is None]
    names = {seat.child.code: seat.child.name for seat in live if seat.child is not None}
    if len(live) > len(names) + row.adults:
        names[_NAMELESS] = gettext("children without a name here")
    found = unanswered(questions, list(names), given_by(row, questions))
    return [AnswerLine(one.label, "", names.get(code, "")) for one, code in found if one.pk not in hidden]


def said(answer: Answer) -> str:
    if answer.question.kind == QuestionKind.CONSENT:
        return pgettext("an answer", "agreed")
    return answer.value.replace("\n", "、") if answer.question.kind == QuestionKind.SEVERAL else answer.value
