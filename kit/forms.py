"""What all forms of ours have in common."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from kit.dates import FIRST_YEAR, LAST_YEAR, is_near
from kit.palette import Brand
from kit.refusals import Refusal, Text

# A choice that is not in the list was tampered with, or has gone meanwhile: what was sent is not said again.
_WORDS: dict[str, Text] = {
    "required": _("Please fill this in."),
    "invalid_choice": _("Please choose one from the list."),
    "min_value": _("At least %(limit_value)s, please."),
    "max_value": _("At most %(limit_value)s, please."),
}


def _usual(field: forms.Field, code: str) -> Any:
    """What Django says unless a form says otherwise; nothing where a validator says it."""
    said = [vars(one).get("default_error_messages", {}) for one in type(field).__mro__]
    return next((words[code] for words in said if code in words), None)


class RefusableForm(forms.Form):
    """A form that shows what a command refused, each at the field it concerns, and faults in our own words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            for code, text in _WORDS.items():
                if field.error_messages.get(code) == _usual(field, code):
                    field.error_messages[code] = text  # type: ignore[assignment]

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        for refusal in refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class DayField(forms.DateField):
    """A day, chosen from a calendar, of a year that somebody may mean."""

    default_error_messages = {
        "invalid": _("Please enter a day, such as 2027-05-01."),
        "far": _("A day between %(first)s and %(last)s, please."),
    }

    def __init__(self, **said: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", **said.pop("attrs", {})}, format="%Y-%m-%d")
        super().__init__(widget=widget, **said)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"min": f"{FIRST_YEAR}-01-01", "max": f"{LAST_YEAR}-12-31"}

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and not is_near(value):
            words = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise forms.ValidationError(self.error_messages["far"], code="far", params=words)


class FormRenderer(TemplatesSetting):
    """All forms of ours look the same: `{{ form }}` and `{{ form.name.as_field_group }}` render by these."""

    form_template_name = "kit/form/form.html"
    field_template_name = "kit/form/field.html"


class HueInput(forms.NumberInput):
    """A place on the colour wheel, with a sample of what is set and of the wheel. Scripts let the sample follow."""

    template_name = "kit/form/hue.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, {**(attrs or {}), "min": 0, "max": 359, "inputmode": "numeric"})
        digits = str(value if value is not None else "")
        hue = int(digits) % 360 if digits.isascii() and digits.isdigit() and len(digits) < 5 else 0
        context["sample"] = _colour(hue)
        context["wheel"] = [(number * 15, _colour(number * 15)) for number in range(24)]
        return context


def _colour(hue: int) -> str:
    brand = Brand(hue=hue)
    return f"oklch({brand.shade('light').lightness:.0%} {brand.strength('light'):g} {hue})"
