from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.choices import FactState
from networks.models.scoping import TenantModel


class Fact(TenantModel):
    """One line of the outbox: something that happened, for one listener. The row is the truth, a queue only a doorbell.

    `payload` holds ids and values that are nobody's secret. Facts of one `lane` (a recipient on a channel) go to
    their listener one at a time, oldest first. A lease says which worker has the row in hand, and until when.
    """

    kind = models.CharField(_("what happened"), max_length=60)
    listener = models.CharField(_("for"), max_length=80)
    is_outside = models.BooleanField(default=False)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    lane = models.CharField(max_length=80, blank=True)
    dedupe_key = models.CharField(max_length=160)
    posted_at = models.DateTimeField(_("posted"), default=clock.now, editable=False)
    due_at = models.DateTimeField(_("due"), default=clock.now)
    expires_at = models.DateTimeField(_("of no use after"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=FactState, default=FactState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    lease = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    leased_by = models.CharField(max_length=80, blank=True, editable=False)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "listener", "dedupe_key"], name="one_fact_per_listener_and_dedupe_key"
            ),
            models.UniqueConstraint(
                fields=["network", "listener", "lane"],
                condition=Q(lease__isnull=False) & ~Q(lane=""),
                name="one_fact_in_hand_per_lane",
            ),
            models.CheckConstraint(
                condition=Q(lease=None, lease_until=None, leased_by="")
                | Q(lease__isnull=False, lease_until__isnull=False) & ~Q(leased_by=""),
                name="a_lease_has_a_holder_and_an_end",
            ),
            models.CheckConstraint(
                condition=Q(lease=None) | Q(state=FactState.WAITING), name="only_waiting_facts_are_leased"
            ),
            models.CheckConstraint(
                condition=Q(state=FactState.WAITING, settled_at=None)
                | ~Q(state=FactState.WAITING) & Q(settled_at__isnull=False),
                name="a_fact_is_waiting_or_settled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["is_outside", "network", "due_at", "id"],
                condition=Q(state=FactState.WAITING, lease=None),
                name="facts_to_claim",
            ),
            models.Index(
                fields=["network", "listener", "lane", "id"],
                condition=Q(state=FactState.WAITING) & ~Q(lane=""),
                name="facts_waiting_in_a_lane",
            ),
            models.Index(fields=["lease_until"], condition=Q(lease__isnull=False), name="facts_in_hand"),
            models.Index(
                fields=["expires_at"],
                condition=Q(state=FactState.WAITING, expires_at__isnull=False),
                name="facts_that_expire",
            ),
            models.Index(
                fields=["network", "-settled_at", "-id"],
                condition=Q(state=FactState.SET_ASIDE),
                name="facts_set_aside",
            ),
            models.Index(
                fields=["settled_at"],
                condition=Q(state__in=[FactState.DONE, FactState.EXPIRED, FactState.DROPPED]),
                name="facts_to_purge",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.listener}"
