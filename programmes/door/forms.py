"""What a desk sends, and what is said of a device for it: shape alone."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from kit.ids import tidy_code
from networks.models import Area
from programmes.door.choices import Outcome, Stay, Way


class AskForm(forms.Form):
    """A code that was read or typed, or a registration chosen from the list."""

    client_id = forms.UUIDField()
    code = forms.CharField(max_length=300, required=False, strip=True)
    registration = forms.SlugField(max_length=12, required=False)
    way = forms.ChoiceField(choices=Way.choices, required=False)


class TickForm(forms.Form):
    client_id = forms.UUIDField()


class AddForm(forms.Form):
    """A child of the family; without one a child whom nobody names, or one more grown-up."""

    client_id = forms.UUIDField()
    child = forms.SlugField(max_length=12, required=False)
    nameless = forms.BooleanField(required=False)


# Of one request; a device with more sends them one after the other.
MOST = 50
_YEAR_2200 = 7258118400000


class ToldForm(forms.Form):
    """One line of what a device did without a network. Instants are milliseconds, by its own clock."""

    client_id = forms.UUIDField()
    kind = forms.ChoiceField(choices=[("scan", "scan"), ("tick", "tick"), ("untick", "untick")])
    registration = forms.SlugField(max_length=12, required=False)
    # What was read, where nobody on the roster is called so and the family was let in on trust.
    code = forms.CharField(max_length=300, required=False)
    outcome = forms.ChoiceField(choices=Outcome.choices, required=False)
    way = forms.ChoiceField(choices=Way.choices, required=False)
    seat = forms.IntegerField(min_value=1, max_value=2**53, required=False)
    at = forms.IntegerField(min_value=0, max_value=_YEAR_2200)
    ahead = forms.IntegerField(min_value=-_YEAR_2200, max_value=_YEAR_2200)
    asker = forms.CharField(max_length=400, required=False)

    def clean(self) -> dict[str, Any]:
        """A scan has its answer, a tick its seat."""
        told = self.cleaned_data
        if not told.get("outcome" if told.get("kind") == "scan" else "seat"):
            raise forms.ValidationError("incomplete")
        return told


@dataclass(frozen=True)
class Line:
    """`told` None: no device of ours says it so. `client_id`: as it was sent, to be told that it arrived."""

    client_id: str
    told: dict[str, Any] | None
    seats: tuple[int, ...] | None


@dataclass(frozen=True)
class Upload:
    """`sent`: when, by the device's clock, in milliseconds."""

    sent: int
    lines: list[Line]


def upload_in(body: bytes) -> Upload | None:
    """None: of another shape."""
    try:
        sent = json.loads(body)
        lines, at = sent["lines"], int(sent["sent"])
        if not isinstance(lines, list) or len(lines) > MOST or not 0 <= at <= _YEAR_2200:
            return None
        return Upload(at, [_line(dict(line)) for line in lines])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def _line(sent: dict[str, Any]) -> Line:
    form = ToldForm(sent)
    seats = sent.get("seats")
    told = form.cleaned_data if form.is_valid() and _are_seats(seats) else None
    return Line(str(sent.get("client_id", ""))[:36], told, tuple(seats) if isinstance(seats, list) else None)


def _are_seats(seats: Any) -> bool:
    if seats is None:
        return True
    return (
        isinstance(seats, Sequence) and len(seats) <= 200 and all(type(one) is int and 0 < one < 2**53 for one in seats)
    )


class DeskDeviceForm(RefusableForm):
    name = forms.CharField(
        label=pgettext_lazy("of a desk device", "Name"),
        max_length=30,
        help_text=_("Read on each card that it answers, such as 门口平板."),
    )
    area: forms.ModelChoiceField[Area] = forms.ModelChoiceField(
        label=pgettext_lazy("of a desk device", "Where it stands"),
        queryset=None,
        empty_label=None,
        help_text=_("It opens the doors of today's sessions there, and no others."),
    )
    stay = forms.ChoiceField(
        label=pgettext_lazy("of a desk device", "How long"),
        choices=Stay.choices,
        initial=Stay.TONIGHT,
        widget=forms.RadioSelect,
        help_text=_("Then it ends by itself. You can revoke it at any time."),
    )

    def __init__(self, *args: Any, areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        field.queryset = Area.objects.filter(pk__in=[area.pk for area in areas]).order_by("path")  # type: ignore[attr-defined]
        if len(areas) == 1:
            field.widget, field.initial = forms.HiddenInput(), areas[0].pk

    def clean_stay(self) -> Stay:
        return Stay(self.cleaned_data["stay"])


class JoinForm(RefusableForm):
    code = forms.CharField(
        label=_("The code that the member of staff shows you"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return tidy_code(self.cleaned_data["code"])


class ScreenForm(forms.Form):
    venue = forms.SlugField(max_length=40)
    name = forms.CharField(max_length=20, required=False, strip=True)


class PrintedCodeForm(forms.Form):
    venue = forms.SlugField(max_length=40)


class ArriveForm(forms.Form):
    """Who of a party is here: of a registration of hers, or of the ticket that she typed."""

    client_id = forms.UUIDField()
    registration = forms.SlugField(max_length=12)
    ticket = forms.CharField(max_length=300, required=False, strip=True)


class TicketForm(forms.Form):
    ticket = forms.CharField(max_length=300, strip=True)
