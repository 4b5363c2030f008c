"""What staff say when they cancel for a family."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm


class CancelForm(RefusableForm):
    reason = forms.CharField(
        label=_("Why"), max_length=120, help_text=_("The family reads this line, such as: 您来电取消。")
    )


class NoteForm(RefusableForm):
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_(
            "For whoever receives the families; the family does not see it, but gets it with a copy of its data."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
