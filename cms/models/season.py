"""The page of a year: its theme, its four phases as a picture, and what is on in it."""

from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cms.models.of_plan import PlanPage
from cms.models.programme import ProgrammePage
from cms.neighbours import shelf_address
from cms.on_now import times_of
from kit import clock
from kit.refusals import Text
from kit.seasons import season_of
from networks.models.scoping import current_network
from programmes.planning.models import Brand, Phase, Season
from programmes.planning.queries.about_season import about_season, public_seasons
from programmes.planning.queries.faces import colours_of, public_sessions

MOST_TIMES = 6


class SeasonPage(PlanPage):
    year = models.ForeignKey(
        "planning.Season", models.PROTECT, related_name="+", editable=False, verbose_name=_("season")
    )
    year.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    tie = "year"
    is_creatable = False
    template = "cms/season.html"

    class Meta:
        verbose_name = _("season page")
        verbose_name_plural = _("season pages")
        constraints = [models.UniqueConstraint(fields=["year"], name="a_season_has_one_page")]

    @classmethod
    def told(cls) -> "QuerySet[Season]":
        return public_seasons()

    @classmethod
    def slug_of(cls, thing: Season) -> str:
        return str(thing.year)

    @classmethod
    def on_the_shelf(cls, at: datetime) -> "QuerySet[Any]":
        coming = public_sessions().filter(
            activity__programme__season=OuterRef("year"), called_off_at=None, ends_at__gt=at
        )
        rows: QuerySet[Any] = cls.objects.filter(network=current_network(), live=True).annotate(
            of_year=F("year__year"),
            line=F("year__summary"),
            when=Subquery(coming.order_by("starts_at").values("starts_at")[:1]),
        )
        return rows.order_by("-year__year")

    @classmethod
    def drawn(cls) -> "QuerySet[Any]":
        phases = Phase.objects.filter(season=OuterRef("year")).order_by("starts_on")
        words = JSONObject(**{name: name for name in ("id", "kind", "starts_on", "ends_on")})
        return super().drawn().select_related("year").annotate(phases=ArraySubquery(phases.values(found=words)))

    def from_plan(self) -> list[tuple[Text, Text]]:
        row = self.year
        return [
            (_("year"), str(row.year)),
            (_("theme"), row.theme),
            (_("what the year is about"), row.summary),
            *(
                (str(phase), f"{date_format(phase.starts_on)} – {date_format(phase.ends_on)}")
                for phase in row.phases.all()
            ),
        ]

    def in_plan(self) -> str:
        return reverse("planning:season", args=[self.year.year])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        at, network = clock.now(), current_network()
        today, whole = clock.today(network.zone), self.whole()
        rows = public_sessions().filter(activity__programme__season=self.year_id, called_off_at=None, starts_at__gte=at)
        return super().get_context(request, *args, **kwargs) | {
            "about": about_season(whole.year, _phases(whole), today=today),
            "heading": whole.year.theme,
            "summary": whole.year.summary,
            "is_withdrawn": False,
            "times": times_of(rows, colours=colours_of(Brand.objects.order_by("pk"), network), most=MOST_TIMES),
            "programmes": ProgrammePage.on_the_shelf(at).filter(
                programme__season=self.year_id, programme__dropped_at=None
            ),
            "season": season_of(today),
            "shelf": shelf_address("seasons"),
        }


def _phases(whole: Any) -> list[Phase]:
    days = ("starts_on", "ends_on")
    return [Phase(**{**one, **{name: date.fromisoformat(one[name]) for name in days}}) for one in whole.phases]
