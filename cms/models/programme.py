"""The page of a programme: what it is, its activities, where it is at home, and what comes next."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from cms.models.activity import ActivityPage
from cms.models.of_plan import PlanPage
from cms.neighbours import address_of, shelf_address
from cms.on_now import times_of
from kit import clock
from kit.refusals import Text
from kit.seasons import season_of
from networks.models.scoping import current_network
from programmes.planning.models import Programme
from programmes.planning.queries.about_programme import about_programme, public_programmes
from programmes.planning.queries.faces import public_sessions
from programmes.planning.rules.finding import Wish, words_of

MOST_TIMES = 9


class ProgrammePage(PlanPage):
    programme = models.ForeignKey(
        "planning.Programme", models.PROTECT, related_name="+", editable=False, verbose_name=_("programme")
    )
    programme.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    tie = "programme"
    is_creatable = False
    template = "cms/programme.html"

    class Meta:
        verbose_name = _("programme page")
        verbose_name_plural = _("programme pages")
        constraints = [models.UniqueConstraint(fields=["programme"], name="a_programme_has_one_page")]

    @classmethod
    def told(cls) -> "QuerySet[Programme]":
        return public_programmes()

    @classmethod
    def on_the_shelf(cls, at: datetime) -> "QuerySet[Any]":
        coming = public_sessions().filter(activity__programme=OuterRef("programme"), called_off_at=None, ends_at__gt=at)
        rows: QuerySet[Any] = cls.objects.filter(network=current_network(), live=True).annotate(
            line=F("programme__summary"),
            of_year=F("programme__season__year"),
            when=Subquery(coming.order_by("starts_at").values("starts_at")[:1]),
        )
        return rows.order_by(F("when").asc(nulls_last=True), "-programme__starts_on", "title", "pk")

    @classmethod
    def drawn(cls) -> "QuerySet[Any]":
        brands = Page.objects.filter(brandpage__brand=OuterRef("programme__brand"), live=True)
        seasons = Page.objects.filter(seasonpage__year=OuterRef("programme__season"), live=True)
        return (
            super()
            .drawn()
            .annotate(
                path_of_brand=Subquery(brands.values("url_path")[:1]),
                path_of_season=Subquery(seasons.values("url_path")[:1]),
            )
        )

    def from_plan(self) -> list[tuple[Text, Text]]:
        row = self.programme
        return [
            (_("title"), row.title),
            (_("in one line"), row.summary),
            (_("text"), row.text),
            (pgettext_lazy("of a programme", "When"), f"{date_format(row.starts_on)}–{date_format(row.ends_on)}"),
        ]

    def in_plan(self) -> str:
        return reverse("planning:programme", args=[self.programme_id])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        at, network, whole = clock.now(), current_network(), self.whole()
        about = about_programme(self.programme_id, network=network)
        rows = public_sessions().filter(activity__programme=self.programme_id, ends_at__gt=at)
        times = times_of(rows, colours=about.colours, most=MOST_TIMES)
        shelved = ActivityPage.on_the_shelf(at).filter(activity__programme=self.programme_id)
        return super().get_context(request, *args, **kwargs) | {
            "about": about,
            "heading": about.programme.title,
            "summary": about.programme.summary,
            "is_withdrawn": about.is_withdrawn,
            "times": times,
            "season": season_of(times.first or clock.today(network.zone)),
            "all_times": f"{reverse('planning:events')}{Wish(words=words_of(about.programme.title)).query()}",
            "shelf": shelf_address("programmes"),
            "brand_address": address_of(whole.path_of_brand) if whole.path_of_brand else "",
            "season_address": address_of(whole.path_of_season) if whole.path_of_season else "",
            "activities": shelved.filter(activity__dropped_at=None),
        }
