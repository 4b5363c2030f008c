"""A session's own page, for readers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kit import clock, kept_pages
from kit.seasons import season_of
from people.doors import is_signed_in, network_of
from programmes.planning.queries.event import EventFace, event_by_code
from programmes.planning.registers import event_faces, event_page_parts, event_ways
from programmes.planning.rules import linked_data
from programmes.planning.rules.told import moved_word, moved_words


@require_safe
def event(request: HttpRequest, code: str) -> HttpResponse:
    network = network_of(request)
    shown = event_by_code(code, network=network, at=clock.now())
    if shown is None:
        raise Http404
    session = shown.session
    address = request.build_absolute_uri(reverse("planning:event", args=[code]))
    images = [request.build_absolute_uri(picture.image.url) for picture in shown.pictures]
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
        "images": images,
        "data": _data(shown, address=address, images=images, library=network.library_name),
    }
    response = render(request, "planning/public/event.html", context)
    if not is_signed_in(request):
        kept_pages.keep(response)
    return response


def _data(shown: EventFace, *, address: str, images: list[str], library: str) -> dict[str, Any]:
    return linked_data.event(
        shown.session,
        address=address,
        images=images,
        units=shown.units,
        hosts=shown.hosts,
        district=shown.district,
        city=shown.city,
        library=library,
    )
