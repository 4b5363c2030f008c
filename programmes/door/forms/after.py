"""What is written once a session is over: shape alone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from kit.pictures import ACCEPTED
from programmes.door.choices import Excuse
from programmes.door.commands.diary import Written
from programmes.door.models import DiaryPhoto


class PhotosInput(forms.ClearableFileInput):
    """Several at once, from the camera or the album."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PhotosField(forms.FileField):
    """A list of files."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [super(PhotosField, self).clean(one, initial) for one in data or ()]


class DiaryForm(RefusableForm):
    """What a page says of a session; of each photo that it shows a caption and a tick."""

    line = forms.CharField(
        label=_("How was it today?"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    children = forms.IntegerField(label=_("Children"), min_value=0, max_value=20_000, required=False)
    adults = forms.IntegerField(label=_("Grown-ups"), min_value=0, max_value=20_000, required=False)
    counted = forms.BooleanField(label=_("These numbers are right"), required=False)
    problems = forms.CharField(
        label=_("Problems and ideas"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who plan read it."),
    )
    few_photos = forms.CharField(
        label=_("Why there are fewer photos"),
        max_length=120,
        required=False,
        help_text=_("Such as: 家长都不愿意拍照."),
    )
    photos = PhotosField(
        label=_("Add photos"),
        required=False,
        widget=PhotosInput(attrs={"accept": ACCEPTED, "multiple": True}),
    )

    def __init__(self, *args: Any, shown: Iterable[DiaryPhoto] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = list(shown)
        for photo in self.shown:
            self.fields[f"caption_{photo.pk}"] = forms.CharField(
                label=_("What is seen"), max_length=120, required=False, initial=photo.caption
            )
            self.fields[f"clear_{photo.pk}"] = forms.BooleanField(
                label=_("May be shown: no child without consent can be recognised"),
                required=False,
                initial=photo.cleared_at is not None,
            )

    @property
    def rows(self) -> list[tuple[DiaryPhoto, forms.BoundField, forms.BoundField]]:
        return [(photo, self[f"caption_{photo.pk}"], self[f"clear_{photo.pk}"]) for photo in self.shown]

    @property
    def written(self) -> Written:
        said = self.cleaned_data
        return Written(
            line=said["line"],
            problems=said["problems"],
            children=said["children"],
            adults=said["adults"],
            is_counted=said["counted"],
            few_photos=said["few_photos"],
            captions={photo.pk: said[f"caption_{photo.pk}"] for photo in self.shown},
            cleared=frozenset(photo.pk for photo in self.shown if said[f"clear_{photo.pk}"]),
        )


class WhyForm(RefusableForm):
    reason = forms.CharField(label=pgettext_lazy("a diary is reopened", "Why"), max_length=120)


class ExcuseForm(RefusableForm):
    excuse = forms.ChoiceField(label=_("Excuse"), choices=Excuse.choices)
    note = forms.CharField(label=_("Note"), max_length=120, required=False)


class LateForm(RefusableForm):
    """`reason` is needed once the session is settled."""

    reason = forms.CharField(label=_("Why it is corrected"), max_length=120, required=False)
