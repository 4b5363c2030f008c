from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from kit import kept_pages
from kit.navigation import Entry
from networks import doors
from networks.queries.privacy import published_kinds, versions
from networks.rules.texts import blocks


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
