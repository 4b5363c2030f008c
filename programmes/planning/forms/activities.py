"""What is asked about an activity, section by section."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from programmes.planning.choices import Audience, Counts, LocalField, Mode, StatisticClass
from programmes.planning.forms.ages import AgesField, Band
from programmes.planning.forms.programmes import MoneyForm
from programmes.planning.models import Activity, Programme
from programmes.planning.rules.activities import LARGEST_CROWD, LONGEST, LONGEST_AROUND, SHORTEST
from venues.choices import Equipment


class PartForm(RefusableForm):
    """Some fields of an activity. Ages that nobody touched stay as they are, to the month."""

    def values(self) -> dict[str, Any]:
        found = {name: value for name, value in self.cleaned_data.items() if name != "ages"}
        if "ages" in self.changed_data:
            found["from_months"], found["to_months"] = self.cleaned_data["ages"]
        return found


def _title() -> forms.CharField:
    return forms.CharField(label=_("Title"), max_length=60)


def _class() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Class in the yearly statistics"),
        choices=StatisticClass.choices,
        initial=StatisticClass.OTHER,
        help_text=_("As the ministry's form counts it."),
    )


def _audiences() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("For whom"), choices=Audience.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


def _capacity() -> forms.IntegerField:
    return forms.IntegerField(label=_("Places"), min_value=1, max_value=LARGEST_CROWD, required=False)


def _minutes(label: Any, lowest: int, highest: int, **said: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=lowest, max_value=highest, **said)


class NewActivityForm(PartForm):
    """Enough to plan sessions with; the rest is said on its page."""

    title = _title()
    statistic_class = _class()
    audiences = _audiences()
    ages = AgesField()
    capacity = _capacity()
    minutes = _minutes(_("Minutes it lasts"), SHORTEST, LONGEST, initial=60)


class WhatForm(PartForm):
    title = _title()
    statistic_class = _class()
    summary = forms.CharField(
        label=_("In one line"), max_length=120, required=False, help_text=_("Stands on cards and lists.")
    )
    text = forms.CharField(label=_("Text"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 10}))


class ForWhomForm(PartForm):
    audiences = _audiences()
    ages = AgesField()
    capacity = _capacity()
    counts = forms.ChoiceField(label=_("The places count"), choices=Counts.choices, widget=forms.RadioSelect)
    adult_needed = forms.BooleanField(label=_("Children come with an adult"), required=False)
    children_per_adult = forms.IntegerField(
        label=_("Children per adult, at most"), min_value=1, max_value=100, required=False
    )


class LengthForm(PartForm):
    minutes = _minutes(_("Minutes it lasts"), SHORTEST, LONGEST)
    slot_minutes = _minutes(
        _("Minutes of a slot"),
        SHORTEST,
        LONGEST,
        required=False,
        help_text=_("For consultations: a session is divided into slots, one family each."),
    )
    setup_minutes = _minutes(_("Minutes to set up before"), 0, LONGEST_AROUND)
    clearup_minutes = _minutes(_("Minutes to clear up after"), 0, LONGEST_AROUND)


class NeedsForm(PartForm):
    room_capacity = forms.IntegerField(
        label=_("People the room must hold"),
        min_value=1,
        max_value=LARGEST_CROWD,
        required=False,
        help_text=_("With adults and staff. A roll-out leaves smaller rooms out."),
    )
    equipment = forms.MultipleChoiceField(
        label=_("Equipment it needs"), choices=Equipment.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    mode = forms.ChoiceField(label=_("On site or live"), choices=Mode.choices, widget=forms.RadioSelect)
    stream_url = forms.URLField(label=_("Address of the stream"), max_length=300, required=False, assume_scheme="https")


class DutyForm(PartForm):
    department = forms.CharField(label=_("Department"), max_length=40, required=False)
    in_charge = forms.CharField(label=_("In charge"), max_length=40, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    local_fields = forms.MultipleChoiceField(
        label=_("What branches may change of their sessions"),
        choices=LocalField.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ActivityMoneyForm(PartForm, MoneyForm):
    pass


# By the word in the address: its heading and its form, in the order of the page.
PARTS: dict[str, tuple[Any, type[PartForm]]] = {
    "what": (_("What it is"), WhatForm),
    "for-whom": (_("For whom"), ForWhomForm),
    "length": (_("How long it takes"), LengthForm),
    "needs": (_("What it needs"), NeedsForm),
    "duty": (_("Who looks after it"), DutyForm),
    "money": (_("Money"), ActivityMoneyForm),
}


def initial_of(activity: Activity, form: type[PartForm]) -> dict[str, Any]:
    ages = Band(activity.from_months, activity.to_months)
    return {name: ages if name == "ages" else getattr(activity, name) for name in form.base_fields}


class CopyForm(RefusableForm):
    programme = forms.ChoiceField(label=_("Into which programme"))
    title = _title()

    def __init__(self, *args: Any, programmes: Iterable[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {str(one.pk): one for one in programmes}
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            (key, f"{one.season.year} {one.title}") for key, one in self.programmes.items()
        ]

    @property
    def chosen_programme(self) -> Programme:
        return self.programmes[self.cleaned_data["programme"]]
