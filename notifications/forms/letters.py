"""A letter to many."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from kit.refusals import Text


class LetterForm(RefusableForm):
    group = forms.ChoiceField(label=pgettext_lazy("of a letter", "To"))
    title = forms.CharField(label=pgettext_lazy("of a message", "Title"), max_length=40)
    body = forms.CharField(
        label=pgettext_lazy("of a message", "Text"), max_length=1000, widget=forms.Textarea(attrs={"rows": 7})
    )
    by_sms = forms.BooleanField(
        label=_("Say by SMS that it is there"),
        required=False,
        help_text=_("The SMS names the title; the letter itself stands in the inbox."),
    )

    def __init__(self, *args: Any, groups: Sequence[tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = groups  # type: ignore[attr-defined]
