"""Rooms of a venue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock
from kit.refusals import Refused
from kit.toasts import Undo, toast
from people.doors import member, members_only
from venues import doors
from venues.commands import rooms as commands
from venues.forms import RoomForm
from venues.models import Room, Venue


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def add(request: HttpRequest, slug: str) -> HttpResponse:
    venue = doors.venue_to_tend(request, slug)
    return _form(request, venue, None)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def change(request: HttpRequest, slug: str, room_id: int) -> HttpResponse:
    venue, room = doors.room_to_tend(request, slug, room_id)
    return _form(request, venue, room)


def _form(request: HttpRequest, venue: Venue, room: Room | None) -> HttpResponse:
    initial = {name: getattr(room, name) for name in RoomForm.base_fields} if room else {}
    form = RoomForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            if room is None:
                commands.add_room(venue=venue, values=form.values(), by=member(request))
            else:
                commands.change_room(room=room, values=form.values(), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("The room is saved."))
            return redirect("venues:venue", venue.slug)
    page = {"venue": venue, "room": room, "form": form}
    return render(request, "venues/room.html", page, status=422 if form.is_bound else 200)


@require_POST
@members_only
def close(request: HttpRequest, slug: str, room_id: int) -> HttpResponse:
    venue, room = doors.room_to_tend(request, slug, room_id)
    try:
        commands.close_room(room=room, by=member(request), at=clock.now())
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        undo = Undo(reverse("venues:room-again", args=[venue.slug, room.pk]))
        toast(request, _("%(room)s is no longer used.") % {"room": room.name}, undo=undo)
    return redirect("venues:venue", venue.slug)


@require_POST
@members_only
def use_again(request: HttpRequest, slug: str, room_id: int) -> HttpResponse:
    venue, room = doors.room_to_tend(request, slug, room_id)
    try:
        commands.use_room_again(room=room, by=member(request))
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        toast(request, _("%(room)s is in use again.") % {"room": room.name})
    return redirect("venues:venue", venue.slug)
