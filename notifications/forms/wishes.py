"""How somebody wants to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from notifications.rules.wishes import Wishes


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, required=False)


class WishesForm(RefusableForm):
    suggestions = forms.BooleanField(label=_("Tell me of events that could suit my family"), required=False)
    by_sms = forms.BooleanField(
        label=_("By SMS too"), required=False, help_text=_("Reminders and the like. Necessary messages come anyway.")
    )
    by_email = forms.BooleanField(
        label=_("By e-mail too"), required=False, help_text=_("Where the library has your address.")
    )
    is_quiet = forms.BooleanField(
        label=_("Let me sleep"),
        required=False,
        help_text=_("SMS and e-mail wait for the morning, unless it would be too late by then."),
    )
    quiet_from = _time(_("from"))
    quiet_until = _time(_("until"))

    def clean(self) -> dict[str, Any]:
        """Times matter only to whoever wants quiet hours; an empty one is as it was."""
        given: dict[str, Any] = self.cleaned_data
        for name in ("quiet_from", "quiet_until"):
            given[name] = given.get(name) or self.initial[name]
        return given

    def wishes(self) -> Wishes:
        return Wishes(**self.cleaned_data)
