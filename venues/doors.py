"""How a request comes to a venue and to what belongs to it. Another network's is not there; without the right, 403."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from networks.choices import AreaKind
from networks.models import Area
from people.choices import Verb
from people.doors import member, staff
from people.queries.rights import rights_of
from venues.models import Closure, Room, Venue, VenuePicture
from venues.queries.venues import venue_page


def venue_to_tend(request: HttpRequest, slug: str, verb: Verb = Verb.TEND_VENUES) -> Venue:
    venue = venue_page(slug)
    if venue is None:
        raise Http404
    staff(request, verb, area=venue.area)
    return venue


def may_open(request: HttpRequest, venue: Venue) -> bool:
    """Whether she may also rename, renumber, move and close it; a keeper may not."""
    return rights_of(member(request)).may(Verb.OPEN_VENUES, path=venue.area.path)


def room_to_tend(request: HttpRequest, slug: str, room_id: int) -> tuple[Venue, Room]:
    venue = venue_to_tend(request, slug)
    room: Room | None = Room.objects.select_related("venue").filter(venue=venue, pk=room_id).first()
    if room is None:
        raise Http404
    return venue, room


def picture_to_tend(request: HttpRequest, slug: str, picture_id: int) -> tuple[Venue, VenuePicture]:
    venue = venue_to_tend(request, slug)
    picture: VenuePicture | None = VenuePicture.objects.filter(venue=venue, pk=picture_id).first()
    if picture is None:
        raise Http404
    return venue, picture


def area_to_close(request: HttpRequest, area_id: str) -> Area:
    """An area above venues, in which she may open and close them."""
    rows: Any = Area.objects.exclude(kind=AreaKind.VENUE)
    found: Area | None = rows.filter(pk=int(area_id)).first() if area_id.isascii() and area_id.isdigit() else None
    if found is None:
        raise Http404
    staff(request, Verb.OPEN_VENUES, area=found)
    return found


def closures_to_tend(request: HttpRequest, ids: list[str]) -> list[Closure]:
    """All of them hers to change, else none."""
    keys = {int(one) for one in ids if one.isascii() and one.isdigit()}
    rows = list(Closure.objects.select_related("venue__area", "area").filter(pk__in=keys).order_by("pk"))
    if not rows or len(rows) != len(keys):
        raise Http404
    if not all(may_tend(request, row) for row in rows):
        raise PermissionDenied
    return rows


def may_tend(request: HttpRequest, closure: Closure) -> bool:
    """A venue's closure belongs to who tends the venue, an area's to who opens venues all over it."""
    rights = rights_of(member(request))
    if closure.area is not None:
        return rights.may(Verb.OPEN_VENUES, path=closure.area.path)
    if closure.venue is None:
        return False
    return rights.may(Verb.TEND_VENUES, path=closure.venue.area.path)
