from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string


def unknown_host(_request: HttpRequest) -> HttpResponse:
    """A host that belongs to nobody: no network, so no brand, no session and no data."""
    return HttpResponseNotFound(render_to_string("networks/unknown_host.html"))


def network_context(request: HttpRequest) -> dict[str, Any]:
    return {"network": getattr(request, "network", None)}
