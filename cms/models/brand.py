"""The page of a brand: what it stands for, the brands below it, its programmes, and what is on."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.models.of_plan import PlanPage
from cms.models.programme import ProgrammePage
from cms.models.stories import StoryPage
from cms.neighbours import Neighbour, address_of, brands_with_addresses, shelf_address
from cms.on_now import times_of
from kit import clock
from kit.refusals import Text
from kit.seasons import season_of
from networks.models.scoping import current_network
from programmes.planning.models import Brand
from programmes.planning.queries.about_brand import about_brand, public_brands
from programmes.planning.queries.faces import public_sessions
from programmes.planning.rules.finding import Wish

MOST_TIMES, MOST_PROGRAMMES, MOST_STORIES = 6, 8, 3


class BrandPage(PlanPage):
    brand = models.ForeignKey(
        "planning.Brand", models.PROTECT, related_name="+", editable=False, verbose_name=_("brand")
    )
    brand.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    tie = "brand"
    is_creatable = False
    template = "cms/brand.html"

    class Meta:
        verbose_name = _("brand page")
        verbose_name_plural = _("brand pages")
        constraints = [models.UniqueConstraint(fields=["brand"], name="a_brand_has_one_page")]

    @classmethod
    def told(cls) -> "QuerySet[Brand]":
        return public_brands()

    @classmethod
    def on_the_shelf(cls, at: datetime) -> "QuerySet[Any]":
        named = "activity__programme__brand"
        mine = Q(**{named: OuterRef("brand")}) | Q(**{f"{named}__parent": OuterRef("brand")})
        coming = public_sessions().filter(mine, called_off_at=None, ends_at__gt=at)
        rows: QuerySet[Any] = cls.objects.filter(network=current_network(), live=True).annotate(
            of_year=Value(clock.today(current_network().zone).year),
            line=Coalesce(NullIf("brand__slogan", Value("")), "brand__positioning", output_field=models.TextField()),
            when=Subquery(coming.order_by("starts_at").values("starts_at")[:1]),
        )
        return rows.order_by(
            F("brand__closed_at").asc(nulls_first=True), F("brand__parent").asc(nulls_first=True), "brand__place", "pk"
        )

    @classmethod
    def drawn(cls) -> "QuerySet[Any]":
        """With the newest stories of the library; none is told of one brand alone."""
        told = StoryPage.objects.filter(network=OuterRef("network"), live=True).order_by("-told_on", "-pk")
        newest = told.values(found=JSONObject(title="title", path="url_path"))[:MOST_STORIES]
        return super().drawn().annotate(stories=ArraySubquery(newest))

    def from_plan(self) -> list[tuple[Text, Text]]:
        row = self.brand
        return [
            (pgettext_lazy("of a thing", "name"), row.name),
            (_("in one line"), row.slogan),
            (_("what it stands for"), row.positioning),
            (_("whom it is for"), row.audience),
        ]

    def in_plan(self) -> str:
        return reverse("planning:brand", args=[self.brand_id])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        at, network = clock.now(), current_network()
        about = about_brand(self.brand_id, brands_with_addresses(), network=network)
        rows = public_sessions().filter(
            activity__programme__brand__in=about.keys, called_off_at=None, starts_at__gte=at
        )
        programmes = ProgrammePage.on_the_shelf(at).filter(
            programme__brand__in=about.keys, programme__dropped_at=None, when__isnull=False
        )
        return super().get_context(request, *args, **kwargs) | {
            "about": about,
            "heading": about.brand.name,
            "summary": about.brand.slogan,
            "is_withdrawn": about.brand.closed_at is not None,
            "season": about.look.drawn_as or season_of(clock.today(network.zone)),
            "times": times_of(rows, colours=about.colours, most=MOST_TIMES),
            "all_times": f"{reverse('planning:events')}{Wish(brand=self.brand_id).query()}",
            "shelf": shelf_address("brands"),
            "programmes": programmes[:MOST_PROGRAMMES],
            "stories": [Neighbour(one["title"], address_of(one["path"])) for one in self.whole().stories],
        }
