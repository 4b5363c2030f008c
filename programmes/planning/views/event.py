"""A session's own page, for readers."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kit import clock, kept_pages
from kit.seasons import season_of
from people.doors import is_signed_in, network_of
from programmes.planning.choices import Availability
from programmes.planning.queries.event import EventFace, event_by_code
from programmes.planning.registers import Offer, event_faces, event_offers, event_page_parts, event_ways
from programmes.planning.rules import linked_data
from programmes.planning.rules.told import moved_word, moved_words
from programmes.planning.views.sharing import picture_address


@require_safe
def event(request: HttpRequest, code: str) -> HttpResponse:
    network = network_of(request)
    at = clock.now()
    shown = event_by_code(code, network=network, at=at)
    if shown is None:
        raise Http404
    session = shown.session
    address = request.build_absolute_uri(reverse("planning:event", args=[code]))
    images = [request.build_absolute_uri(picture.image.url) for picture in shown.pictures]
    drawn = picture_address(request, shown)
    context = {
        "shown": shown,
        "session": session,
        "season": season_of(timezone.localtime(session.starts_at).date()),
        "moved": moved_word(session),
        "moved_words": moved_words(session),
        "body": event_faces.of(request, session) or "planning/public/_event_body.html",
        "ways": event_ways.of(request, session),
        "about": shown.about,
        "parts": event_page_parts.of(request, session),
        "canonical": address,
        "drawn": drawn,
        "images": images,
        "data": _data(request, shown, images=[*images, drawn] if drawn else images, at=at),
    }
    response = render(request, "planning/public/event.html", context)
    if not is_signed_in(request):
        kept_pages.keep(response)
    return response


def _data(request: HttpRequest, shown: EventFace, *, images: list[str], at: datetime) -> dict[str, Any]:
    session, venue = shown.session, shown.session.venue
    address = request.build_absolute_uri(reverse("planning:event", args=[session.code]))
    page_of_venue = reverse("venues:page", args=[venue.slug]) if venue is not None and venue.is_public else ""
    offer = next((found for find in event_offers if (found := find(session, at))), None)
    around = linked_data.Around(
        address=address,
        home=request.build_absolute_uri("/"),
        venue_address=request.build_absolute_uri(page_of_venue) if page_of_venue else "",
        images=images,
        units=shown.units,
        hosts=shown.hosts,
        district=shown.district,
        city=shown.city,
        library=network_of(request).library_name,
        offers=None if shown.is_off or shown.is_over else _offers(offer, shown, address),
        left=offer.left if offer and not shown.is_off and not shown.is_over else None,
    )
    return linked_data.event(session, around)


def _offers(offer: Offer | None, shown: EventFace, address: str) -> dict[str, Any]:
    if offer is None:
        free = Availability.FREE if shown.may_just_come else None
        return linked_data.offer(address=address, availability=free, opens_at=None, closes_at=None)
    return linked_data.offer(
        address=address, availability=offer.availability, opens_at=offer.opens_at, closes_at=offer.closes_at
    )
