"""What staff write down of a class, and the table of its children."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.dates import is_near
from kit.sheets import Cell, Column, Sheet, Unreadable, read, short_text
from people.forms.imports import TableForm
from people.rules import phones
from programmes.signup.commands.groups import GroupTold
from programmes.signup.rules.groups import MOST_GUESTS
from programmes.signup.steps.seats import Guest

_MONTH = re.compile(r"(\d{4})\D{1,2}(\d{1,2})(?:\D.*)?")


def birth_month(value: Cell) -> date | None:
    """The first day of the month; a whole date is taken for its month."""
    if isinstance(value, date | datetime):
        found: date | None = date(value.year, value.month, 1)
    else:
        parts = _MONTH.fullmatch(str(value).strip())
        is_one = parts is not None and 1 <= int(parts[2]) <= 12
        found = date(int(parts[1]), int(parts[2]), 1) if parts is not None and is_one else None
    if found is None or not is_near(found):
        raise Unreadable(_now("A month is wanted, such as 2019-05."))
    return found


COLUMNS = (
    Column("name", _("Name"), parse=short_text(40), required=True, aliases=("孩子", "学生", "学生姓名", "儿童姓名")),
    Column("month", _("Month of birth"), parse=birth_month, aliases=("出生年月", "出生", "出生日期", "生日")),
)


class GroupForm(TableForm):
    """`code`: of a table that was sent before and looked at."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("School and class, or name of the group"), max_length=60)
    contact_name = forms.CharField(label=_("Teacher in charge"), max_length=40)
    phone = forms.CharField(
        label=_("Mobile number of the teacher"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("She is told what families are told, and called if something happens."),
    )
    adults = forms.IntegerField(
        label=pgettext_lazy("with a class", "Grown-ups who come along"), min_value=1, max_value=20, initial=2
    )
    agreed = forms.BooleanField(
        label=_("The school says that the guardians agree to the list"),
        required=False,
        help_text=_("It is kept with your name and the time. The names go soon after the session."),
    )
    reason = forms.CharField(label=_("Why, if a time of sign-up is passed"), max_length=120, required=False)
    field_order = ("name", "contact_name", "phone", "adults", "file", "pasted", "agreed", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pasted"].help_text = _("A line for each child: the name, and if you have it the month of birth.")
        self.fields["pasted"].label = pgettext_lazy("of a class", "or paste the children here")

    def clean(self) -> dict[str, Any]:
        """Once the table was looked at, it need not be sent again."""
        if self.data.get("code"):
            return self.cleaned_data
        return super().clean()

    def clean_phone(self) -> str:
        number = phones.normal(self.cleaned_data["phone"])
        refusals = list(phones.against_number(number, foreign_allowed=True))
        if refusals:
            raise forms.ValidationError([str(refusal) for refusal in refusals])
        return number

    def told(self) -> GroupTold:
        said = self.cleaned_data
        return GroupTold(
            name=said["name"],
            contact_name=said["contact_name"],
            phone=said["phone"],
            adults=said["adults"],
            is_agreed=said["agreed"],
            reason=said["reason"],
        )


class MoreForm(TableForm):
    """`seen`: how many children of the class the page showed."""

    file = None  # type: ignore[assignment]
    pasted = forms.CharField(
        label=_("Children who come as well"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "class": "pasted"}),
        help_text=_("A line for each child: the name, and if you have it the month of birth."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=_("The school says that the guardians agree to these names as well"), required=False
    )
    reason = forms.CharField(label=_("Why, if a time of sign-up is passed"), max_length=120, required=False)


def sheet_of(content: bytes, name: str) -> Sheet:
    return read(content, name=name, columns=COLUMNS, most_rows=MOST_GUESTS)


def guests_in(sheet: Sheet) -> list[Guest]:
    return [Guest(row.values["name"], row.values.get("month")) for row in sheet.rows if not row.faults]
