from typing import Any

from django.utils.translation import gettext_lazy as _

from kit.forms import DayField, RefusableForm
from programmes.planning.rules.periods import against_period


class DaysForm(RefusableForm):
    """Any days, by the address: `from` is a word of Python's, so the fields are added by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = DayField(label=_("From"), required=False)
        self.fields["until"] = DayField(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("from") and data.get("until"):
            self.refuse(against_period(data["from"], data["until"]))
        return data
