"""What a device brings back that had no network: shape alone."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from programmes.door.choices import SAID_BY_A_DESK, Outcome

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
    way = forms.ChoiceField(choices=[(way, way) for way in SAID_BY_A_DESK], required=False)
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
