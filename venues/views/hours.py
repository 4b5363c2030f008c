"""The week of a venue: typed line by line, filled from words, copied from day to day; saved as a whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.refusals import Refused
from kit.toasts import toast
from people.doors import member, members_only
from venues import doors
from venues.commands.hours import set_hours
from venues.forms import HoursForm
from venues.forms.hours import EVERY_DAY, WEEKDAYS
from venues.models import Venue
from venues.queries.hours import week_of


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def hours(request: HttpRequest, slug: str) -> HttpResponse:
    venue = doors.venue_to_tend(request, slug)
    if request.method != "POST":
        return _page(request, venue, HoursForm.of(week_of(venue), on_holidays=venue.on_holidays))
    form = HoursForm.typed(request.POST.dict())
    if _is_still_typing(request, form):
        return _page(request, venue, form, status=422 if form.errors else 200)
    week = form.week()
    if form.is_readable:
        try:
            set_hours(
                venue=venue,
                week=week,
                seen=form.seen,
                on_holidays=form.on_holidays,
                by=member(request),
                at=clock.now(),
            )
        except Refused as no:
            _refuse(form, no, venue)
        else:
            toast(request, _("The opening hours are saved. Readers see them at once."))
            return redirect("venues:venue", venue.slug)
    return _page(request, venue, form, status=422)


def _is_still_typing(request: HttpRequest, form: HoursForm) -> bool:
    """One more line, a copy, or the week from words: the form comes back changed, and nothing is saved."""
    action, _sep, day = request.POST.get("do", "").partition("-")
    number = int(day) if day.isdigit() and int(day) < 7 else 0
    if action == "line":
        form.add_line(number)
    elif action in {EVERY_DAY, WEEKDAYS}:
        form.copy(number, action)
    elif action == "words":
        form.take_words()
    else:
        return False
    return True


def _refuse(form: HoursForm, no: Refused, venue: Venue) -> None:
    form.refuse(no.refusals)
    if "changed_meanwhile" in no.codes:
        # They have been told now; saving once more is their answer.
        form.seen = HoursForm.of(week_of(venue), on_holidays=venue.on_holidays).seen


def _page(request: HttpRequest, venue: Venue, form: HoursForm, *, status: int = 200) -> HttpResponse:
    return render(request, "venues/hours.html", {"venue": venue, "form": form}, status=status)
