from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel

from cms.models.base import OwnPage, WrittenPage
from kit import clock
from networks.models.scoping import current_network

ON_A_PAGE = 12


def today() -> date:
    """Where the library is."""
    return clock.today(current_network().zone)


class StoriesPage(OwnPage):
    """Where all stories of a library stand, the newest first. One per network, made with its front page."""

    summary = models.CharField(_("in one line"), max_length=120, blank=True)

    content_panels = [*OwnPage.content_panels, FieldPanel("summary")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.StoryPage"]
    max_count_per_parent = 1
    template = "cms/stories.html"

    class Meta:
        verbose_name = _("list of stories")
        verbose_name_plural = _("lists of stories")

    def stories(self) -> "QuerySet[StoryPage]":
        rows: QuerySet[StoryPage] = (
            StoryPage.objects.child_of(self).live().select_related("picture").prefetch_related("picture__renditions")
        )
        return rows.order_by("-told_on", "-pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pages = Paginator(self.stories(), ON_A_PAGE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {
            "stories": pages,
            "before": f"?page={pages.previous_page_number()}" if pages.has_previous() else "",
            "after": f"?page={pages.next_page_number()}" if pages.has_next() else "",
        }


class StoryPage(WrittenPage):
    """What happened, told afterwards or beforehand; news is one, too."""

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
    parent_page_types = ["cms.StoriesPage"]
    subpage_types: list[str] = []
    template = "cms/story.html"

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        stories = StoriesPage.objects.parent_of(self).get()
        others = stories.stories().exclude(pk=self.pk)[:3]
        return super().get_context(request, *args, **kwargs) | {"stories": stories, "others": others}
