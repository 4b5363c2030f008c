from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from venues.choices import Equipment
from venues.rules.venues import LARGEST_CROWD


class RoomForm(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=40)
    floor = forms.CharField(label=_("Floor"), max_length=20, required=False)
    capacity = forms.IntegerField(label=_("People at once, at most"), min_value=1, max_value=LARGEST_CROWD)
    equipment = forms.MultipleChoiceField(
        label=_("Equipment"), choices=Equipment.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(
        label=_("Note for planners"), max_length=200, required=False, help_text=_("Readers do not see it.")
    )

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
