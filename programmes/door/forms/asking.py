"""What a desk sends: shape alone."""

from django import forms

from programmes.door.choices import SAID_BY_A_DESK


class AskForm(forms.Form):
    """A code that was read or typed, or a registration chosen from the list."""

    client_id = forms.UUIDField()
    code = forms.CharField(max_length=300, required=False, strip=True)
    registration = forms.SlugField(max_length=12, required=False)
    way = forms.ChoiceField(choices=[(way, way) for way in SAID_BY_A_DESK], required=False)


class TickForm(forms.Form):
    client_id = forms.UUIDField()


class AddForm(forms.Form):
    """A child of the family; without one a child whom nobody names, or one more grown-up."""

    client_id = forms.UUIDField()
    child = forms.SlugField(max_length=12, required=False)
    nameless = forms.BooleanField(required=False)
