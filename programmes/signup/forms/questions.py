"""What planners say of a question."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from kit.forms import RefusableForm
from programmes.signup.choices import AGREED, LISTED, QuestionKind
from programmes.signup.models import Question
from programmes.signup.rules.questions import values_of


class QuestionForm(RefusableForm):
    label = forms.CharField(label=pgettext_lazy("at sign-up", "Question"), max_length=120)
    help = forms.CharField(
        label=pgettext_lazy("a question", "Explanation"),
        max_length=200,
        required=False,
        help_text=_("A line below it, where it needs one."),
    )
    kind = forms.ChoiceField(label=_("Answered with"), choices=QuestionKind.choices, widget=forms.RadioSelect)
    choices = forms.CharField(
        label=_("List to choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One on each line."),
    )
    least = forms.IntegerField(label=pgettext_lazy("a number", "At least"), required=False)
    most = forms.IntegerField(label=pgettext_lazy("a number", "At most"), required=False)
    is_required = forms.BooleanField(label=_("It has to be answered"), required=False)
    per_child = forms.BooleanField(label=_("Ask it for each child"), required=False)
    is_guarded = forms.BooleanField(
        label=_("Only for those who need to know"),
        required=False,
        help_text=_(
            "For what is sensitive, such as allergies. Answers are shown, taken out and printed on the door list only for those "
            "who run or plan the session, who also see what a child needs; families read that below the question. "
            "What was answered before is kept so, too."
        ),
    )
    when = forms.ChoiceField(
        label=pgettext_lazy("a question", "Ask it"),
        required=False,
        help_text=_("It can hang on an answer to a question that comes before it."),
    )

    def __init__(self, *args: Any, before: Sequence[Question], **kwargs: Any) -> None:
        """`before`: those that this one can hang on."""
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = [("", pgettext("a question", "always")), *_conditions(before)]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Only what belongs to the kind."""
        said = self.cleaned_data
        key, _bar, value = said["when"].partition("|")
        is_number = said["kind"] == QuestionKind.NUMBER
        lines = [line.strip() for line in said["choices"].splitlines()]
        return {
            "kind": said["kind"],
            "label": said["label"],
            "help": said["help"],
            "is_required": said["is_required"],
            "per_child": said["per_child"],
            "is_guarded": said["is_guarded"],
            "choices": [line for line in lines if line] if said["kind"] in LISTED else [],
            "least": said["least"] if is_number else None,
            "most": said["most"] if is_number else None,
            "condition_id": int(key) if key else None,
            "condition_value": value,
        }


def initial_of(question: Question) -> dict[str, Any]:
    return {
        "label": question.label,
        "help": question.help,
        "kind": question.kind,
        "choices": "\n".join(question.choices),
        "least": question.least,
        "most": question.most,
        "is_required": question.is_required,
        "per_child": question.per_child,
        "is_guarded": question.is_guarded,
        "when": f"{question.condition_id}|{question.condition_value}" if question.condition_id else "",
    }


def condition_words(question: Question, value: str) -> str:
    if value == AGREED and question.kind == QuestionKind.CONSENT:
        return _now("only if “%(question)s” is agreed to") % {"question": question.label}
    return _now("only if “%(question)s” is answered with “%(answer)s”") % {"question": question.label, "answer": value}


def _conditions(before: Sequence[Question]) -> list[tuple[str, str]]:
    return [(f"{one.pk}|{value}", condition_words(one, value)) for one in before for value in values_of(one)]
