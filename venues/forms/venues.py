"""What is asked about a venue: by whoever opens venues all of it, by its keeper what readers see."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from networks.models import Area
from venues.choices import VenueKind
from venues.models import Venue
from venues.rules.venues import LARGEST_CROWD

ACCESS = ("step_free", "accessible_toilet", "nursing_room", "sign_language", "large_print", "parking")


class DetailsForm(RefusableForm):
    """What a keeper may change of her own venue."""

    summary = forms.CharField(
        label=_("In one line"),
        max_length=120,
        required=False,
        help_text=_("What makes this place worth coming to."),
    )
    address = forms.CharField(label=_("Address"), max_length=120)
    directions = forms.CharField(
        label=_("How to get there"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Metro and bus stops, the entrance, where to lock a bicycle."),
    )
    phone = forms.CharField(label=_("Telephone for readers"), max_length=40, required=False)
    capacity = forms.IntegerField(
        label=_("People at once, at most"), min_value=1, max_value=LARGEST_CROWD, required=False
    )
    step_free = forms.BooleanField(label=_("Step-free way in"), required=False)
    accessible_toilet = forms.BooleanField(label=_("Accessible toilet"), required=False)
    nursing_room = forms.BooleanField(label=_("Nursing room"), required=False)
    sign_language = forms.BooleanField(label=_("Sign language"), required=False)
    large_print = forms.BooleanField(label=_("Large print and listening aids"), required=False)
    parking = forms.BooleanField(label=_("Parking"), required=False)

    places = ("address", "directions", "phone", "capacity")

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "parent"}

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Headings, each with its fields, in the order of the page."""
        return [
            (_("Where it is"), self._fields(self.places)),
            (_("Who can come in"), self._fields(ACCESS)),
            (_("For readers"), self._fields(("summary",))),
        ]

    def _fields(self, names: Iterable[str]) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]


class VenueForm(DetailsForm):
    """All of it, for whoever may open venues in some area."""

    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=60)
    number = forms.CharField(
        label=pgettext_lazy("of a venue", "Number"),
        max_length=20,
        required=False,
        help_text=_("The library's own; lists in Excel know it by this."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=VenueKind.choices)
    parent = forms.ChoiceField(
        label=_("District or street"), help_text=_("Whoever works for that area looks after this venue, too.")
    )
    is_public = forms.BooleanField(
        label=_("Shown to readers"), required=False, help_text=_("Otherwise only staff see that it exists.")
    )

    field_order = ["name", "number", "kind", "parent"]

    def __init__(self, *args: Any, areas: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(area.pk): area for area in areas}
        self.fields["parent"].choices = area_choices(self.areas.values())  # type: ignore[attr-defined]

    @property
    def parent_area(self) -> Area:
        return self.areas[self.cleaned_data["parent"]]

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        found = super().sections()
        what = (_("What it is"), self._fields(("name", "number", "kind", "parent")))
        for_readers = (_("For readers"), self._fields(("summary", "is_public")))
        return [what, *found[:-1], for_readers]


class CloseForGoodForm(RefusableForm):
    reason = forms.CharField(
        label=_("Why it closes, and where readers can go"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands on the venue's page, which keeps its address."),
    )


def area_choices(areas: Iterable[Area]) -> list[tuple[str, str]]:
    """As a tree: what lies deeper is set in."""
    rows = sorted(areas, key=lambda area: area.path)
    least = min((area.path.count("/") for area in rows), default=0)
    return [(str(area.pk), "　" * (area.path.count("/") - least) + area.name) for area in _as_tree(rows)]


def _as_tree(rows: list[Area]) -> list[Area]:
    order = {area.path: (area.place, area.pk) for area in rows}

    def way(area: Area) -> list[tuple[int, int]]:
        steps = area.path.strip("/").split("/")
        above = ["/" + "/".join(steps[: count + 1]) + "/" for count in range(len(steps))]
        return [order.get(path, (0, 0)) for path in above]

    return sorted(rows, key=way)


def initial_of(venue: Venue) -> dict[str, Any]:
    names = [*VenueForm.base_fields, *DetailsForm.base_fields]
    return {name: getattr(venue, name) for name in names if name != "parent"} | {"parent": str(venue.area.parent_id)}
