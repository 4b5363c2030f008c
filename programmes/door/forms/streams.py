"""What is read off a platform: shape alone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import DayField, RefusableForm
from kit.pictures import ACCEPTED
from programmes.door.commands.streams import Read


class ViewsForm(RefusableForm):
    """Of one platform; `platforms`: those on which the library streams."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    platform = forms.ChoiceField(label=_("Platform"))
    other = forms.CharField(label=_("Which other platform"), max_length=30, required=False, strip=True)
    live_views = forms.IntegerField(label=_("Views while live"), min_value=0, max_value=2_000_000_000, initial=0)
    replay_views = forms.IntegerField(
        label=_("Views of the recording"), min_value=0, max_value=2_000_000_000, initial=0
    )
    as_of = DayField(label=_("As of"), help_text=_("The day on which you read it off."))
    image = forms.FileField(
        label=_("Screenshot"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("JPEG, PNG or WebP, up to 10 MB. Only the staff of the session see it."),
    )

    def __init__(self, *args: Any, platforms: Sequence[str], **said: Any) -> None:
        super().__init__(*args, **said)
        other = ("", pgettext_lazy("a platform", "Another"))
        self.fields["platform"].required = False
        self.fields["platform"].choices = [*((name, name) for name in platforms), other]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["platform"] and not cleaned["other"]:
            self.add_error("other", _("Please fill this in."))
        return cleaned

    def read(self) -> Read:
        told = self.cleaned_data
        platform = told["platform"] or told["other"]
        return Read(told["client_id"], platform, told["live_views"], told["replay_views"], told["as_of"])
