"""Staff open a screen for a venue, withdraw it, and put up a printed code or take it down."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.pdf import pdf_answer
from kit.refusals import Refused
from kit.toasts import toast
from people.doors import member, members_only, network_of
from programmes.door import doors
from programmes.door.commands.self_check_in import end_printed_code, make_printed_code, make_screen, withdraw_screen
from programmes.door.forms.self_check_in import PrintedCodeForm, ScreenForm
from programmes.door.prints.printed_code import printed_code_pdf
from programmes.door.queries.self_check_in import printed_codes_within, screens_within
from programmes.door.rules.network_rules import allows_printed_codes
from venues.queries.venues import venues_within


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def screens(request: HttpRequest) -> HttpResponse:
    paths = doors.attending_paths(request)
    form = ScreenForm(request.POST)
    if request.method == "POST" and form.is_valid():
        venue = doors.venue_to_tend(request, form.cleaned_data["venue"])
        row = make_screen(venue=venue, name=form.cleaned_data["name"], by=member(request), at=clock.now())
        return redirect("door:screen-address", row.pk)
    printed = list(printed_codes_within(paths))
    venues = list(venues_within(paths).filter(closed_at=None).order_by("name"))
    has_printed = {row.venue_id for row in printed}
    page: dict[str, Any] = {
        "screens": list(screens_within(paths)),
        "printed": printed,
        "venues": venues,
        "without_printed": [venue for venue in venues if venue.pk not in has_printed],
        "allows_printed": allows_printed_codes(network_of(request).rules),
    }
    return render(request, "door/screens.html", page, status=422 if request.method == "POST" else 200)


@never_cache
@require_safe
@members_only
def address(request: HttpRequest, screen_id: int) -> HttpResponse:
    row = doors.screen_to_tend(request, screen_id)
    there = request.build_absolute_uri(reverse("door:screen", args=[row.secret]))
    return render(request, "door/screen_address.html", {"screen": row, "address": there})


@require_POST
@members_only
def withdraw(request: HttpRequest, screen_id: int) -> HttpResponse:
    row = doors.screen_to_tend(request, screen_id)
    withdraw_screen(screen=row, by=member(request), at=clock.now())
    toast(request, _("The screen of “%(venue)s” shows no code any more.") % {"venue": row.venue.name})
    return redirect("door:screens")


@require_POST
@members_only
def put_up(request: HttpRequest) -> HttpResponse:
    """Also in place of one that hangs there."""
    form = PrintedCodeForm(request.POST)
    if not form.is_valid():
        return redirect("door:screens")
    venue = doors.venue_to_tend(request, form.cleaned_data["venue"])
    try:
        make_printed_code(venue=venue, by=member(request), at=clock.now())
    except Refused as no:
        toast(request, " ".join(map(str, no.refusals)), kind="bad")
    else:
        toast(
            request, _("“%(venue)s” has a printed code. Print the sheet; earlier ones work no more.") % {"venue": venue}
        )
    return redirect("door:screens")


@require_POST
@members_only
def take_down(request: HttpRequest, code_id: int) -> HttpResponse:
    row = doors.printed_code_to_tend(request, code_id)
    end_printed_code(code=row, by=member(request), at=clock.now())
    toast(request, _("The printed code of “%(venue)s” works no more.") % {"venue": row.venue.name})
    return redirect("door:screens")


@require_POST
@members_only
def sheet(request: HttpRequest, code_id: int) -> HttpResponse:
    row = doors.printed_code_to_tend(request, code_id)
    there = request.build_absolute_uri(reverse("door:from-paper", args=[row.code]))
    try:
        content = printed_code_pdf(row, address=there, network=network_of(request), at=clock.now())
    except Refused as no:
        toast(request, " ".join(map(str, no.refusals)), kind="bad")
        return redirect("door:screens")
    return pdf_answer(content, name=f"{row.venue.name}.pdf")
