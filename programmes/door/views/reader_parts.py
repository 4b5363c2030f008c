"""What the door shows to readers, on pages of the rooms below."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kit import clock
from kit.seasons import season_of
from people.doors import is_signed_in, member, network_of
from people.queries.families import belongings_of
from programmes.door.queries.coming_in import came, came_by_ticket, door_of
from programmes.door.queries.coming_near import coming_near
from programmes.door.views.presence import there_by
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.models import Registration
from programmes.signup.queries.tickets import code_of_ticket
from programmes.signup.rules.tickets import ticket_hash


def on_ticket(request: HttpRequest, row: Registration) -> dict[str, Any] | None:
    """When the party came, how many of it, and what comes next; no names, since the code alone opens the page. Until then
    the page asks by itself while the door is open.
    """
    here, first = came(row.pk)
    if first is not None:
        return _arrived(request, row, here, first)
    at, door = clock.now(), door_of(row.session, network_of(request).rules)
    opens = row.ended_at is None and row.session.called_off_at is None and row.state == State.HOLDS
    if not opens or at > door.closes_at:
        return None
    there = there_by(request)
    is_there = there is not None and there.venue.pk == row.session.venue_id and at >= door.opens_at
    return {
        "ask": reverse("door:arrived", args=[row.ticket]),
        "now": int(at.timestamp()),
        "opens": int(door.opens_at.timestamp()),
        "closes": int(door.closes_at.timestamp()),
        "is_there": is_there,
        "time": "",
    }


@never_cache
@require_safe
def arrived(request: HttpRequest, typed: str) -> HttpResponse:
    """Asked by a ticket's open page. One statement, and the same nothing where there is no such ticket, until it has come."""
    network = network_of(request)
    code = code_of_ticket(typed, network=network)
    if not code:
        raise Http404
    here, first, key = came_by_ticket(ticket_hash(code, network.code))
    if first is None:
        return HttpResponse(status=204)
    row = Registration.objects.select_related("session__activity", "session__area").get(pk=key)
    response = render(request, "door/_on_ticket.html", {"values": _arrived(request, row, here, first)})
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _arrived(request: HttpRequest, row: Registration, here: int, first: datetime) -> dict[str, Any]:
    return {
        "time": f"{timezone.localtime(first):%H:%M}",
        "here": here,
        "season": season_of(timezone.localtime(row.session.starts_at).date()),
        "near": _near(request, row.session, row),
    }


def _near(request: HttpRequest, session: Session, row: Registration) -> Any:
    """By ages only for whoever is signed in as that family: the ticket's address must not tell how old its children are."""
    places = belongings_of(member(request)) if is_signed_in(request) else []
    own = [place for place in places if place.household.pk == row.household_id]
    return coming_near(session, own, network=network_of(request), at=clock.now())
