from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import clock
from networks.models.scoping import TenantModel
from venues.choices import DayKind, DaySource


class Closure(TenantModel):
    """A time in which a venue, all of an area, or the whole network is closed, whatever the week says."""

    venue = models.ForeignKey("venues.Venue", models.CASCADE, null=True, blank=True, related_name="closures")
    # The area that is closed, with all below it; the root is the whole network.
    area = models.ForeignKey(
        "networks.Area", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("what readers are told"), max_length=120)
    is_public = models.BooleanField(_("shown to readers"), default=True)
    note = models.CharField(_("note for colleagues"), max_length=200, blank=True)
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        constraints = [
            models.CheckConstraint(
                condition=Q(venue__isnull=False, area=None) | Q(venue=None, area__isnull=False),
                name="a_closure_is_of_a_venue_or_an_area",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="a_closure_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_closure_says_why"),
        ]
        indexes = [
            models.Index(fields=["network", "starts_at"], condition=Q(withdrawn_at=None), name="closures_that_count")
        ]

    def __str__(self) -> str:
        return self.reason


class CalendarDay(TenantModel):
    """A day that differs from its weekday: off, or worked in exchange. Seeded from the public notice, edited by planners."""

    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=DayKind)
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40)
    source = models.CharField(_("where from"), max_length=10, choices=DaySource, default=DaySource.EDITED)
    # Removed by staff; seeding again does not bring it back.
    removed_at = models.DateTimeField(null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        constraints = [
            models.UniqueConstraint(fields=["network", "day"], name="one_calendar_day_per_day"),
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="a_calendar_day_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
