"""How long a class of data is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from people.registers.holdings import Retention


class DaysForm(RefusableForm):
    days = forms.IntegerField(label=_("Days"), widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It goes into the journal, for the yearly audit."),
        error_messages={"required": _("Please give the reason.")},
    )

    def __init__(self, *args: Any, clock: Retention, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].help_text = _("From %(shortest)s to %(longest)s; by default %(days)s.") % {
            "shortest": clock.shortest,
            "longest": clock.longest,
            "days": clock.days,
        }
