"""What those send who count heads: shape alone."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from programmes.door.choices import Method
from programmes.planning.rules.wording import day_words


class TapField(forms.Field):
    """ "adults 1" or "children -1"; of a device with its id and how many seconds ago before and after it."""

    default_error_messages = {"invalid": "no tap"}

    def to_python(self, value: Any) -> tuple[UUID | None, int, int, timedelta]:
        words = str(value or "").split()
        try:
            key, who, step, ago = words if len(words) == 4 else ("", *words, "0")
            number = {"adults": (int(step), 0), "children": (0, int(step))}[who]
            tap = UUID(key) if key else None, *number, timedelta(seconds=max(0, min(int(ago), _LONGEST_AGO)))
        except (ValueError, KeyError) as fault:
            raise forms.ValidationError(self.error_messages["invalid"]) from fault
        if abs(int(step)) != 1:
            raise forms.ValidationError(self.error_messages["invalid"])
        return tap


# A device that lay in a drawer over a weekend; its own clock is never asked what time it is.
_LONGEST_AGO = 4 * 24 * 3600
MOST_TAPS = 500


class TapsForm(forms.Form):
    """One press of a page without scripts, or the taps that a device has gathered."""

    client_id = forms.UUIDField(required=False)

    def __init__(self, sent: QueryDict) -> None:
        super().__init__(sent)
        self.sent = sent.getlist("tap")[: MOST_TAPS + 1]

    def taps(self, at: datetime) -> list[tuple[UUID, int, int, datetime]] | None:
        """None: nothing that a page of ours sends."""
        field, found = TapField(), []
        if not self.is_valid() or not 0 < len(self.sent) <= MOST_TAPS:
            return None
        for line in self.sent:
            try:
                key, adults, children, ago = field.clean(line)
            except forms.ValidationError:
                return None
            key = key or self.cleaned_data["client_id"]
            if key is None:
                return None
            found.append((key, adults, children, at - ago))
        return found


class NumbersForm(RefusableForm):
    """What somebody writes down of a day."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.TypedChoiceField(label=pgettext_lazy("a head count", "Day"), coerce=date.fromisoformat)
    adults = forms.IntegerField(label=_("Grown-ups"), min_value=0, max_value=100_000, initial=0)
    children = forms.IntegerField(
        label=pgettext_lazy("a head count", "Children"), min_value=0, max_value=100_000, initial=0
    )
    method = forms.ChoiceField(label=_("How do you know?"), choices=Method.choices, initial=Method.COUNTED)

    # Two of them stand on one page.
    ids = ""

    def __init__(self, *args: Any, days: Sequence[date], **said: Any) -> None:
        super().__init__(*args, auto_id=self.ids, **said)
        self.fields["day"].choices = [(day.isoformat(), day_words(day)) for day in days]  # type: ignore[attr-defined]
        if len(days) == 1:
            self.fields["day"].widget = forms.HiddenInput()
        self.order_fields(["day", "adults", "children", "method", "note", "reason"])


class ListForm(NumbersForm):
    """From a paper list, or off a gate."""

    ids = "list_%s"
    note = forms.CharField(label=_("Note"), max_length=120, required=False, strip=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["adults"] and not cleaned["children"]:
            self.add_error("children", _("Please enter how many came."))
        return cleaned


class CorrectionForm(NumbersForm):
    """The sums as they truly are; `was_*`: as the page showed them."""

    ids = "correct_%s"
    was_adults = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    was_children = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(label=_("Why?"), max_length=120, strip=True)
