"""What the front page says to machines: who the library is, and what a chat shows beside a link to it."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kit import clock, sharing
from kit.seasons import season_of
from kit.share_picture import Card
from networks.models import Network
from people.doors import network_of

if TYPE_CHECKING:
    from cms.models import HomePage


def of(request: HttpRequest, page: "HomePage") -> dict[str, Any]:
    network, home = network_of(request), request.build_absolute_uri("/")
    drawn = _picture(request, page)
    return {"canonical": home, "drawn": drawn, "data": organisation(network, home=home, image=drawn)}


def card_of(request: HttpRequest, page: "HomePage") -> Card:
    network = network_of(request)
    return Card(
        kicker=network.tagline,
        title=page.line,
        lines=(page.intro,),
        hint=_("Scan to see what is on"),
        library=network.library_name,
        address=request.build_absolute_uri("/"),
        season=season_of(clock.today(network.zone)),
    )


def address_of(card: Card) -> str:
    return reverse("cms-front-picture", args=[card.version])


def _picture(request: HttpRequest, page: "HomePage") -> str:
    return request.build_absolute_uri(address_of(card_of(request, page))) if sharing.can_share() else ""


def organisation(network: Network, *, home: str, image: str) -> dict[str, Any]:
    """As schema.org has it."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": f"{home}#library",
        "url": home,
        "name": network.library_name,
    }
    contact = {"@type": "ContactPoint", "contactType": "customer service", "description": network.contact}
    place = {"@type": "PostalAddress", "streetAddress": network.address, "addressCountry": "CN"}
    optional = {
        "alternateName": network.name if network.name != network.library_name else "",
        "slogan": network.tagline,
        "logo": home[:-1] + network.logo.url if network.logo else "",
        "image": image,
        "address": place if network.address else None,
        "contactPoint": contact if network.contact else None,
    }
    return found | {name: value for name, value in optional.items() if value}
