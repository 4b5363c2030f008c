from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from kit.sheets.containers import LARGEST_FILE


class PlanFileForm(RefusableForm):
    file = forms.FileField(
        label=_("Table"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("Excel (.xlsx) or CSV. Nothing is written before you have seen every row."),
    )

    def table(self) -> tuple[bytes, str]:
        """Its bytes, one more than allowed at most, and what the sender called it."""
        file: UploadedFile = self.cleaned_data["file"]
        return file.read(LARGEST_FILE + 1), file.name or ""
