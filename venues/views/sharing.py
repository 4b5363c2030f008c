"""What a chat shows beside a link to a venue."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit import clock, sharing
from kit.seasons import season_of
from kit.share_picture import Card
from people.doors import network_of
from venues.queries.page import VenueFace, face_by_slug


@require_safe
def picture(request: HttpRequest, slug: str, version: str) -> HttpResponseBase:
    face = face_by_slug(slug, network=network_of(request), at=clock.now())
    if face is None:
        raise Http404
    card = card_of(request, face)
    return sharing.answer(request, card, asked=version, current=_address(face, card))


def picture_address(request: HttpRequest, face: VenueFace) -> str:
    """Empty where nothing can be drawn."""
    if not sharing.can_share():
        return ""
    return request.build_absolute_uri(_address(face, card_of(request, face)))


def card_of(request: HttpRequest, face: VenueFace) -> Card:
    """Another in each season, and nothing that is another tomorrow."""
    venue, network = face.venue, network_of(request)
    return Card(
        kicker=_("Closed for good") if face.is_gone else face.district,
        title=venue.name,
        lines=tuple(line for line in (venue.address, venue.summary) if line),
        hint=_("Scan for opening hours and what is on"),
        library=network.library_name,
        address=request.build_absolute_uri(reverse("venues:page", args=[venue.slug])),
        season=season_of(clock.today(network.zone)),
    )


def _address(face: VenueFace, card: Card) -> str:
    return reverse("venues:page-picture", args=[face.venue.slug, card.version])
