from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import clock
from networks.models.scoping import TenantModel
from programmes.planning.choices import ObservanceRule, ObservanceSort, PhaseKind
from venues.choices import Weekday


class Season(TenantModel):
    """年度: a year's plan under a theme."""

    year = models.PositiveSmallIntegerField(_("year"))
    theme = models.CharField(_("theme"), max_length=40)
    summary = models.TextField(_("what the year is about"), max_length=600, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    # A season that is over: nothing in it is planned any more.
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        constraints = [
            models.UniqueConstraint(fields=["network", "year"], name="one_season_a_year"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="a_season_is_of_our_century"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_season_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.theme}"


class Phase(TenantModel):
    """阶段: a dated stretch of a season. 冬谋 may begin in the year before."""

    season = models.ForeignKey(Season, models.CASCADE, related_name="phases")
    kind = models.CharField(_("phase"), max_length=10, choices=PhaseKind)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    goal = models.CharField(_("what is to be done by its end"), max_length=200, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        constraints = [
            models.UniqueConstraint(fields=["season", "kind"], name="a_season_has_each_phase_once"),
            models.CheckConstraint(condition=Q(kind__in=PhaseKind.values), name="a_phase_is_of_a_known_kind"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_phase_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return str(PhaseKind(self.kind).label)


class Observance(TenantModel):
    """节点: a day or week of the year that planners are prompted with, or a school term."""

    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40)
    sort = models.CharField(_("kind"), max_length=20, choices=ObservanceSort, default=ObservanceSort.OBSERVANCE)
    rule = models.CharField(_("how its days are found"), max_length=10, choices=ObservanceRule)
    # FIXED and LUNAR: month and day. WEEKDAY: month, weekday and which of them (5 is the last).
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True, choices=Weekday)
    nth = models.PositiveSmallIntegerField(_("which of the month"), null=True, blank=True)
    length = models.PositiveSmallIntegerField(_("days it lasts"), default=1)
    # DATED: from a day until a day.
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    advice = models.CharField(_("what planners are told"), max_length=200, blank=True)
    lead_days = models.PositiveSmallIntegerField(_("days before it that planners are reminded"), default=60)
    # The name under which it was seeded; seeding again leaves what staff changed or removed.
    seed = models.CharField(max_length=30, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("observance")
        verbose_name_plural = _("observances")
        constraints = [
            models.UniqueConstraint(fields=["network", "seed"], condition=~Q(seed=""), name="seeded_once"),
            models.CheckConstraint(
                condition=Q(
                    rule__in=[ObservanceRule.FIXED, ObservanceRule.LUNAR], month__isnull=False, day__isnull=False
                )
                | Q(rule=ObservanceRule.WEEKDAY, month__isnull=False, weekday__isnull=False, nth__isnull=False)
                | Q(rule=ObservanceRule.DATED, starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="an_observance_has_what_its_rule_needs",
            ),
            models.CheckConstraint(
                condition=(Q(month=None) | Q(month__gte=1, month__lte=12))
                & (Q(day=None) | Q(day__gte=1, day__lte=31))
                & (Q(nth=None) | Q(nth__gte=1, nth__lte=5)),
                name="an_observance_is_in_the_calendar",
            ),
            models.CheckConstraint(condition=Q(length__gte=1, length__lte=366), name="an_observance_lasts_a_day"),
        ]

    def __str__(self) -> str:
        return self.name
