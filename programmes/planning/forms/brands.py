from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import HueInput, RefusableForm
from programmes.planning.choices import BrandMark
from programmes.planning.models import Brand
from programmes.planning.rules.brands import READY_HUES, shade

INHERITED, OWN = "inherited", "own"


class SwatchInput(forms.RadioSelect):
    """Ready colours to choose by looking at them."""

    template_name = "planning/brands/swatches.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for _group, options, _place in context["widget"]["optgroups"]:
            for option in options:
                hue, option["wrap_label"] = option["value"], False
                option["fill"] = shade(int(hue)) if str(hue).isdigit() else ""
        return context


class BrandForm(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=40)
    parent = forms.ChoiceField(label=_("Stands under"), required=False)
    slogan = forms.CharField(label=_("In one line"), max_length=80, required=False)
    positioning = forms.CharField(
        label=_("What it stands for"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    audience = forms.CharField(label=_("Whom it is for"), max_length=120, required=False)
    colour = forms.ChoiceField(
        label=_("Colour"),
        widget=SwatchInput,
        choices=[
            (INHERITED, _("as the brand above")),
            *((str(hue), name) for hue, name in READY_HUES.items()),
            (OWN, _("a number of its own")),
        ],
    )
    hue = forms.IntegerField(
        label=_("Number of the colour"),
        min_value=0,
        max_value=359,
        required=False,
        widget=HueInput,
        help_text=_("A place on the colour wheel, from 0 to 359. Only for a number of its own."),
    )
    mark = forms.ChoiceField(
        label=_("Mark"), required=False, choices=[("", _("as the brand above")), *BrandMark.choices]
    )
    owner = forms.CharField(label=_("Looked after by"), max_length=40, required=False)
    department = forms.CharField(label=_("Department"), max_length=40, required=False)

    sections_of = (
        (_("What it is"), ("name", "parent", "slogan", "positioning", "audience")),
        (_("Its look"), ("colour", "hue", "mark")),
        (_("Who looks after it"), ("owner", "department")),
    )

    def __init__(self, *args: Any, parents: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("nothing: it is on top")), *parents]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("colour") == OWN and data.get("hue") is None and "hue" not in self.errors:
            self.add_error("hue", _("Which number? From 0 to 359, please."))
        return data

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        colour, own = data.pop("colour"), data.pop("hue")
        hues = {INHERITED: None, OWN: own}
        data["hue"] = hues[colour] if colour in hues else int(colour)
        data["parent"] = int(data["parent"]) if data["parent"] else None
        return data

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.sections_of]


def said_of(brand: Brand) -> dict[str, Any]:
    """What a form of this brand begins with."""
    names = ("name", "slogan", "positioning", "audience", "mark", "owner", "department")
    found: dict[str, Any] = {name: getattr(brand, name) for name in names}
    found["parent"] = str(brand.parent_id or "")
    found["hue"] = brand.hue
    if brand.hue is None:
        found["colour"] = INHERITED
    else:
        found["colour"] = str(brand.hue) if brand.hue in READY_HUES else OWN
    return found
