from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from programmes.planning.choices import UnitRole


class UnitForm(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=60)
    kind = forms.CharField(
        label=_("Kind"), max_length=40, required=False, help_text=_("Such as 出版社, 学校, 机关, 社会组织.")
    )
    address = forms.CharField(label=_("Address"), max_length=120, required=False)
    note = forms.CharField(label=_("Note for planners"), max_length=200, required=False)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class UnitLineForm(RefusableForm):
    role = forms.ChoiceField(label=pgettext_lazy("of a unit", "Part"), choices=UnitRole.choices, initial=UnitRole.HOSTS)
    name = forms.CharField(
        label=_("Unit"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
        help_text=_("Begin to type and choose. A unit that is not known yet is entered in the directory."),
    )
