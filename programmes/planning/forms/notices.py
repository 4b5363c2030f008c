from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm


class NoticeTextForm(RefusableForm):
    text = forms.CharField(
        label=_("Text"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("What awaits families outside, what they bring, who minds the children, whom to call."),
    )


class NoticeForm(NoticeTextForm):
    title = forms.CharField(label=_("Title"), max_length=60, help_text=_("Such as 户外阅读安全告知书."))

    field_order = ["title", "text"]
