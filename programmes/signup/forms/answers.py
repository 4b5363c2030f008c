"""An activity's own questions on the sheet. What is an answer, the rules say; here they get their fields."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from kit.forms import RefusableForm
from kit.refusals import Refusal
from programmes.signup.choices import AGREED, QuestionKind
from programmes.signup.forms.questions import condition_words
from programmes.signup.models import Question
from programmes.signup.rules.answers import NOT_ANSWERED, Key, against_answers, field_of

# So many to choose from are shown at once; more of them fold into a list.
AT_ONCE = 5


@dataclass(frozen=True)
class AskedOf:
    """One child, or what stands for one that is being added."""

    code: str
    name: str


@dataclass(frozen=True)
class AskedLine:
    """`hangs_on`: the field whose answer decides whether it is asked, and which answer."""

    question: Question
    field: BoundField
    hangs_on: str
    condition: str


class AnswersForm(RefusableForm):
    """`chosen`: codes of those children who come."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        questions: Sequence[Question],
        children: Sequence[AskedOf],
        chosen: Iterable[str] = (),
        given: Mapping[Key, str] | None = None,
        auto_id: str = "%s",
    ) -> None:
        codes = [child.code for child in children]
        found = _renamed(data, questions, ("", *codes)) if data is not None else None
        super().__init__(found, auto_id=auto_id)
        self.questions, self.children = questions, children
        self.chosen = [code for code in codes if code in set(chosen)]
        self.renewed = _renewed(data, questions, ("", *self.chosen)) if data is not None else []
        for question in questions:
            for code in codes if question.per_child else ("",):
                field = field_for(question)
                field.initial = _initial(question, (given or {}).get((question.pk, code), ""))
                self.fields[field_of(question.pk, code)] = field

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.refuse(self.against())
        for name in self.renewed:
            self.add_error(name, _("This question has just been changed. Please look at your answer once more."))
        return said

    def against(self) -> Iterable[Refusal]:
        return against_answers(self.questions, self.chosen, self.answers())

    def answers(self, codes: Mapping[str, str] | None = None) -> dict[Key, str]:
        """`codes`: of children who have been added meanwhile, by what stood for them."""
        found: dict[Key, str] = {}
        for question in self.questions:
            for code in self.chosen if question.per_child else ("",):
                value = self.cleaned_data.get(field_of(question.pk, code))
                found[question.pk, (codes or {}).get(code, code)] = _text(value)
        return found

    def of_family(self) -> list[AskedLine]:
        return [self._line(question, "") for question in self.questions if not question.per_child]

    def of_children(self) -> list[tuple[AskedOf, list[AskedLine]]]:
        each = [question for question in self.questions if question.per_child]
        if not each:
            return []
        return [(child, [self._line(question, child.code) for question in each]) for child in self.children]

    def _line(self, question: Question, code: str) -> AskedLine:
        field = self[field_of(question.pk, code)]
        before = next((one for one in self.questions if one.pk == question.condition_id), None)
        if before is None:
            return AskedLine(question, field, "", "")
        hangs_on = field_of(before.pk, code if before.per_child else "")
        return AskedLine(question, field, hangs_on, condition_words(before, question.condition_value))


class HeardForm(AnswersForm):
    """As staff ask them: what is left open, the command asks a reason for."""

    def against(self) -> Iterable[Refusal]:
        return (no for no in super().against() if no.code != NOT_ANSWERED)


def field_for(question: Question) -> forms.Field:
    kind = forms.Field if question.kind in (QuestionKind.SEVERAL, QuestionKind.CONSENT) else forms.CharField
    words = (question.help, _("Only those who need to know read this.") if question.is_guarded else "")
    help_text = "\n".join(one for one in words if one)
    field: forms.Field = kind(label=question.label, help_text=help_text, required=False, widget=_widget(question))
    return field


def _widget(question: Question) -> forms.Widget:
    choices = [(one, one) for one in question.choices]
    if question.kind == QuestionKind.CHOICE:
        if len(choices) <= AT_ONCE:
            return forms.RadioSelect(choices=choices)
        return forms.Select(choices=[("", "—"), *choices])
    widgets: dict[str, forms.Widget] = {
        QuestionKind.SEVERAL: forms.CheckboxSelectMultiple(choices=choices),
        QuestionKind.CONSENT: forms.CheckboxInput(),
        QuestionKind.LONG: forms.Textarea(attrs={"rows": 3}),
        QuestionKind.NUMBER: forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    }
    return widgets.get(question.kind, forms.TextInput(attrs={"autocomplete": "off"}))


def _initial(question: Question, value: str) -> Any:
    if question.kind == QuestionKind.SEVERAL:
        return value.split("\n") if value else []
    return value == AGREED if question.kind == QuestionKind.CONSENT else value


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(value)
    return (AGREED if value else "") if isinstance(value, bool) else str(value or "")


def _old_names(questions: Sequence[Question], codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Of questions that have a new version, as they were called and are called now."""
    for question in questions:
        if question.replaces_id:
            yield from (
                (field_of(question.replaces_id, code), field_of(question.pk, code))
                for code in codes
                if question.per_child == bool(code)
            )


def _renewed(data: QueryDict, questions: Sequence[Question], codes: Iterable[str]) -> list[str]:
    """What was answered while somebody changed the question."""
    return [new for old, new in _old_names(questions, codes) if old in data and new not in data]


def _renamed(data: QueryDict, questions: Sequence[Question], codes: Iterable[str]) -> QueryDict:
    """So that nothing that was typed is lost."""
    found = data.copy()
    for old, new in _old_names(questions, codes):
        if old in found and new not in found:
            found.setlist(new, found.getlist(old))
    return found
