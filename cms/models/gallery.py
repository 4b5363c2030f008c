from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.models.stories import ON_A_PAGE, ListPage, ToldPage
from programmes.door.queries.shown_photos import moments


class GalleryPage(ListPage):
    """影像: albums that editors put together, and the photos of sessions that everybody may see. One per network."""

    TOLD = "AlbumPage"
    subpage_types = ["cms.AlbumPage"]
    template = "cms/gallery.html"

    class Meta:
        verbose_name = _("gallery")
        verbose_name_plural = _("galleries")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = Paginator(moments(), ON_A_PAGE).get_page(request.GET.get("sessions"))
        return context | {
            "moments": pages,
            "newer": f"?sessions={pages.previous_page_number()}#sessions" if pages.has_previous() else "",
            "older": f"?sessions={pages.next_page_number()}#sessions" if pages.has_next() else "",
        }


class AlbumPage(ToldPage):
    """Pictures, sound and film of one occasion."""

    LIST = GalleryPage
    parent_page_types = ["cms.GalleryPage"]
    template = "cms/story.html"

    class Meta:
        verbose_name = _("album")
        verbose_name_plural = _("albums")
