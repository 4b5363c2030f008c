from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from kit.pictures import ACCEPTED


class PictureWordsForm(RefusableForm):
    description = forms.CharField(
        label=_("What is seen"),
        max_length=120,
        help_text=_("Read out to those who do not see the picture, such as: 窗边的绘本墙和圆形地毯."),
    )
    credit = forms.CharField(label=_("Picture by"), max_length=60, required=False)


class PictureForm(PictureWordsForm):
    image = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_(
            "JPEG, PNG or WebP, up to 10 MB. Nobody may be recognised in it; place and camera data are removed."
        ),
    )
    no_faces = forms.BooleanField(label=_("Nobody can be recognised in this picture"))

    field_order = ["image", "description", "credit", "no_faces"]

    @property
    def file(self) -> UploadedFile:
        found: UploadedFile = self.cleaned_data["image"]
        return found
