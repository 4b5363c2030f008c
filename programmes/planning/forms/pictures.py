from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from kit.pictures import ACCEPTED

_IMAGE = {"accept": ACCEPTED}


class PictureWordsForm(RefusableForm):
    description = forms.CharField(
        label=_("What is seen"),
        max_length=120,
        help_text=_("Read out to those who do not see the picture, such as: 孩子们围坐听故事的手绘插图."),
    )
    credit = forms.CharField(label=_("Picture by"), max_length=60, required=False)


class PictureForm(PictureWordsForm):
    image = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs=_IMAGE),
        help_text=_("JPEG, PNG or WebP, up to 10 MB; place and camera data are removed."),
    )
    may_be_shown = forms.BooleanField(
        label=_("Everybody who can be recognised in it has agreed, and it may be printed on posters")
    )

    field_order = ["image", "description", "credit", "may_be_shown"]

    @property
    def file(self) -> UploadedFile:
        found: UploadedFile = self.cleaned_data["image"]
        return found


class CoverForm(RefusableForm):
    image = forms.FileField(
        label=_("Cover"),
        widget=forms.FileInput(attrs=_IMAGE),
        help_text=_("JPEG, PNG or WebP, up to 10 MB."),
    )

    @property
    def file(self) -> UploadedFile:
        found: UploadedFile = self.cleaned_data["image"]
        return found
