from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string


def unknown_host(request: HttpRequest) -> HttpResponse:
    """A host that belongs to nobody: no network, so no brand, no session and no data."""
    return HttpResponseNotFound(render_to_string("networks/unknown_host.html"))
