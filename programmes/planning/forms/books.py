from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from people.forms.imports import TableForm
from programmes.planning.rules.isbn import isbn13, spoken


class BookForm(RefusableForm):
    isbn = forms.CharField(
        label="ISBN",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("With or without dashes, 10 or 13 digits. Leave it empty for a book without one."),
    )
    title = forms.CharField(label=pgettext_lazy("of a book", "Title"), max_length=120)
    author = forms.CharField(label=_("Author"), max_length=120, required=False)
    publisher = forms.CharField(label=_("Publisher"), max_length=60, required=False)
    grade = forms.CharField(
        label=_("Reading level"), max_length=40, required=False, help_text=_("Such as 金准阅读 L3.")
    )

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class BookListForm(RefusableForm):
    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"), max_length=60, help_text=_("Such as 阅美善读 2027.")
    )
    note = forms.CharField(label=_("Note for planners"), max_length=200, required=False)


class PasteBooksForm(TableForm):
    """ISBNs alone, or rows of a table with ISBN and title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pasted"].label = _("ISBNs, or rows of a table")
        self.fields["pasted"].help_text = _("One or many, with blanks, commas or lines between them.")
        self.fields["file"].label = _("or an Excel file")
        self.order_fields(["pasted", "file"])

    def table(self, heads: list[str]) -> tuple[bytes, str]:
        words = self.cleaned_data["pasted"].replace(",", " ").replace("，", " ").replace("、", " ").split()
        if not self.cleaned_data["file"] and words and all(isbn13(word) for word in words):
            return "\n".join(["ISBN", *(spoken(isbn13(word)) for word in words)]).encode(), "pasted.csv"
        return super().table(heads)
