"""Pages of last resort. Each says what happened and what to do, in the network's own frame where there is one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from kit import clock
from kit.seasons import Season, season_of


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Whoever refuses may say it on a page of its own."""
    template = getattr(exception, "template", "errors/403.html")
    return _page(request, template, status=403, **getattr(exception, "context", {}))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Signing in in one tab gives the browser a new token, so the other tab's form is an old one: it is shown anew."""
    if request.path.startswith("/sign-in/") and settings.CSRF_COOKIE_NAME in request.COOKIES:
        return HttpResponseRedirect(request.path)
    return _page(request, "errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "errors/404.html", status=404)


def too_many_requests(
    request: HttpRequest, exception: Exception | None = None, *, wait_seconds: int = 60
) -> HttpResponse:
    answer = _page(request, "errors/429.html", status=429)
    answer["Retry-After"] = str(wait_seconds)
    return answer


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Somebody reloads or shares the address that only a form posts to."""
    answer = _page(request, "errors/405.html", status=405)
    answer["Allow"] = allowed
    return answer


def pages_of_last_resort(request: HttpRequest, status: int) -> HttpResponse:
    """Any of them, to be looked at. Never in production."""
    views = {400: bad_request, 403: forbidden, 429: too_many_requests}
    if status == 405:
        return method_not_allowed(request, "POST")
    if status == 500:
        return server_error(request)
    return views.get(status, not_found)(request, Exception())


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the request, the session or the database: any of them may be what broke."""
    return HttpResponse(
        render_to_string(
            "errors/500.html", {"reference": getattr(request, "reference", ""), "season": _season_of_today()}
        ),
        status=500,
    )


def _page(request: HttpRequest, template: str, *, status: int, **more: object) -> HttpResponse:
    base = "kit/page.html" if hasattr(request, "network") else "kit/plain.html"
    return render(request, template, {"base": base, "season": _season_of_today(), **more}, status=status)


def _season_of_today() -> Season:
    return season_of(clock.today(timezone.get_current_timezone()))  # type: ignore[arg-type]
