import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit import clock, ids, sealed
from networks.models.scoping import TenantModel
from notifications.choices import Channel, DeliveryState

CONTENT = "notifications.delivery"


class Delivery(TenantModel):
    """One text on its way to one address. Address and fields are sealed, since they may hold a number and a code."""

    code = models.CharField(max_length=26, unique=True, default=ids.new_id, editable=False)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="deliveries")
    kind = models.CharField(_("kind"), max_length=60)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    content_sealed = models.TextField(editable=False)
    dedupe_key = models.CharField(max_length=160)
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    provider_id = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("of no use after"), null=True, blank=True)
    # Not before: a quiet night, or a day on which enough was sent.
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    # Where the line in the inbox is read by then, this is not needed any more.
    unless_read = models.ForeignKey(
        "notifications.Message", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    personal_fields = frozenset({"content_sealed"})

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["network", "channel", "dedupe_key"], name="a_text_is_sent_once"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.WAITING, settled_at=None)
                | ~Q(state=DeliveryState.WAITING) & Q(settled_at__isnull=False),
                name="a_delivery_is_waiting_or_settled",
            ),
        ]
        indexes = [
            models.Index(fields=["network", "-made_at", "-id"], name="deliveries_newest_first"),
            models.Index(
                fields=["network", "-made_at"],
                condition=~Q(state=DeliveryState.SENT),
                name="deliveries_not_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_channel_display()})"

    @property
    def content(self) -> dict[str, Any]:
        """ "to", "fields" and "link", unsealed."""
        opened: dict[str, Any] = json.loads(
            sealed.unseal(self.content_sealed, network_code=self.network.code, purpose=CONTENT)
        )
        return opened
