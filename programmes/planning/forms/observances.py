from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import DayField, RefusableForm
from programmes.planning.choices import ObservanceRule, ObservanceSort
from programmes.planning.models import Observance
from programmes.planning.rules.observances import LAST_OF_MONTH
from venues.choices import Weekday

_NUMBERS = [
    (1, _("the first")),
    (2, _("the second")),
    (3, _("the third")),
    (4, _("the fourth")),
    (LAST_OF_MONTH, _("the last")),
]
_NAMES = (
    "name", "sort", "rule", "month", "day", "weekday", "nth", "length", "starts_on", "ends_on", "advice", "lead_days",
)  # fmt: skip
# What each rule has no use for.
_UNUSED: dict[str, tuple[str, ...]] = {
    ObservanceRule.FIXED: ("weekday", "nth", "starts_on", "ends_on"),
    ObservanceRule.LUNAR: ("weekday", "nth", "starts_on", "ends_on"),
    ObservanceRule.WEEKDAY: ("day", "starts_on", "ends_on"),
    ObservanceRule.DATED: ("month", "day", "weekday", "nth"),
}


def _chosen(label: Any, choices: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("", "—"), *choices], coerce=int, empty_value=None, required=False
    )


def _day(label: Any, **options: Any) -> DayField:
    return DayField(label=label, required=False, **options)


class ObservanceForm(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=40)
    sort = forms.ChoiceField(label=_("Kind"), choices=ObservanceSort.choices)
    rule = forms.ChoiceField(
        label=_("How its days are found"), choices=ObservanceRule.choices, widget=forms.RadioSelect
    )
    month = _chosen(_("Month"), [(month, _("month %(month)s") % {"month": month}) for month in range(1, 13)])
    day = forms.IntegerField(label=_("Day"), min_value=1, max_value=31, required=False)
    nth = _chosen(_("Which of the month"), _NUMBERS)
    weekday = _chosen(_("Weekday"), Weekday.choices)
    length = forms.IntegerField(label=_("Days it lasts"), min_value=1, max_value=366, required=False)
    starts_on = _day(_("From"))
    ends_on = _day(_("Until and with"), help_text=_("Leave it empty for a single day."))
    advice = forms.CharField(
        label=_("What planners are told"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    lead_days = forms.IntegerField(
        label=_("Days before it that planners are reminded"), min_value=0, max_value=365, initial=60
    )

    def values(self) -> dict[str, Any]:
        data = {name: self.cleaned_data[name] for name in _NAMES}
        for name in _UNUSED[data["rule"]]:
            data[name] = None
        is_dated = data["rule"] == ObservanceRule.DATED
        data["length"] = 1 if is_dated else data["length"] or 1
        if is_dated and data["ends_on"] is None:
            data["ends_on"] = data["starts_on"]
        return data

    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "sort")]

    def by_rule(self) -> list[forms.BoundField]:
        return [self[name] for name in ("month", "day", "nth", "weekday", "length", "starts_on", "ends_on")]

    def foot(self) -> list[forms.BoundField]:
        return [self[name] for name in ("advice", "lead_days")]


def said_of(row: Observance) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _NAMES}
