"""The rule of a roll-out, typed in: weekdays, times, dates, and what to do about holidays, rooms and hosts."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kit.forms import DayField, RefusableForm
from programmes.planning.choices import AdjustedDays, HostLack, Pattern
from programmes.planning.rules.asking import Ask, against_span
from programmes.planning.rules.recurrence import LAST, Rule
from venues.choices import Weekday

_TIME = re.compile(r"(?<!\d)(\d{1,2})[:：](\d{2})(?!\d)")
_DATE = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
MOST_TIMES = 24
WHICH = (
    ("1", pgettext_lazy("of the month", "first")),
    ("2", pgettext_lazy("of the month", "second")),
    ("3", pgettext_lazy("of the month", "third")),
    ("4", pgettext_lazy("of the month", "fourth")),
    (str(LAST), pgettext_lazy("of the month", "last")),
)


class RuleForm(RefusableForm):
    """`hosts`: pairs to choose from. Names begin with letters that no other state of the address uses."""

    pattern = forms.ChoiceField(label=_("How often"), choices=Pattern.choices, widget=forms.RadioSelect)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which weekdays"),
        choices=Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    every = forms.IntegerField(
        label=_("Every so many weeks"), min_value=1, max_value=26, required=False, help_text=_("1 is each week.")
    )
    which = forms.TypedMultipleChoiceField(
        label=_("Which of the month"), choices=WHICH, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    count = forms.IntegerField(
        label=_("Sessions for each space"),
        min_value=1,
        max_value=200,
        required=False,
        help_text=_(
            "Each space gets the free days nearest to an even spread; of several times, the first that is free."
        ),
    )
    dates = forms.CharField(
        label=_("Days"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "2027-04-23、5月1日"}),
        help_text=_("One after the other; without a year, that of the first day."),
    )
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))
    times = forms.CharField(
        label=_("Starts at"),
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "10:00、14:30", "autocomplete": "off"}),
        help_text=_("Several times a day, one after the other."),
    )
    skips_holidays = forms.BooleanField(label=_("Leave out public holidays"), required=False)
    adjusted = forms.ChoiceField(
        label=_("On an adjusted working day (调休)"), choices=AdjustedDays.choices, widget=forms.RadioSelect
    )
    within_hours = forms.BooleanField(label=_("Only within opening hours"), required=False)
    skips_closures = forms.BooleanField(label=_("Leave out closures"), required=False)
    room_name = forms.CharField(
        label=_("Room"),
        max_length=40,
        required=False,
        help_text=_("Empty: the smallest that fits the places and the equipment. Or a name that many spaces use."),
    )
    hosts = forms.TypedMultipleChoiceField(
        label=_("Hosts"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Dealt out by their hours, home district and limits. None: found later."),
    )
    host_lack = forms.ChoiceField(
        label=_("Where no host is free"), choices=HostLack.choices, widget=forms.RadioSelect, required=False
    )
    confirmed = forms.IntegerField(label=_("The number of sessions, to be sure"), required=False)

    def __init__(self, *args: Any, hosts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hosts"].choices = hosts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        pattern = data.get("pattern")
        if pattern in {Pattern.WEEKLY, Pattern.MONTHLY} and not data.get("weekdays"):
            self.add_error("weekdays", gettext("Choose at least one weekday."))
        if pattern == Pattern.MONTHLY and not data.get("which"):
            self.add_error("which", gettext("Choose which of the month."))
        if pattern == Pattern.SPREAD and not data.get("count"):
            self.add_error("count", gettext("How many sessions shall each space have?"))
        if data.get("first") and data.get("last"):
            self.refuse(against_span(data["first"], data["last"]))
        return data

    def clean_times(self) -> tuple[int, ...]:
        typed = self.cleaned_data["times"]
        found = [int(hour) * 60 + int(minute) for hour, minute in _TIME.findall(typed) if int(minute) < 60]
        if not found or _TIME.sub("", typed).strip(" 、,，;；") or max(found) >= 1440:
            raise forms.ValidationError(gettext("Times look like 10:00 or 14:30."))
        if len(set(found)) > MOST_TIMES:
            raise forms.ValidationError(gettext("At most %(count)s times a day.") % {"count": MOST_TIMES})
        return tuple(sorted(set(found)))

    def clean_dates(self) -> tuple[date, ...]:
        """Only where days are named; what else was typed there does not matter."""
        if self.data.get("pattern") != Pattern.DATES:
            return ()
        typed = self.cleaned_data["dates"]
        parts = _DATE.findall(typed)
        if not parts or _DATE.sub("", typed).strip(" 日、,，;；\r\n\t"):
            raise forms.ValidationError(gettext("Days look like 2027-04-23 or 4月23日."))
        return tuple(sorted({self._date(*part) for part in parts}))

    def _date(self, year: str, month: str, day: str) -> date:
        usual = str(self.data.get("first", ""))[:4]
        try:
            found = date(int(year or usual), int(month), int(day))
        except ValueError as error:
            text = gettext("There is no day %(month)s/%(day)s.") % {"month": int(month), "day": int(day)}
            raise forms.ValidationError(text) from error
        self.fields["first"].validate(found)
        return found

    def ask(self, venues: tuple[int, ...], out: frozenset[str]) -> Ask:
        data = self.cleaned_data
        rule = Rule(
            pattern=Pattern(data["pattern"]),
            first=data["first"],
            last=data["last"],
            times=data["times"],
            weekdays=tuple(data["weekdays"]),
            every=data["every"] or 1,
            which=tuple(data["which"]),
            count=data["count"] or 0,
            dates=data["dates"],
            skips_holidays=data["skips_holidays"],
            adjusted=AdjustedDays(data["adjusted"]),
        )
        return Ask(
            venues,
            rule,
            skips_closures=data["skips_closures"],
            within_hours=data["within_hours"],
            room_name=data["room_name"].strip(),
            hosts=tuple(data["hosts"]),
            host_lack=HostLack(data["host_lack"] or HostLack.SKIP),
            out=out,
        )


def times_text(minutes: tuple[int, ...]) -> str:
    return "、".join(f"{minute // 60}:{minute % 60:02}" for minute in minutes)


class SetNameForm(RefusableForm):
    name = forms.CharField(label=_("Name of the set"), max_length=40)
