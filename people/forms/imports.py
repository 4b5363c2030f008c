"""A table by upload, or pasted. Upper rooms use it for theirs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from kit.sheets.containers import LARGEST_FILE


class TableForm(RefusableForm):
    file = forms.FileField(
        label=_("Excel or CSV file"),
        required=False,
        allow_empty_file=True,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    pasted = forms.CharField(
        label=_("or paste rows here"),
        required=False,
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "class": "pasted"}),
        help_text=_("Copied out of a table: a line for each row."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and not typed.get("file") and not (typed.get("pasted") or "").strip():
            raise forms.ValidationError(_("Choose a file, or paste rows."))
        file = typed.get("file")
        if file and file.size > LARGEST_FILE:
            self.add_error("file", _("This file is larger than 20 MB."))
        return typed

    def table(self, heads: list[str]) -> tuple[bytes, str]:
        """The bytes and a name for them. Pasted rows without titles get `heads`, in this order."""
        file = self.cleaned_data.get("file")
        if file:
            return file.read(), file.name
        text: str = self.cleaned_data["pasted"].strip("\r\n")
        first = text.split("\n", 1)[0]
        if not any(head in first for head in heads):
            text = ("\t" if "\t" in first else ",").join(heads) + "\n" + text
        return text.encode(), "pasted.csv"
