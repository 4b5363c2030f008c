"""One venue for staff: everything on one page, and the forms behind it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.toasts import Undo, toast
from networks.models import Area
from people.choices import Verb
from people.doors import member, members_only, network_of, staff_only
from people.queries.keepers import keepers_at
from people.queries.rights import rights_of
from people.queries.workplace import area_in_view
from venues import doors
from venues.choices import Equipment, OnHolidays, Weekday
from venues.commands import venues as commands
from venues.forms import CloseForGoodForm, DetailsForm, VenueForm
from venues.forms.venues import initial_of
from venues.models import Room, Venue
from venues.queries.closures import closures_of, said
from venues.queries.hours import week_of
from venues.queries.today import today_of
from venues.queries.venues import areas_for_venues
from venues.rules.hours import day_text
from venues.views.lists import ACCESS


@require_safe
@members_only
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    place = doors.venue_to_tend(request, slug)
    at, zone = clock.now(), network_of(request).zone
    keepers = keepers_at([place.area.path])[place.area.path]
    page = {
        "venue": place,
        "now": at,
        "today": today_of([place], at=at, zone=zone)[place.pk],
        "week": _week(place, weekday=at.astimezone(zone).weekday()),
        "habit": OnHolidays(place.on_holidays).label,
        "closures": [(row, said(row), doors.may_tend(request, row)) for row in closures_of([place], at)[place.pk]],
        "rooms": [(room, _equipment(room)) for room in place.rooms_in_use],  # type: ignore[attr-defined]
        "old_rooms": Room.objects.filter(venue=place).exclude(closed_at=None).order_by("name"),
        "keepers": [(one.person, one.path == place.area.path) for one in keepers],
        "access": [label for name, label in ACCESS if getattr(place, name)],
        "may_open": doors.may_open(request, place),
        "may_invite": rights_of(member(request)).may(Verb.APPOINT_KEEPERS, path=place.area.path),
        "invite": _invite(place),
    }
    return render(request, "venues/venue.html", page)


def _week(place: Venue, *, weekday: int) -> list[tuple[Any, str, bool]]:
    spans = week_of(place)
    return [
        (day.label, day_text(here) if (here := [one for one in spans if one.weekday == day]) else "", day == weekday)
        for day in Weekday
    ]


def _equipment(room: Room) -> list[str]:
    return [str(Equipment(name).label) for name in room.equipment if name in Equipment.values]


def _invite(place: Venue) -> str:
    """Empty while people has no page for invitations."""
    try:
        return f"{reverse('people:appoint')}?area={place.area_id}&role=keeper"
    except NoReverseMatch:
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def details(request: HttpRequest, slug: str) -> HttpResponse:
    place = doors.venue_to_tend(request, slug)
    form = _form(request, place)
    if form.is_bound and form.is_valid():
        parent = form.parent_area if isinstance(form, VenueForm) else None
        try:
            commands.change_venue(venue=place, values=form.values(), parent=parent, by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("Saved. Readers see it at once."))
            return redirect("venues:venue", place.slug)
    status = 422 if form.is_bound else 200
    return render(request, "venues/details.html", {"venue": place, "form": form}, status=status)


def _form(request: HttpRequest, place: Venue) -> DetailsForm:
    data, initial = request.POST if request.method == "POST" else None, initial_of(place)
    if doors.may_open(request, place):
        return VenueForm(data, initial=initial, areas=_areas(request, with_=place.area.parent))
    return DetailsForm(data, initial=initial)


def _areas(request: HttpRequest, *, with_: Area | None = None) -> list[Area]:
    """Those she may open venues in, and the one in which it lies already."""
    found = list(areas_for_venues(rights_of(member(request)).paths(Verb.OPEN_VENUES)))
    return found if with_ is None or with_ in found else [with_, *found]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.OPEN_VENUES)
def add(request: HttpRequest) -> HttpResponse:
    here = area_in_view(request)
    initial = {"is_public": True, "parent": str(here.pk) if here else ""}
    form = VenueForm(request.POST if request.method == "POST" else None, initial=initial, areas=_areas(request))
    if form.is_bound and form.is_valid():
        try:
            made = commands.add_venue(parent=form.parent_area, values=form.values(), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("%(name)s is in the list. Now its opening hours.") % {"name": made.name})
            return redirect("venues:hours", made.slug)
    return render(request, "venues/add.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def close(request: HttpRequest, slug: str) -> HttpResponse:
    place = doors.venue_to_tend(request, slug, Verb.OPEN_VENUES)
    form = CloseForGoodForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            commands.close_for_good(venue=place, reason=form.cleaned_data["reason"], by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            undo = Undo(reverse("venues:open-again", args=[place.slug]))
            toast(request, _("%(name)s is closed for good.") % {"name": place.name}, undo=undo)
            return redirect("venues:venue", place.slug)
    keepers = keepers_at([place.area.path])[place.area.path]
    page = {"venue": place, "form": form, "keepers": [one.person for one in keepers if one.path == place.area.path]}
    return render(request, "venues/close.html", page, status=422 if form.is_bound else 200)


@require_POST
@members_only
def open_again(request: HttpRequest, slug: str) -> HttpResponse:
    place = doors.venue_to_tend(request, slug, Verb.OPEN_VENUES)
    try:
        commands.open_again(venue=place, by=member(request), at=clock.now())
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        toast(request, _("%(name)s is open again.") % {"name": place.name})
    return redirect("venues:venue", place.slug)
