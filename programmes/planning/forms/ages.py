"""Ages as people give them: from, to, and whether years or months are meant. Kept in months."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.planning.rules.ages import OLDEST_MONTHS, is_in_years, last_year, of_years

YEARS, MONTHS = "years", "months"
_UNITS = ((YEARS, _("years")), (MONTHS, _("months")))


@dataclass(frozen=True)
class Band:
    """What stands, in months. No tuple: a widget of several parts would take that for what was typed."""

    first: int | None
    last: int | None


class AgesWidget(forms.MultiWidget):
    template_name = "planning/form/ages.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        number = {"min": 0, "max": OLDEST_MONTHS, "inputmode": "numeric"}
        super().__init__(
            {
                "first": forms.NumberInput({**number, "aria-label": _("from the age of")}),
                "last": forms.NumberInput({**number, "aria-label": _("up to the age of")}),
                "unit": forms.Select({"aria-label": _("years or months")}, choices=_UNITS),
            },
            attrs,
        )

    def decompress(self, value: Band | None) -> list[Any]:
        first, last = (value.first, value.last) if value else (None, None)
        if is_in_years(first, last):
            return [None if first is None else first // 12, last_year(last), YEARS]
        return [first, last, MONTHS]


class AgesField(forms.MultiValueField):
    """Cleans to a pair of months. 3–6 years are 36 to 83 months: a child of six belongs in."""

    widget = AgesWidget

    def __init__(self, **kwargs: Any) -> None:
        number = {"min_value": 0, "max_value": OLDEST_MONTHS, "required": False}
        fields = (
            forms.IntegerField(**number),  # type: ignore[arg-type]
            forms.IntegerField(**number),  # type: ignore[arg-type]
            forms.ChoiceField(choices=_UNITS, required=False),
        )
        super().__init__(
            fields,
            **{
                "label": _("Ages"),
                "help_text": _("Such as 3–6 years or 18–36 months. Leave an end empty where there is none."),
                "required": False,
                "require_all_fields": False,
                **kwargs,
            },
        )

    def compress(self, data_list: list[Any]) -> tuple[int | None, int | None]:
        first, last, unit = data_list or (None, None, YEARS)
        return (first, last) if unit == MONTHS else of_years(first, last)
