from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import DayField, RefusableForm
from programmes.planning.choices import PhaseKind
from programmes.planning.models import Phase, Season
from programmes.planning.rules.seasons import Stretch, offered_phases


def _day(label: Any, **options: Any) -> DayField:
    return DayField(label=label, **options)


class SeasonForm(RefusableForm):
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    theme = forms.CharField(label=_("Theme"), max_length=40, help_text=_("Such as 向美而读."))
    summary = forms.CharField(
        label=_("What the year is about"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    starts_on = _day(_("From"))
    ends_on = _day(_("Until and with"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in PhaseKind:
            self.fields[f"{kind}_starts_on"] = _day(_("From"), required=False)
            self.fields[f"{kind}_ends_on"] = _day(_("Until and with"), required=False)
            self.fields[f"{kind}_goal"] = forms.CharField(
                label=_("What is to be done by its end"), max_length=200, required=False
            )

    def clean(self) -> dict[str, Any]:
        """A phase has both days, or is left out."""
        data = super().clean() or {}
        for kind in PhaseKind:
            first, last = (f"{kind}_{end}" for end in ("starts_on", "ends_on"))
            if first in self.errors or last in self.errors:
                continue
            if (data[first] is None) != (data[last] is None):
                missing = first if data[first] is None else last
                self.add_error(missing, _("A phase has a first and a last day. Leave both empty for none."))
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("year", "theme", "summary", "starts_on", "ends_on")}

    def phases(self) -> list[Stretch]:
        data = self.cleaned_data
        return [
            Stretch(kind, data[f"{kind}_starts_on"], data[f"{kind}_ends_on"], data[f"{kind}_goal"])
            for kind in PhaseKind
            if data[f"{kind}_starts_on"] is not None
        ]

    def head_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("year", "theme", "summary", "starts_on", "ends_on")]

    def phase_fields(self) -> list[tuple[PhaseKind, list[forms.BoundField]]]:
        return [(kind, [self[f"{kind}_{end}"] for end in ("starts_on", "ends_on", "goal")]) for kind in PhaseKind]


def offered(year: int) -> dict[str, Any]:
    """A new season's form: the year, with the phases as most cities have them."""
    phases = offered_phases(year)
    found: dict[str, Any] = {"year": year, "starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
    return found | _said(phases)


def said_of(season: Season, phases: list[Phase]) -> dict[str, Any]:
    found = {name: getattr(season, name) for name in ("year", "theme", "summary", "starts_on", "ends_on")}
    return found | _said([Stretch(PhaseKind(row.kind), row.starts_on, row.ends_on, row.goal) for row in phases])


def _said(phases: list[Stretch]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for phase in phases:
        found[f"{phase.kind}_starts_on"], found[f"{phase.kind}_ends_on"] = phase.first, phase.last
        found[f"{phase.kind}_goal"] = phase.goal
    return found
