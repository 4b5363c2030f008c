"""The year's days off and days worked in exchange."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock
from kit.refusals import Refused
from kit.templatetags.ui import WEEKDAYS
from kit.toasts import Undo, toast
from people.choices import Verb
from people.doors import may_anywhere, member, network_of, staff, staff_only
from venues.choices import DayKind
from venues.commands import calendar as commands
from venues.forms import DaysForm
from venues.models import CalendarDay
from venues.queries.calendar import blocks_of, days_of, is_notice_missing


@dataclass(frozen=True)
class Square:
    """One day of a small month; `kind` is empty on ordinary days."""

    day: date
    kind: str = ""
    name: str = ""
    is_today: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.SEE_PLAN)
def calendar(request: HttpRequest) -> HttpResponse:
    today = clock.today(network_of(request).zone)
    year = _year(request.GET.get("year", ""), today)
    if request.method != "POST":
        return _page(request, DaysForm(initial={"kind": DayKind.HOLIDAY}), year=year, today=today)
    staff(request, Verb.PLAN)
    form = DaysForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        last = data["last_day"] or data["first_day"]
        try:
            commands.put_days(
                first=data["first_day"],
                last=last,
                kind=DayKind(data["kind"]),
                name=data["name"],
                by=member(request),
                today=today,
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("%(name)s is in the calendar.") % {"name": data["name"]})
            return redirect(f"{reverse('venues:calendar')}?year={data['first_day'].year}")
    return _page(request, form, year=year, today=today, status=422)


def _page(request: HttpRequest, form: DaysForm, *, year: int, today: date, status: int = 200) -> HttpResponse:
    days = days_of(year)
    page: dict[str, Any] = {
        "year": year,
        "years": range(today.year - 1, today.year + 3),
        "months": [_month(year, month, days, today) for month in range(1, 13)],
        "weekdays": WEEKDAYS,
        "blocks": blocks_of(days),
        "form": form,
        "may_change": may_anywhere(Verb.PLAN)(request),
        "is_missing": is_notice_missing(today=today),
        "next_year": today.year + 1,
    }
    return render(request, "venues/calendar.html", page, status=status)


def _month(year: int, month: int, days: dict[date, CalendarDay], today: date) -> dict[str, Any]:
    weeks = [
        [_square(day, days, today) if day.month == month else None for day in week]
        for week in Calendar().monthdatescalendar(year, month)
    ]
    return {"first": date(year, month, 1), "weeks": weeks}


def _square(day: date, days: dict[date, CalendarDay], today: date) -> Square:
    special = days.get(day)
    return Square(day, special.kind if special else "", special.name if special else "", is_today=day == today)


def _year(typed: str, today: date) -> int:
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else today.year
    return year if today.year - 1 <= year <= today.year + 2 else today.year


@require_POST
@staff_only(Verb.PLAN)
def remove(request: HttpRequest) -> HttpResponse:
    days = _days(request)
    rows = commands.remove_days(days=days, by=member(request), at=clock.now())
    if rows:
        undo = Undo(reverse("venues:calendar-restore"), {"days": request.POST["days"]})
        toast(request, _("%(name)s is out of the calendar.") % {"name": rows[0].name}, undo=undo)
    return redirect(f"{reverse('venues:calendar')}?year={days[0].year}")


@require_POST
@staff_only(Verb.PLAN)
def restore(request: HttpRequest) -> HttpResponse:
    days = _days(request)
    commands.restore_days(days=days, by=member(request))
    toast(request, _("The days are back in the calendar."))
    return redirect(f"{reverse('venues:calendar')}?year={days[0].year}")


def _days(request: HttpRequest) -> list[date]:
    try:
        return [date.fromisoformat(day) for day in request.POST.get("days", "").split(",")]
    except ValueError as error:
        raise Http404 from error
