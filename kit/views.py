from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from kit import look
from kit.frame import LARGE, Frame
from kit.palette import Brand

_A_YEAR = timedelta(days=365)
_WORKER = Path(__file__).parent / "static/kit/js/worker.js"


@require_safe
def look_sheet(_request: HttpRequest, hue: int, strength: int, digest: str) -> HttpResponse:
    """All in the address, so it is kept for a year; an address from before a change of design is not."""
    if hue > 359 or strength > 20:
        raise Http404
    brand = Brand(hue=hue, chroma=strength / 100)
    is_current = look.name(brand).endswith(f"-{digest}")
    keep = f"max-age={int(_A_YEAR.total_seconds())}, immutable" if is_current else "max-age=60"
    return HttpResponse(look.sheet(brand), content_type="text/css", headers={"Cache-Control": f"public, {keep}"})


@require_safe
def service_worker(_request: HttpRequest) -> HttpResponse:
    """At the root, since a browser lets it look after addresses below its own only; asked for anew each time."""
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8", headers=headers)


# The two below only keep a taste in a cookie, and stand on pages that carry no token because they are cached.


@csrf_exempt
@require_POST
def set_type(request: HttpRequest) -> HttpResponse:
    answer = _back(request)
    if request.POST.get("type") == LARGE:
        _keep(answer, settings.LARGE_TYPE_COOKIE_NAME, LARGE)
    else:
        answer.delete_cookie(settings.LARGE_TYPE_COOKIE_NAME)
    return answer


@csrf_exempt
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    if language not in dict(Frame(request).languages()):
        return HttpResponseBadRequest()
    answer = _back(request)
    _keep(answer, settings.LANGUAGE_COOKIE_NAME, language)
    return answer


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    answer = HttpResponseRedirect(target)
    answer.status_code = 303
    return answer


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name, value, max_age=_A_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
