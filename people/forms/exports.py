from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from networks.rules import exports as rules


class ExportForm(RefusableForm):
    list = forms.CharField(max_length=60, widget=forms.HiddenInput)
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    purpose = forms.CharField(
        label=_("What for"),
        max_length=200,
        help_text=_("It stands in the file's first line and in the journal."),
        error_messages={"required": _("Say what the list is for.")},
    )
    days = forms.IntegerField(
        label=_("Days until it is destroyed"),
        initial=7,
        min_value=1,
        max_value=rules.LONGEST_DAYS,
        help_text=_("From 1 to 30. After that nobody can fetch the file."),
    )
