"""What all pages have in common: they belong to a network, are public, and are kept for those who have not signed in."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.neighbours import address_of
from cms.page_form import PageForm
from cms.parts.field import BodyField
from cms.pictures import know_cuts, pictures_in
from kit import kept_pages
from networks.models import Network
from networks.models.scoping import current_network_id

# Of pages whose address does not follow their title.
TITLE_ALONE = FieldPanel("title", classname="title")


class OwnPage(Page):
    """`network`: Wagtail itself knows none; the tree and the rights of editors keep to it."""

    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", editable=False, default=current_network_id, verbose_name=_("network")
    )

    base_form_class = PageForm
    promote_panels = [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")]
    # For everybody: no password. From when until when it is public is set beside the buttons.
    private_page_options: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        """On its library's site; Wagtail would look up all sites for it."""
        return address_of(self.url_path)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        if not getattr(request, "is_preview", False):
            kept_pages.keep(response)
        return response


class WrittenPage(OwnPage):
    """With a line under its title, a picture, and a body of parts."""

    summary = models.CharField(
        _("in one line"),
        max_length=120,
        help_text=_("Stands under the title, in lists, and where the page is passed on."),
    )
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    body = BodyField(blank=True, verbose_name=_("parts"))

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        know_cuts([self.picture, *pictures_in(self.body)])
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context
