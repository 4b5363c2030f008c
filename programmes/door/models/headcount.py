from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.scoping import TenantModel
from programmes.door.choices import Method, TallyKind


class Headcount(TenantModel):
    """人次登记: how many came to a session on one of its days, beside those who are checked in: the sum of its tallies.

    The one row at which all hands meet; it changes by what a hand adds, never to what a hand believes.
    """

    session = models.ForeignKey("planning.Session", models.PROTECT, related_name="headcounts")
    day = models.DateField(_("day"))
    adults = models.IntegerField(_("grown-ups"), default=0)
    children = models.IntegerField(_("children"), default=0)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("head count")
        verbose_name_plural = _("head counts")
        constraints = [
            models.UniqueConstraint(fields=["session", "day"], name="a_day_of_a_session_has_one_head_count"),
            models.CheckConstraint(condition=Q(adults__gte=0, children__gte=0), name="nobody_is_counted_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.adults} + {self.children}"


class Tally(TenantModel):
    """计数: what one hand added to a head count or took from it, once."""

    # Made by the device: sent twice, it counts once.
    client_id = models.UUIDField(editable=False)
    headcount = models.ForeignKey(Headcount, models.CASCADE, related_name="tallies")
    adults = models.IntegerField(_("grown-ups"), default=0)
    children = models.IntegerField(_("children"), default=0)
    kind = models.CharField(_("where it comes from"), max_length=10, choices=TallyKind, default=TallyKind.TAP)
    method = models.CharField(_("how it is known"), max_length=10, choices=Method, default=Method.COUNTED)
    note = models.CharField(_("note"), max_length=120, blank=True)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    received_at = models.DateTimeField(_("received"), default=clock.now, editable=False)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(fields=["network", "client_id"], name="a_tally_counts_once"),
            models.CheckConstraint(condition=~Q(adults=0, children=0), name="a_tally_counts_somebody"),
            models.CheckConstraint(condition=Q(kind__in=TallyKind.values), name="a_tally_is_of_a_known_kind"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="a_tally_is_known_in_a_known_way"),
            models.CheckConstraint(
                condition=~Q(kind=TallyKind.CORRECTION) | ~Q(note=""), name="a_corrected_head_count_says_why"
            ),
        ]
        indexes = [models.Index(fields=["headcount", "-at"], name="tallies_of_a_head_count")]

    def __str__(self) -> str:
        return f"{self.adults:+} {self.children:+}"
