"""What is sent on the way out: shape alone."""

from datetime import datetime

from django import forms

from programmes.door.choices import LeftHow
from programmes.door.steps.signing_out import Out


class OutScanForm(forms.Form):
    """A ticket, on the way out."""

    client_id = forms.UUIDField()
    code = forms.CharField(max_length=300, strip=True)


class OutForm(forms.Form):
    """With whom those leave who are ticked: "fetcher 3", "person 7", "other", "alone", or "scan" as they came."""

    client_id = forms.UUIDField()
    registration = forms.SlugField(max_length=12)
    way = forms.RegexField(r"^(?:(?:fetcher|person) [0-9]{1,18}|other|alone|scan)$")
    note = forms.CharField(max_length=120, required=False, strip=True)

    def out(self, *, at: datetime, by: int | None) -> Out:
        told = self.cleaned_data
        who, _blank, number = told["way"].partition(" ")
        named = {who: int(number)} if number else {}
        how = LeftHow.FETCHED if named else LeftHow(who)
        note = told["note"] if how == LeftHow.OTHER else ""
        return Out(told["client_id"], how, at, at, by=by, note=note, **named)
