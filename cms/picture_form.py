from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):  # type: ignore[misc]
    """What is seen is asked of everybody who puts a picture in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        described: forms.CharField = self.fields["description"]
        described.required = True
        described.help_text = _("In one sentence, for those who cannot see it: “A girl plants a seed in a paper cup.”")
