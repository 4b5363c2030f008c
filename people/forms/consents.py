"""Fields that ask for consents, for any form that needs some."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from people.choices import ConsentAnswer, MemberRole
from people.queries.consents import Question
from people.registers import DECLARATION, ConsentPurpose


class ConsentFields(RefusableForm):
    """Mixed into a form that has to ask for consents: one field for each question that is still open.

    What is needed is one box to tick; everything else is a choice of two with nothing chosen beforehand. Carers are
    asked only what they may declare. Show the fields by people/consents/_ask.html.
    """

    def __init__(
        self, *args: Any, asked: Sequence[Question] = (), as_role: MemberRole = MemberRole.GUARDIAN, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._asked = {
            _consent_name(question): question
            for question in asked
            if as_role == MemberRole.GUARDIAN or question.purpose.is_needed
        }
        for name, question in self._asked.items():
            self.fields[name] = _needed(as_role, question) if question.purpose.is_needed else _free(question)
            self.fields[f"{name}_shown"] = forms.IntegerField(
                required=False, widget=forms.HiddenInput, initial=question.version
            )

    @property
    def consent_fields(self) -> list[tuple[forms.BoundField, forms.BoundField, Question]]:
        """The question, the version that is shown, and what it is about."""
        return [(self[name], self[f"{name}_shown"], question) for name, question in self._asked.items()]

    def consent_answers(self) -> list[tuple[ConsentPurpose, ConsentAnswer, int | None]]:
        """For steps.consents.answer: purpose, answer, and the version that was shown."""
        return [
            (question.purpose, _as_answer(self.cleaned_data[name]), self.cleaned_data.get(f"{name}_shown"))
            for name, question in self._asked.items()
        ]


def _consent_name(question: Question) -> str:
    return "consent_" + question.purpose.key.replace(".", "_")


def _needed(as_role: MemberRole, question: Question) -> forms.BooleanField:
    return forms.BooleanField(
        label=str(question.purpose.question if as_role == MemberRole.GUARDIAN else DECLARATION),
        error_messages={"required": _("Without this we may not keep the child's data. Please tick it if you agree.")},
    )


def _free(question: Question) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=str(question.purpose.question),
        choices=[(ConsentAnswer.REFUSED, _("No")), (ConsentAnswer.GIVEN, _("I agree"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one; both are fine.")},
    )


def _as_answer(typed: object) -> ConsentAnswer:
    """True from a ticked box, else one of the two words."""
    return ConsentAnswer.GIVEN if typed is True else ConsentAnswer(str(typed))
