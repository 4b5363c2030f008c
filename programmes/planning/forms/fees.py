from django import forms

from kit.forms import RefusableForm


class FeeForm(RefusableForm):
    """As a list's row sends it."""

    reason = forms.DecimalField(max_digits=8, decimal_places=2, required=False)
