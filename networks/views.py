from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kit import clock, kept_pages
from kit.navigation import Entry
from networks import doors
from networks.queries.privacy import published_kinds, versions
from networks.registers import site_map
from networks.rules import site_maps
from networks.rules.texts import blocks

# Search engines come by a few times a day.
AN_HOUR = 3600


def unknown_host(_request: HttpRequest) -> HttpResponse:
    """A host that belongs to nobody: no network, so no brand, no session and no data."""
    return HttpResponseNotFound(render_to_string("networks/unknown_host.html"))


def network_context(request: HttpRequest) -> dict[str, Any]:
    return {"network": getattr(request, "network", None)}


def privacy_links(_request: HttpRequest) -> list[Entry]:
    """For the footer: the texts in force."""
    return [Entry(kind.label, "networks:privacy", args=(kind.value,)) for kind in published_kinds()]


@require_safe
def privacy_text(request: HttpRequest, kind: str, version: int | None = None) -> HttpResponse:
    text = doors.access_privacy_text(kind, version=version)
    known = versions(kind)
    page = {
        "text": text,
        "blocks": blocks(text.body),
        "versions": known,
        "is_newest": known[0].pk == text.pk,
    }
    response = render(request, "networks/privacy_text.html", page)
    kept_pages.keep(response)
    return response


@require_safe
def check_file(request: HttpRequest, name: str) -> HttpResponse:
    file = doors.access_check_file(request.network, name)  # type: ignore[attr-defined]
    return HttpResponse(file.content, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def map_of_site(request: HttpRequest) -> HttpResponse:
    """One statement for each section."""
    at = clock.now()
    parts = (
        reverse("networks:site-map-part", args=[section.key, number])
        for section in site_map.sections.values()
        for number in range(1, max(bool(section.heads), site_maps.files_for(section.count(at))) + 1)
    )
    return _xml(site_maps.index(request.build_absolute_uri(part) for part in parts))


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def part_of_site(request: HttpRequest, key: str, number: int) -> HttpResponse:
    section = site_map.sections.get(key)
    if section is None or number < 1:
        raise Http404
    first = (number - 1) * site_maps.SIZE
    heads = [(reverse(name), None) for name in section.heads] if number == 1 else []
    found = [*heads, *section.pages(request, clock.now(), slice(first, first + site_maps.SIZE))]
    if not found:
        raise Http404
    return _xml(site_maps.pages(request.build_absolute_uri("/")[:-1], found))


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def robots(request: HttpRequest) -> HttpResponse:
    words = site_maps.robots(site_map.hidden, site_map=request.build_absolute_uri(reverse("networks:site-map")))
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


def _xml(words: str) -> HttpResponse:
    return HttpResponse(words, content_type="application/xml; charset=utf-8")
