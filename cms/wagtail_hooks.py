"""Hooks of Wagtail's admin: one network's editors see one network."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cms import playing
from cms.models import HomePage, ShelfPage
from cms.models.of_plan import PlanPage
from cms.models.stories import ListPage
from cms.views import explorable

# Help leads to hosts abroad; reports and settings are those that know no networks.
HIDDEN = {"help", "reports", "settings"}
# Others count on them.
STAY = HomePage | ListPage | ShelfPage | PlanPage


@hooks.register("insert_global_admin_css")
def our_colours() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/editor.css"))


@hooks.register("construct_main_menu")
def leave_out_what_is_shut(_request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in HIDDEN]


@hooks.register("register_admin_menu_item")
def front_page_item() -> MenuItem:
    """What readers see first, without a detour by the tree."""
    return MenuItem(_("Front page"), reverse_lazy("cms-front-page"), name="front-page", icon_name="home", order=100)


@hooks.register("construct_page_chooser_queryset")
def choose_among_own_pages(pages: Any, request: HttpRequest) -> Any:
    return pages & explorable(request)


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def keep_what_others_hang_on(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not isinstance(page.specific, STAY):
        return None
    return _stays(request, page)


@hooks.register("before_copy_page")
def copy_nothing_of_the_plan(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _stays(request, page) if isinstance(page.specific, ShelfPage | PlanPage) else None


@hooks.register("before_move_page")
def move_nothing_of_the_plan(request: HttpRequest, page: Page, _target: Page) -> HttpResponse | None:
    return _stays(request, page) if isinstance(page.specific, STAY) else None


@hooks.register("before_bulk_action")
def keep_them_among_many(request: HttpRequest, action: str, objects: list[Any], _view: Any) -> HttpResponse | None:
    if action == "publish":
        return None
    for page in objects:
        if isinstance(page, Page) and isinstance(page.specific, STAY):
            return _stays(request, page)
    return None


def _stays(request: HttpRequest, page: Page) -> HttpResponse:
    messages.error(request, _("This page stays where it is, since others count on it. Change its texts instead."))
    return redirect("wagtailadmin_pages:edit", page.pk)


# After Wagtail's own, which asks whether a collection is shut.
@hooks.register("before_serve_document", order=100)
def play(document: Any, request: HttpRequest) -> HttpResponseBase | None:
    return playing.play(document, request)
