"""What an activity may ask, and in which order."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.signup.choices import AGREED, DECIDING, LISTED, QuestionKind
from programmes.signup.models import Question

# More is an examination, not a sign-up.
MOST_QUESTIONS = 20
MOST_CHOICES, CHOICE_LENGTH = 20, 60


def values_of(question: Question) -> list[str]:
    """Answers that another question can hang on."""
    if question.kind == QuestionKind.CONSENT:
        return [AGREED]
    return list(question.choices) if question.kind in LISTED else []


def against_question(row: Question, others: Sequence[Question]) -> Iterator[Refusal]:
    """`others`: those that the activity asks besides."""
    if not row.label.strip():
        yield Refusal("no_words", _("Please write the question."), field="label")
    if len(others) >= MOST_QUESTIONS:
        text = _("An activity asks at most %(most)s questions.") % {"most": MOST_QUESTIONS}
        yield Refusal("too_many_questions", text, _("Retire one first."))
    if row.kind in LISTED:
        yield from _against_choices(row.choices)
    if row.least is not None and row.most is not None and row.least > row.most:
        yield Refusal("no_number_fits", _("No number lies between them."), field="most")
    yield from _against_condition(row, others)
    for other in others:
        if other.condition_id == row.pk and row.pk is not None:
            yield from _against_hanging(row, other)


def _against_choices(choices: Sequence[str]) -> Iterator[Refusal]:
    if len(choices) < 2:
        yield Refusal("too_few_choices", _("Two at least, one on each line."), field="choices")
    elif len(choices) > MOST_CHOICES:
        text = _("A list has at most %(most)s lines.") % {"most": MOST_CHOICES}
        yield Refusal("too_many_choices", text, field="choices")
    if any(len(one) > CHOICE_LENGTH for one in choices):
        text = _("A line has at most %(most)s characters.") % {"most": CHOICE_LENGTH}
        yield Refusal("choice_too_long", text, field="choices")
    if len(set(choices)) < len(choices):
        yield Refusal("choice_twice", _("A line is there twice."), field="choices")


def _against_condition(row: Question, others: Sequence[Question]) -> Iterator[Refusal]:
    if row.condition_id is None:
        return
    found = next((one for one in others if one.pk == row.condition_id), None)
    if found is None or found.kind not in DECIDING or row.condition_value not in values_of(found):
        yield Refusal("no_such_answer", _("That answer cannot be given any more."), field="when")
    elif found.place >= row.place:
        yield Refusal(
            "asked_too_late",
            _("“%(question)s” is asked only after it.") % {"question": found.label},
            _("Move it up first."),
            field="when",
        )
    elif found.per_child and not row.per_child:
        text = _("“%(question)s” is asked for each child, so this has to be as well.") % {"question": found.label}
        yield Refusal("of_each_child", text, field="per_child")
    elif found.is_guarded and not row.is_guarded:
        text = _("It hangs on “%(question)s”, which is only for those who need to know, so this has to be as well.")
        yield Refusal("of_a_guarded_one", text % {"question": found.label}, field="is_guarded")


def _against_hanging(row: Question, hanging: Question) -> Iterator[Refusal]:
    """What is asked only because of this one's answer."""
    words = {"question": hanging.label, "answer": hanging.condition_value}
    if row.retired_at is not None or hanging.condition_value not in values_of(row):
        if hanging.condition_value == AGREED and row.kind != QuestionKind.CHOICE:
            text = _("“%(question)s” is asked only where this is agreed to.")
        else:
            text = _("“%(question)s” is asked only where this is answered with “%(answer)s”.")
        yield Refusal("hung_upon", text % words, _("Change or retire that one first."))
    elif hanging.place <= row.place:
        yield Refusal("hung_upon", _("“%(question)s” hangs on this one and has to come after it.") % words)
    elif row.per_child and not hanging.per_child:
        text = _("“%(question)s” hangs on this one and is not asked for each child.") % words
        yield Refusal("hung_upon", text, field="per_child")
    elif row.is_guarded and not hanging.is_guarded:
        text = _("“%(question)s” hangs on this one and is not only for those who need to know.") % words
        yield Refusal("hung_upon", text, _("Change that one first, so that it tells nobody."), field="is_guarded")


def against_retiring(row: Question, others: Sequence[Question]) -> Iterator[Refusal]:
    for other in others:
        if other.condition_id == row.pk:
            yield from _against_hanging(row, other)
