"""A library's own words for a kind of message."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from notifications.choices import Channel
from notifications.registers import MessageKind
from notifications.rules.words import LONGEST_BODY, LONGEST_SMS, LONGEST_TITLE, Words


class WordsForm(RefusableForm):
    title = forms.CharField(label=pgettext_lazy("of a message", "Title"), max_length=LONGEST_TITLE)
    body = forms.CharField(
        label=pgettext_lazy("of a message", "Text"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For the inbox and for e-mail."),
    )
    sms = forms.CharField(
        label=_("SMS"),
        max_length=LONGEST_SMS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "The text that the SMS provider approved under this message's template, for previews and costs: what "
            "arrives is decided there. Left empty, the standard text."
        ),
    )

    def __init__(self, *args: Any, kind: MessageKind, standard: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standard = standard
        if Channel.SMS not in kind.channels:
            del self.fields["sms"]

    def words(self) -> Words:
        """An SMS that says what the standard one says is no text of its own."""
        given = self.cleaned_data
        sms = " ".join(given.get("sms", "").split())
        return Words(given["title"], given["body"], "" if sms == self.standard.sms else sms)
