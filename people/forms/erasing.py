"""The one sentence that is ticked before something is erased for good."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from kit.refusals import Text


class EraseForm(RefusableForm):
    understood = forms.BooleanField(
        error_messages={"required": _("Please tick the sentence, so that we know you mean it.")}
    )

    def __init__(self, *args: Any, sentence: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["understood"].label = str(sentence)
