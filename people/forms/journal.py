from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from networks.registers import journal_words


class JournalForm(forms.Form):
    group = forms.ChoiceField(label=_("About"), required=False)
    who = forms.CharField(label=_("Name of a person"), max_length=40, required=False)
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", _("Everything")), *journal_words.groups.items()]  # type: ignore[attr-defined]
