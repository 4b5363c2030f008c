from datetime import date
from typing import Any, ClassVar

from django.apps import apps
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel

from cms.models.base import TITLE_ALONE, OwnPage, WrittenPage
from kit import clock
from networks.models.scoping import current_network

ON_A_PAGE = 12


def today() -> date:
    """Where the library is."""
    return clock.today(current_network().zone)


class ListPage(OwnPage):
    """Pages told one after the other, the newest first. One of a kind per network, made with its front page."""

    # Of what stands in it.
    TOLD: ClassVar[str]

    summary = models.CharField(_("in one line"), max_length=120, blank=True)

    content_panels = [TITLE_ALONE, FieldPanel("summary")]
    # Its address stays: other pages, and programmes that read news, know it.
    promote_panels = [FieldPanel("seo_title"), FieldPanel("search_description")]
    parent_page_types = ["cms.HomePage"]
    max_count_per_parent = 1

    class Meta:
        abstract = True

    def told(self) -> "QuerySet[ToldPage]":
        rows: QuerySet[ToldPage] = apps.get_model("cms", self.TOLD).objects.child_of(self).live()
        return rows.select_related("picture").prefetch_related("picture__renditions").order_by("-told_on", "-pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pages = Paginator(self.told(), ON_A_PAGE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {
            "told": pages,
            "before": f"?page={pages.previous_page_number()}" if pages.has_previous() else "",
            "after": f"?page={pages.next_page_number()}" if pages.has_next() else "",
        }


class ToldPage(WrittenPage):
    """Of a day, in a list of its like."""

    LIST: ClassVar[type[ListPage]]

    told_on = models.DateField(pgettext_lazy("of a story", "date"), default=today)
    by = models.CharField(_("told by"), max_length=40, blank=True)

    content_panels = [
        *OwnPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("told_on"),
        FieldPanel("by"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        above = self.LIST.objects.parent_of(self).get()
        others = above.told().exclude(pk=self.pk)[:3]
        return super().get_context(request, *args, **kwargs) | {"above": above, "others": others}


class StoriesPage(ListPage):
    """Where all stories of a library stand."""

    TOLD = "StoryPage"
    subpage_types = ["cms.StoryPage"]
    template = "cms/stories.html"

    class Meta:
        verbose_name = _("list of stories")
        verbose_name_plural = _("lists of stories")


class StoryPage(ToldPage):
    """What happened, told afterwards or beforehand; news is one, too."""

    LIST = StoriesPage
    parent_page_types = ["cms.StoriesPage"]
    template = "cms/story.html"

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
