"""What a family answers: which questions are put to it, and whether an answer is one.

Answers go by the question's id and the code of the child, or none for the family; several of a list are lines of one.
"""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.signup.choices import AGREED, LISTED, QuestionKind
from programmes.signup.models import Question
from programmes.signup.models.questions import LINE, LONG

Key = tuple[int, str]
Answers = Mapping[Key, str]

# The code of the refusal that staff may pass.
NOT_ANSWERED = "not_answered"

# A number that somebody means.
_DIGITS = 9


def field_of(question: int, code: str = "") -> str:
    """How the sheet calls it."""
    return f"q{question}-{code}" if code else f"q{question}"


def put_to(question: Question, code: str, answers: Answers, asked: Mapping[int, Question]) -> bool:
    """Whether it is asked at all, after what was answered before."""
    if question.condition_id is None:
        return True
    before = asked.get(question.condition_id)
    if before is None:
        return False
    whose = code if before.per_child else ""
    given = answers.get((before.pk, whose), "").split("\n")
    return question.condition_value in given and put_to(before, whose, answers, asked)


def keys_of(questions: Sequence[Question], codes: Sequence[str]) -> Iterator[tuple[Question, str]]:
    for question in questions:
        yield from ((question, code) for code in (codes if question.per_child else ("",)))


def put(questions: Sequence[Question], codes: Sequence[str], answers: Answers) -> Iterator[tuple[Question, str, str]]:
    """Those that are put to this family, each with its answer or none."""
    asked = {question.pk: question for question in questions}
    for question, code in keys_of(questions, codes):
        if put_to(question, code, answers, asked):
            yield question, code, answers.get((question.pk, code), "").strip()


def against_answers(questions: Sequence[Question], codes: Sequence[str], answers: Answers) -> Iterator[Refusal]:
    for question, code, value in put(questions, codes, answers):
        field = field_of(question.pk, code)
        if not value:
            if question.is_required:
                yield _unanswered(question, field)
            continue
        for found, text, way_on in _against_value(question, value):
            yield Refusal(found, text, way_on, field=field)


def unanswered(questions: Sequence[Question], codes: Sequence[str], answers: Answers) -> list[tuple[Question, str]]:
    """Those that have to be answered and are not, each with the code of its child or none."""
    found = put(questions, codes, answers)
    return [(question, code) for question, code, value in found if question.is_required and not value]


def _unanswered(question: Question, field: str) -> Refusal:
    words = {"question": question.label}
    if question.kind == QuestionKind.CONSENT:
        return Refusal("not_agreed", _("This needs your agreement: %(question)s") % words, field=field)
    return Refusal(NOT_ANSWERED, _("Please answer: %(question)s") % words, field=field)


def _against_value(question: Question, value: str) -> Iterator[tuple[str, str, str]]:
    """Code, text and way on."""
    if question.kind in LISTED:
        if not set(value.split("\n")) <= set(question.choices):
            yield "no_such_answer", _("Please choose from the list."), ""
    elif question.kind == QuestionKind.CONSENT:
        if value != AGREED:
            yield "no_such_answer", _("Please tick it or leave it."), ""
    elif question.kind == QuestionKind.NUMBER:
        yield from _against_number(question, value)
    else:
        most = LINE if question.kind == QuestionKind.TEXT else LONG
        if len(value) > most:
            words = {"most": most, "count": len(value)}
            text = _("At most %(most)s characters; yours has %(count)s.") % words
            yield "too_long", text, _("Please shorten it; what you wrote is still here.")


def _against_number(question: Question, value: str) -> Iterator[tuple[str, str, str]]:
    number = number_in(value)
    if number is None:
        yield "not_a_number", _("Please enter a whole number."), ""
    elif question.least is not None and number < question.least:
        yield "too_small", _("At least %(least)s, please.") % {"least": question.least}, ""
    elif question.most is not None and number > question.most:
        yield "too_great", _("At most %(most)s, please.") % {"most": question.most}, ""


def number_in(value: str) -> int | None:
    """Also in full-width digits."""
    try:
        return int(value) if len(value) <= _DIGITS else None
    except ValueError:
        return None


def kept(questions: Sequence[Question], codes: Sequence[str], answers: Answers) -> dict[Key, str]:
    """What is written down of answers that nothing speaks against."""
    found = {}
    for question, code, value in put(questions, codes, answers):
        if value and question.kind == QuestionKind.NUMBER:
            found[question.pk, code] = str(number_in(value))
        elif value:
            found[question.pk, code] = value
    return found
