"""Whom staff answer, and how."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm


class ApprovalForm(RefusableForm):
    registrations = forms.MultipleChoiceField(label=_("Families"), required=False, widget=forms.CheckboxSelectMultiple)
    do = forms.ChoiceField(
        choices=[
            ("approve", pgettext_lazy("a registration", "Approve")),
            ("turn_down", pgettext_lazy("a registration", "Turn down")),
        ]
    )
    passing = forms.CharField(
        label=_("Why they come all the same"),
        max_length=120,
        required=False,
        help_text=_("Where a limit is passed. Kept in the journal; the families do not read it."),
    )
    reason = forms.CharField(
        label=pgettext_lazy("turning a family down", "Why not"),
        max_length=120,
        required=False,
        help_text=_("The family reads this line, such as: 报名的家庭很多，这次优先了没来过的孩子。"),
    )

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["registrations"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[str]:
        return set(self["registrations"].value() or ())
