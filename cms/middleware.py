"""What Wagtail is told of a request: its site, its editor's rights, and the policy for its pages."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site, SiteRootPath

from cms.models import Corner
from cms.views import explorable
from people.choices import Verb
from people.doors import person_of
from people.models import Person
from people.queries.rights import rights_of

GetResponse = Callable[[HttpRequest], HttpResponse]

EDITORS = "/cms/"
# What Wagtail calls a page in its addresses.
NAMES_OF_PAGES = {"page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id"}


def site_of_network(get_response: GetResponse) -> GetResponse:
    """Wagtail itself would ask the Host header, and give a host it does not know to some default site."""

    def handle(request: HttpRequest) -> HttpResponse:
        site = SimpleLazyObject(_site)
        # Under Wagtail's own names. It would ask for the addresses of all libraries to make those of one.
        request._wagtail_site = site  # type: ignore[attr-defined]  # noqa: SLF001
        roots = SimpleLazyObject(lambda: _roots(site))
        request._wagtail_cached_site_root_paths = roots  # type: ignore[attr-defined]  # noqa: SLF001
        return get_response(request)

    return handle


def _site() -> Site | None:
    corner = Corner.objects.select_related("site__root_page__homepage").first()
    return corner.site if corner else None


def _roots(site: Site | None) -> list[SiteRootPath]:
    return [SiteRootPath(site.pk, site.root_page.url_path, site.root_url, None)] if site else []


def editors_by_right(get_response: GetResponse) -> GetResponse:
    """Wagtail reads groups; the roles table decides who is in them, at every request: a role may end at any hour."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(EDITORS) and (person := person_of(request)):
            _settle(person)
            if not rights_of(person).may(Verb.WRITE_PAGES):
                # Wagtail would send them to sign-in, and sign-in back here.
                raise PermissionDenied
        return get_response(request)

    return handle


def own_pages_only(get_response: GetResponse) -> GetResponse:
    """A page named in an address below /cms/ is one that its reader may explore, whatever Wagtail's view would ask.

    Stock Wagtail names any page to whoever opens its move or its chooser.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, _view: Any, _args: Any, named: dict[str, Any]) -> None:
        if request.path.startswith(EDITORS) and request.user.is_authenticated:
            asked = {value for name, value in named.items() if name in NAMES_OF_PAGES}
            if asked and explorable(request).filter(pk__in=asked).count() < len(asked):
                raise Http404

    handle.process_view = process_view  # type: ignore[attr-defined]
    return handle


def _settle(person: Person) -> None:
    corner = Corner.objects.select_related("editors").first()
    is_in = set(person.groups.values_list("pk", flat=True))
    ought = {corner.editors_id} if corner and rights_of(person).may(Verb.WRITE_PAGES) else set()
    if is_in != ought:
        person.groups.set(ought)


def policy_for_editors(get_response: GetResponse) -> GetResponse:
    """Wagtail's page editor carries scripts and styles inside its pages, and frames its own previews."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(EDITORS):
            # A preview has come through all of this once already, as the public page that it shows.
            del response["Content-Security-Policy"]
            response._csp_update = {  # type: ignore[attr-defined]  # noqa: SLF001 - django-csp's own name
                "script-src": ["'unsafe-inline'"],
                "style-src": ["'unsafe-inline'"],
            }
            response._csp_replace = {  # type: ignore[attr-defined]  # noqa: SLF001 - django-csp's own name
                "frame-ancestors": ["'self'"],
                "frame-src": ["'self'"],
            }
        return response

    return handle
