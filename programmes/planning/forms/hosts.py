"""What is asked about a host."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kit.forms import DayField, RefusableForm
from kit.refusals import Refusal
from kit.sheets import Unreadable
from networks.models import Area, Network
from people.rules import phones
from programmes.planning.choices import FeeTitle, HostKind
from programmes.planning.models import Host
from programmes.planning.queries.hosts import hours_words, phone_of, week_of_host
from programmes.planning.rules.ages import last_year, of_years
from venues.rules.hours import DAY, Span
from venues.rules.hours_text import parse_week

_PARTS = re.compile(r"[、，,;；\s]+")
MOST_WORDS = 12


class WordsField(forms.CharField):
    """Some words, parted by 、 or blanks; a list of them."""

    def to_python(self, value: Any) -> Any:
        words = [word for word in _PARTS.split(super().to_python(value) or "") if word]
        if any(len(word) > 20 for word in words) or len(words) > MOST_WORDS:
            raise forms.ValidationError(
                gettext("At most %(most)s words of 20 characters, please.") % {"most": MOST_WORDS}
            )
        return list(dict.fromkeys(words))

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value


class HostForm(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"), choices=HostKind.choices)
    unit = forms.CharField(label=_("Works at"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=_("For colleagues who plan; kept sealed and never shown to readers."),
    )
    introduction = forms.CharField(
        label=_("Introduction for readers"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_public = forms.BooleanField(
        label=_("Named to readers"), required=False, help_text=_("With name and introduction, as agreed with them.")
    )
    skills = WordsField(label=_("Skills"), required=False, help_text=_("Such as: 绘本 手语 科普"))
    languages = WordsField(label=_("Languages"), required=False, help_text=_("Such as: 普通话 南京话 英语"))
    from_years = forms.IntegerField(
        label=_("Likes children from the age of"), min_value=0, max_value=99, required=False
    )
    to_years = forms.IntegerField(label=_("up to the age of"), min_value=0, max_value=99, required=False)
    home_area = forms.ChoiceField(label=_("Home district"), required=False)
    hours = forms.CharField(
        label=_("When in the week"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "周二至周五 14:00-17:00；周六 9:00-12:00"}),
        help_text=_("Empty: at any time."),
    )
    per_day = forms.IntegerField(label=_("Sessions a day, at most"), min_value=1, max_value=20, required=False)
    per_week = forms.IntegerField(label=_("Sessions a week, at most"), min_value=1, max_value=60, required=False)
    term_from = DayField(label=_("Appointed from"), required=False)
    term_until = DayField(
        label=_("Appointed until"),
        required=False,
        help_text=_("Of reading promoters; you are reminded sixty days before it ends."),
    )
    fee_title = forms.ChoiceField(label=_("Title for the fee"), choices=FeeTitle.choices, required=False)
    note = forms.CharField(label=_("Note for planners"), max_length=200, required=False)
    anyway = forms.BooleanField(label=_("Yes, this is somebody else."), required=False)

    def __init__(self, *args: Any, network: Network, areas: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_known = False
        self.network, self.areas = network, list(areas)
        choices = [("", "—"), *((str(area.pk), area.name) for area in self.areas)]
        self.fields["home_area"].choices = choices  # type: ignore[attr-defined]

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        found = list(refusals)
        self.is_known = any(refusal.code == "host_known" for refusal in found)
        super().refuse(found)

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        number = phones.normal(typed) if typed else ""
        if number and not number.lstrip("+").isdigit():
            raise forms.ValidationError(gettext("This is not a number that we can read."))
        return number

    def clean_hours(self) -> list[Span]:
        try:
            spans = parse_week(self.cleaned_data["hours"]) if self.cleaned_data["hours"] else []
        except Unreadable as no:
            raise forms.ValidationError(no.args[0]) from no
        if any(span.closes > DAY for span in spans):
            raise forms.ValidationError(gettext("Hours of a host end at midnight at the latest."))
        return spans

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = (
            "name",
            "kind",
            "unit",
            "introduction",
            "is_public",
            "skills",
            "languages",
            "per_day",
            "per_week",
            "term_from",
            "term_until",
            "note",
        )
        first, last = of_years(data["from_years"], data["to_years"])
        home = next((area for area in self.areas if str(area.pk) == data["home_area"]), None)
        return {name: data[name] for name in names} | {
            "from_months": first,
            "to_months": last,
            "home_area": home,
            "fee_title": data["fee_title"] or FeeTitle.NONE,
        }

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        parts = (
            (_("Who it is"), ("name", "kind", "unit", "phone", "home_area")),
            (_("For readers"), ("introduction", "is_public")),
            (_("What they are good at"), ("skills", "languages", "from_years", "to_years")),
            (_("When they can come"), ("hours", "per_day", "per_week")),
            (_("Appointment and fee"), ("term_from", "term_until", "fee_title", "note")),
        )
        return [(title, [self[name] for name in names]) for title, names in parts]


def initial_of_host(host: Host, *, network: Network) -> dict[str, Any]:
    names = (
        "name",
        "kind",
        "unit",
        "introduction",
        "is_public",
        "skills",
        "languages",
        "per_day",
        "per_week",
        "term_from",
        "term_until",
        "note",
        "fee_title",
    )
    return {name: getattr(host, name) for name in names} | {
        "phone": phone_of(host, network=network),
        "from_years": None if host.from_months is None else host.from_months // 12,
        "to_years": last_year(host.to_months),
        "home_area": str(host.home_area_id or ""),
        "hours": hours_words(week_of_host(host)),
    }


class AccountForm(RefusableForm):
    phone = forms.CharField(
        label=_("Mobile number that they sign in with"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def clean_phone(self) -> str:
        return phones.normal(self.cleaned_data["phone"])


class AbsenceForm(RefusableForm):
    first = DayField(label=_("From"))
    last = DayField(label=_("Until and with"), required=False)
    words = forms.CharField(label=_("Note for planners"), max_length=80, required=False)
