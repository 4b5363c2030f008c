"""The service's addresses, one whose view breaks, and one that is asked too often."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns
from config.views import too_many_requests

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a planted fault")


def busy(request: HttpRequest) -> HttpResponse:
    return too_many_requests(request)


urlpatterns = [path("broken/", broken), path("busy/", busy), *urlpatterns]
