"""Shapes for the tree of areas."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from networks.choices import AreaKind
from networks.models import Area
from networks.rules.areas import kinds_below
from people.forms.staff import area_options

_PLACES = [("", "–"), *((str(number), str(number + 1)) for number in range(12))]


class AreaForm(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a place", "Name"), max_length=40)
    code = forms.CharField(
        label=_("Division code"), max_length=12, required=False, help_text=_("As the statistics office has it.")
    )
    place = forms.IntegerField(label=_("Place in lists"), min_value=0, max_value=9999, help_text=_("Smaller first."))


class NewAreaForm(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a place", "Name"), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"))
    code = forms.CharField(label=_("Division code"), max_length=12, required=False)

    def __init__(self, *args: Any, parent: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds_below(parent.kind)]  # type: ignore[attr-defined]

    @property
    def wanted_kind(self) -> AreaKind:
        return AreaKind(self.cleaned_data["kind"])


class MoveAreaForm(RefusableForm):
    parent = forms.ChoiceField(label=_("Lies in"))

    def __init__(self, *args: Any, areas: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._areas = {str(area.pk): area for area in areas}
        self.fields["parent"].choices = area_options(self._areas.values())  # type: ignore[attr-defined]

    @property
    def target(self) -> Area:
        return self._areas[self.cleaned_data["parent"]]


class TileForm(RefusableForm):
    """One line of the map's table."""

    column = forms.TypedChoiceField(label=_("Column"), choices=_PLACES, coerce=int, empty_value=None, required=False)
    row = forms.TypedChoiceField(label=_("Row"), choices=_PLACES, coerce=int, empty_value=None, required=False)
