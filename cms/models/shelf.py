"""Where the pages of what the plan tells readers stand: one shelf for each kind of thing."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel

from cms.models.activity import ActivityPage
from cms.models.base import OwnPage
from cms.models.brand import BrandPage
from cms.models.of_plan import PlanPage
from cms.models.programme import ProgrammePage
from cms.models.season import SeasonPage
from kit import clock

ON_A_PAGE = 24


class Shelved(models.TextChoices):
    """What stands on a shelf; the word is the shelf's address as well."""

    ACTIVITIES = "activities", _("Activities")
    PROGRAMMES = "programmes", _("Programmes")
    BRANDS = "brands", _("Brands")
    SEASONS = "seasons", _("Seasons")


PAGES: dict[str, type[PlanPage]] = {
    Shelved.ACTIVITIES: ActivityPage,
    Shelved.PROGRAMMES: ProgrammePage,
    Shelved.BRANDS: BrandPage,
    Shelved.SEASONS: SeasonPage,
}


class ShelfPage(OwnPage):
    """One of each kind per network, made with its front page. What stands on it is made by what happens in the plan."""

    kind = models.CharField(pgettext_lazy("of a shelf", "kind"), max_length=12, choices=Shelved, editable=False)
    summary = models.CharField(_("in one line"), max_length=120, blank=True)

    content_panels = [*OwnPage.content_panels, FieldPanel("summary")]
    # Its address is known to what is printed and passed on.
    promote_panels = [FieldPanel("seo_title"), FieldPanel("search_description")]
    settings_panels: list[FieldPanel] = []
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ActivityPage", "cms.ProgrammePage", "cms.BrandPage", "cms.SeasonPage"]
    is_creatable = False
    template = "cms/shelf.html"

    class Meta:
        verbose_name = _("shelf")
        verbose_name_plural = _("shelves")
        constraints = [
            models.UniqueConstraint(fields=["network", "kind"], name="a_library_has_a_shelf_of_each_kind"),
            models.CheckConstraint(condition=Q(kind__in=Shelved.values), name="a_shelf_is_of_a_known_kind"),
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        at: datetime = clock.now()
        pages = Paginator(PAGES[self.kind].on_the_shelf(at), ON_A_PAGE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {
            "canonical": request.build_absolute_uri(self.address),
            "lines": pages,
            "before": f"?page={pages.previous_page_number()}" if pages.has_previous() else "",
            "after": f"?page={pages.next_page_number()}" if pages.has_next() else "",
        }
