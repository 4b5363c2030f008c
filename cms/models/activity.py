"""The page of an activity: what it is, and when and where it takes place next."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.models.of_plan import PlanPage
from cms.neighbours import around_activity
from cms.on_now import times_of
from kit import clock
from kit.refusals import Text
from kit.seasons import season_of
from networks.models.scoping import current_network
from programmes.planning.models import Activity
from programmes.planning.queries.about import about_activity, public_activities
from programmes.planning.queries.faces import public_sessions
from programmes.planning.rules.finding import Wish, words_of
from programmes.planning.rules.wording import age_words

# Cards of coming sessions; more of them stand in the list of sessions.
MOST_TIMES = 9


class ActivityPage(PlanPage):
    activity = models.ForeignKey(
        "planning.Activity", models.PROTECT, related_name="+", editable=False, verbose_name=_("activity")
    )
    activity.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    tie = "activity"
    is_creatable = False
    template = "cms/activity.html"

    class Meta:
        verbose_name = _("activity page")
        verbose_name_plural = _("activity pages")
        constraints = [models.UniqueConstraint(fields=["activity"], name="an_activity_has_one_page")]

    @classmethod
    def told(cls) -> "QuerySet[Activity]":
        return public_activities()

    @classmethod
    def on_the_shelf(cls, at: datetime) -> "QuerySet[Any]":
        coming = public_sessions().filter(activity=OuterRef("activity"), called_off_at=None, ends_at__gt=at)
        rows: QuerySet[Any] = cls.objects.filter(network=current_network(), live=True).annotate(
            line=F("activity__summary"),
            of_year=F("activity__programme__season__year"),
            when=Subquery(coming.order_by("starts_at").values("starts_at")[:1]),
        )
        return rows.order_by(F("when").asc(nulls_last=True), "title", "pk")

    def from_plan(self) -> list[tuple[Text, Text]]:
        row = self.activity
        return [
            (_("title"), row.title),
            (_("in one line"), row.summary),
            (_("text"), row.text),
            (_("Ages"), age_words(row.from_months, row.to_months)),
            (_("Programme"), str(row.programme)),
        ]

    def in_plan(self) -> str:
        return reverse("planning:activity", args=[self.activity_id])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        at, network = clock.now(), current_network()
        about = about_activity(self.activity_id, network=network, at=at)
        rows = public_sessions().filter(activity=self.activity_id, ends_at__gt=at)
        times = times_of(rows, colours=about.colours, most=MOST_TIMES)
        return super().get_context(request, *args, **kwargs) | {
            "about": about,
            "heading": about.activity.title,
            "summary": about.activity.summary,
            "is_withdrawn": about.is_withdrawn,
            "times": times,
            "season": season_of(times.first or clock.today(network.zone)),
            "all_times": f"{reverse('planning:events')}{Wish(words=words_of(about.activity.title)).query()}",
            "around": around_activity(about.activity),
        }
