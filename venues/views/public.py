"""Venues for readers: the list, a page for each, the sheet that hangs by its door."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock, kept_pages
from kit.finder import Pill
from networks.models import Area
from people.doors import is_signed_in, network_of, person_of
from people.queries.places import district_of
from venues.choices import VenueKind
from venues.queries.finder import Findings, find
from venues.queries.page import VenueFace, face_by_slug
from venues.queries.venues import districts, tile_of
from venues.registers import venue_faces, venue_page_parts
from venues.rules import linked_data
from venues.rules.access import ACCESS
from venues.rules.finding import NOW, SUNDAY, Wish
from venues.views.sharing import picture_address

SIZE = 24
NEAR_COOKIE = "siji_near"
A_YEAR = 365 * 24 * 3600


@require_safe
def venues(request: HttpRequest) -> HttpResponse:
    wish, at = Wish.read(request.GET), clock.now()
    found = find(wish, at=at, zone=network_of(request).zone)
    page = Paginator(found.lines, SIZE).get_page(request.GET.get("page"))
    near = _district_near(request)
    context = {
        "wish": wish,
        "all_venues": reverse("venues:public"),
        "carried": [pair for pair in wish.fields() if pair[0] != "q"],
        "found": found,
        "page": page,
        "cards": [line.card(at=at) for line in page.object_list],
        "near": near,
        "remembers": found.district is not None and found.district != near,
        "often": _often(wish),
        "more": _more(wish, found),
        "more_is_open": any(pill.is_on for pill in _more(wish, found)),
        "tiles": _tiles(wish, found),
        "before": _page_address(wish, page.previous_page_number()) if page.has_previous() else "",
        "after": _page_address(wish, page.next_page_number()) if page.has_next() else "",
        "without_district": wish.query(district=None) or reverse("venues:public"),
        "canonical": request.build_absolute_uri(reverse("venues:public")),
    }
    response = render(request, "venues/public/list.html", context)
    if not is_signed_in(request):
        kept_pages.keep(response)
    return response


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def near(request: HttpRequest) -> HttpResponse:
    """Where somebody likes to go: kept as a taste, in a cookie, by a form on pages that carry no token."""
    if request.method == "POST":
        area = _district_by(request.POST.get("district", ""))
        answer = _to_district(area)
        if area is None:
            answer.delete_cookie(NEAR_COOKIE)
        else:
            answer.set_cookie(
                NEAR_COOKIE,
                str(area.pk),
                max_age=A_YEAR,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return answer
    if area := _district_near(request, for_strangers=True):
        return _to_district(area)
    found = find(Wish(), at=clock.now(), zone=network_of(request).zone)
    return render(request, "venues/public/near.html", {"found": found})


@require_safe
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    face = _face(request, slug)
    address = request.build_absolute_uri(reverse("venues:page", args=[slug]))
    images = [request.build_absolute_uri(row.image.url) for row in face.venue.all_pictures]  # type: ignore[attr-defined]
    drawn = picture_address(request, face)
    context = {
        "face": face,
        "venue": face.venue,
        "drawn": drawn,
        "images": images,
        "body": venue_faces.of(request, face.venue) or "venues/public/_body.html",
        "parts": venue_page_parts.of(request, face.venue),
        "canonical": address,
        "data": _data(request, face, [*images, drawn] if drawn else images),
    }
    response = render(request, "venues/public/venue.html", context)
    if not is_signed_in(request):
        kept_pages.keep(response)
    return response


def _data(request: HttpRequest, face: VenueFace, images: list[str]) -> dict[str, Any]:
    around = linked_data.Around(
        address=request.build_absolute_uri(reverse("venues:page", args=[face.venue.slug])),
        home=request.build_absolute_uri("/"),
        city=face.city,
        district=face.district,
        operator=network_of(request).library_name,
        images=images,
        special=face.special,
        is_gone=face.is_gone,
    )
    return linked_data.library(face.venue, around)


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """To print and hang up: A4, or A3 with ?size=a3."""
    face = _face(request, slug)
    size = "a3" if request.GET.get("size") == "a3" else "a4"
    address = request.build_absolute_uri(reverse("venues:page", args=[slug]))
    return render(
        request,
        "venues/public/sheet.html",
        {"face": face, "venue": face.venue, "size": size, "address": address, "words": address.partition("://")[2]},
    )


def _face(request: HttpRequest, slug: str) -> VenueFace:
    face = face_by_slug(slug, network=network_of(request), at=clock.now())
    if face is None:
        raise Http404
    return face


def _district_near(request: HttpRequest, *, for_strangers: bool = False) -> Area | None:
    """The family's district, else the one that this browser keeps. Pages kept for everybody do not look at cookies."""
    person = person_of(request) if is_signed_in(request) else None
    if person is not None and (area := district_of(person)):
        return area
    if person is None and not for_strangers:
        return None
    return _district_by(request.COOKIES.get(NEAR_COOKIE, ""))


def _district_by(text: str) -> Area | None:
    """As a form or a cookie names it."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    return districts().filter(pk=int(text)).first()


def _to_district(area: Area | None) -> HttpResponse:
    answer = redirect(f"{reverse('venues:public')}{Wish(district=area.pk if area else None).query()}")
    answer.status_code = 303
    return answer


def _often(wish: Wish) -> list[Pill]:
    return [
        Pill(NOW, _("Open now"), _when(wish, NOW), "clock", wish.when == NOW),
        Pill(SUNDAY, _("Open on Sunday"), _when(wish, SUNDAY), "calendar", wish.when == SUNDAY),
        *_access_pills(wish, often=True),
    ]


def _more(wish: Wish, found: Findings) -> list[Pill]:
    kinds = [kind for kind in VenueKind if kind in found.kinds]
    return [
        *_access_pills(wish, often=False),
        *(_kind_pill(wish, kind) for kind in kinds),
    ]


def _kind_pill(wish: Wish, kind: VenueKind) -> Pill:
    is_on = wish.kind == kind
    return Pill(kind.value, kind.label, _address(wish.query(kind="" if is_on else kind.value)), "", is_on)


def _access_pills(wish: Wish, *, often: bool) -> list[Pill]:
    return [
        Pill(
            access.key,
            access.label,
            _address(wish.query(access=wish.toggled(access.key))),
            access.icon,
            access.key in wish.access,
        )
        for access in ACCESS
        if access.is_asked_often == often
    ]


def _when(wish: Wish, when: str) -> str:
    return _address(wish.query(when="" if wish.when == when else when))


def _tiles(wish: Wish, found: Findings) -> list[tuple[Any, ...]]:
    """A second tap on the tile that is chosen shows the whole city again."""
    tiles = []
    for area, count in found.districts:
        is_current = area == found.district
        href = _address(wish.query(district=None if is_current else area.pk))
        tiles.append((area.name, href, *tile_of(area), count, is_current))
    return tiles


def _address(query: str) -> str:
    return f"{reverse('venues:public')}{query}"


def _page_address(wish: Wish, number: int) -> str:
    query = wish.query()
    return _address(f"{query}{'&' if query else '?'}page={number}")
