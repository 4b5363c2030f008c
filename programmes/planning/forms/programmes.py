"""What is asked about a programme."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import DayField, RefusableForm
from networks.models import Area
from people.queries.workplace import as_tree
from programmes.planning.choices import ProgrammeKind
from programmes.planning.models import Brand, Programme, Season

Sections = list[tuple[Any, list[forms.BoundField]]]


def day_field(label: Any, **said: Any) -> DayField:
    return DayField(label=label, **said)


def money_field(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=10, decimal_places=2, min_value=0, required=False)


class MoneyForm(RefusableForm):
    """Money as a plan only; nobody is paid from here."""

    budget_source = forms.CharField(
        label=_("Where the money comes from"), max_length=60, required=False, help_text=_("Such as 全民阅读专项经费.")
    )
    budget = money_field(_("Budget, in yuan"))
    spent = money_field(_("Spent so far, in yuan"))

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ProgrammeForm(RefusableForm):
    """`brands`: those in use, and the one that it has."""

    title = forms.CharField(label=_("Title"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=ProgrammeKind.choices)
    brand = forms.ChoiceField(label=_("Brand"), required=False)
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Until"))
    summary = forms.CharField(label=_("In one line"), max_length=120, required=False)
    text = forms.CharField(label=_("Text"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6}))
    department = forms.CharField(label=_("Department"), max_length=40, required=False)
    in_charge = forms.CharField(label=_("In charge"), max_length=40, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)

    parts: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (_("What it is"), ("title", "kind", "brand", "starts_on", "ends_on")),
        (_("For readers"), ("summary", "text")),
        (_("Who looks after it"), ("department", "in_charge", "phone")),
    )

    def __init__(self, *args: Any, brands: Iterable[Brand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brands = {str(brand.pk): brand for brand in brands}
        self.fields["brand"].choices = [("", _("none")), *brand_choices(self.brands.values())]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        found = {name: value for name, value in self.cleaned_data.items() if name not in {"season", "area"}}
        return found | {"brand": self.brands.get(self.cleaned_data["brand"])}

    def sections(self) -> Sections:
        return [(title, [self[name] for name in names]) for title, names in self.parts]


class NewProgrammeForm(ProgrammeForm):
    """The least to begin with; the rest is said on its page."""

    season = forms.ChoiceField(label=_("Season"))
    area = forms.ChoiceField(label=_("Whose plan it is"), help_text=_("Planners of this area, or above it, change it."))
    starts_on = day_field(_("From"), required=False, help_text=_("Empty: with the season."))
    ends_on = day_field(_("Until"), required=False, help_text=_("Empty: with the season."))

    parts = (
        (_("What it is"), ("title", "kind", "brand", "summary")),
        (_("Where it belongs"), ("season", "area", "starts_on", "ends_on")),
    )

    def __init__(self, *args: Any, seasons: Iterable[Season], areas: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "department", "in_charge", "phone"):
            del self.fields[name]
        self.seasons = {str(season.pk): season for season in seasons}
        self.areas = {str(area.pk): area for area in areas}
        self.fields["season"].choices = [(key, str(season)) for key, season in self.seasons.items()]  # type: ignore[attr-defined]
        self.fields["area"].choices = _area_choices(list(self.areas.values()))  # type: ignore[attr-defined]

    @property
    def chosen_season(self) -> Season:
        return self.seasons[self.cleaned_data["season"]]

    @property
    def chosen_area(self) -> Area:
        return self.areas[self.cleaned_data["area"]]


def brand_choices(brands: Iterable[Brand]) -> list[tuple[str, str]]:
    """As a tree: sub-brands are set in below theirs."""
    rows = sorted(brands, key=lambda brand: (brand.place, brand.pk))
    below: dict[int | None, list[Brand]] = {}
    known = {brand.pk for brand in rows}
    for brand in rows:
        below.setdefault(brand.parent_id if brand.parent_id in known else None, []).append(brand)
    return _branch(below, None, 0)


def _branch(below: dict[int | None, list[Brand]], parent: int | None, depth: int) -> list[tuple[str, str]]:
    found = []
    for brand in below.get(parent, []):
        found += [(str(brand.pk), "　" * depth + brand.name), *_branch(below, brand.pk, depth + 1)]
    return found


def _area_choices(areas: list[Area]) -> list[tuple[str, str]]:
    least = min((area.path.count("/") for area in areas), default=0)
    return [(str(area.pk), "　" * (area.path.count("/") - least) + area.name) for area in as_tree(areas)]


def initial_of(programme: Programme) -> dict[str, Any]:
    names = [*ProgrammeForm.base_fields, *MoneyForm.base_fields]
    return {name: getattr(programme, name) for name in names if name != "brand"} | {
        "brand": str(programme.brand_id or "")
    }
