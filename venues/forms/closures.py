"""A closure: whole days, or from a time to a time, or until further notice."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from venues.rules.closures import against_days

_DAY = {"type": "date"}
_TIME = {"type": "time"}


class ClosureForm(RefusableForm):
    """`today`: the network's, against which a mistyped year is seen."""

    first_day = forms.DateField(label=_("From"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    first_time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs=_TIME, format="%H:%M"),
        help_text=_("Empty: all day."),
    )
    last_day = forms.DateField(
        label=_("Until and with"),
        required=False,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        help_text=_("Empty: that one day."),
    )
    last_time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs=_TIME, format="%H:%M"),
        help_text=_("Empty: all day."),
    )
    until_further_notice = forms.BooleanField(label=_("Until further notice"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=120, help_text=_("Readers see this line, such as: 内部设备检修.")
    )
    is_public = forms.BooleanField(
        label=_("Tell readers the reason"), required=False, help_text=_("Otherwise they only see that it is closed.")
    )
    note = forms.CharField(label=_("Note for colleagues"), max_length=200, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("until_further_notice") and data.get("last_day"):
            self.add_error("last_day", gettext("Either a last day, or until further notice."))
        if data.get("last_time") and data.get("first_day") == (data.get("last_day") or data.get("first_day")):
            begins = data.get("first_time") or time()
            if data["last_time"] <= begins:
                self.add_error("last_time", gettext("The closure ends before it starts."))
        self.refuse(against_days(data.get("first_day"), data.get("last_day"), today=self.today))
        return data

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime | None]:
        data = self.cleaned_data
        starts_at = _instant(data["first_day"], data["first_time"] or time(), zone)
        if data["until_further_notice"]:
            return starts_at, None
        last = data["last_day"] or data["first_day"]
        if data["last_time"]:
            return starts_at, _instant(last, data["last_time"], zone)
        return starts_at, _instant(last + timedelta(days=1), time(), zone)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone)
