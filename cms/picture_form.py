from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from kit.pictures import RECORD_SIDE, cleaned
from kit.refusals import Refused


class PictureForm(BaseImageForm):  # type: ignore[misc]
    """What is seen is asked of everybody who puts a picture in; where and with what it was taken is kept of none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        described: forms.CharField = self.fields["description"]
        described.required = True
        described.help_text = _("In one sentence, for those who cannot see it: “A girl plants a seed in a paper cup.”")

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if not isinstance(sent, UploadedFile):
            return sent
        try:
            content = cleaned(sent.read(), side=RECORD_SIDE)
        except Refused as no:
            raise forms.ValidationError(str(no.refusals[0])) from no
        return SimpleUploadedFile(f"{PurePath(sent.name or '').stem}.webp", content, "image/webp")
