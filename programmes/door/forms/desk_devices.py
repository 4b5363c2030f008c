"""What is said of a device for the desk: shape alone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from kit.ids import tidy_code
from networks.models import Area
from programmes.door.choices import Stay


class DeskDeviceForm(RefusableForm):
    name = forms.CharField(
        label=pgettext_lazy("of a desk device", "Name"),
        max_length=30,
        help_text=_("Read on each card that it answers, such as 门口平板."),
    )
    area: forms.ModelChoiceField[Area] = forms.ModelChoiceField(
        label=pgettext_lazy("of a desk device", "Where it stands"),
        queryset=None,
        empty_label=None,
        help_text=_("It opens the doors of today's sessions there, and no others."),
    )
    stay = forms.ChoiceField(
        label=pgettext_lazy("of a desk device", "How long"),
        choices=Stay.choices,
        initial=Stay.TONIGHT,
        widget=forms.RadioSelect,
        help_text=_("Then it ends by itself. You can revoke it at any time."),
    )

    def __init__(self, *args: Any, areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        field.queryset = Area.objects.filter(pk__in=[area.pk for area in areas]).order_by("path")  # type: ignore[attr-defined]
        if len(areas) == 1:
            field.widget, field.initial = forms.HiddenInput(), areas[0].pk

    def clean_stay(self) -> Stay:
        return Stay(self.cleaned_data["stay"])


class JoinForm(RefusableForm):
    code = forms.CharField(
        label=_("The code that the member of staff shows you"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return tidy_code(self.cleaned_data["code"])
