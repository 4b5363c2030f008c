"""Where Wagtail's own pages are shut, led elsewhere, or narrowed to one network."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.auth import require_admin_access
from wagtail.admin.localization import get_localized_response
from wagtail.models import Page, Site
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.views import serve

from cms import public_face
from cms.models import Corner, HomePage
from cms.models.of_plan import PlanPage
from cms.models.shelf import PAGES
from kit import sharing
from networks.models.scoping import current_network
from people.doors import network_of

_texts = JavaScriptCatalog.as_view(packages=["wagtail.admin", "cms"])


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's own form knows neither our limits nor our second factor."""
    target = request.GET.get("next", "/cms/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/cms/"
    return HttpResponseRedirect(f"{settings.WAGTAILADMIN_LOGIN_URL}?{urlencode({'next': target})}")


def to_own_pages(_request: HttpRequest) -> HttpResponse:
    """Name, e-mail and devices are kept in one place, not in two."""
    return HttpResponseRedirect("/me/")


@require_admin_access
def to_front_page(_request: HttpRequest) -> HttpResponse:
    return redirect("wagtailadmin_pages:edit", HomePage.objects.get(network=Corner.objects.get().network_id).pk)


@require_safe
def front_picture(request: HttpRequest, version: str) -> HttpResponseBase:
    page = HomePage.objects.live().filter(network=network_of(request)).first()
    if page is None:
        raise Http404
    card = public_face.card_of(request, page)
    return sharing.answer(request, card, asked=version, current=public_face.address_of(card))


def shut(_request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """These pages know no networks: they would show one library's people and work to another."""
    raise Http404


def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page at an address, found by it at once. Wagtail would ask for each page on the way there, and for passwords, of which
    no page of ours has one; what is not there, it answers.
    """
    found = _of_plan(path) or _found(request, path)
    answer: HttpResponseBase = found.serve(request) if found is not None else serve(request, path)
    return answer


def _of_plan(path: str) -> PlanPage | None:
    """Its shelf says which model it is of: one statement for all of it."""
    shelf, _slash, rest = path.partition("/")
    if not rest or shelf not in PAGES:
        return None
    network = current_network()
    rows = PAGES[shelf].drawn().filter(network=network, url_path=f"/{network.code}/{path}", live=True)
    found: PlanPage | None = rows.first()
    return found


def _found(request: HttpRequest, path: str) -> Page | None:
    site = Site.find_for_request(request)
    if not site:
        return None
    if not path:
        home: Page = site.root_page.homepage
        return home
    return Page.objects.filter(url_path=f"{site.root_page.url_path}{path}", live=True).specific().first()


def texts_for_scripts(request: HttpRequest) -> HttpResponse:
    """Wagtail's catalogue for scripts, with the texts that it leaves in English."""
    return get_localized_response(_texts, request)


def explorable(request: HttpRequest) -> Any:
    return PagePermissionPolicy().explorable_instances(request.user)
