from django.db import models
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.scoping import TenantModel
from notifications.choices import Channel


class ShownMessage(TenantModel):
    """What the demo's phone shows in place of a real SMS or e-mail. Production has no rows here."""

    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    to = models.CharField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"))
    code = models.CharField(max_length=12, blank=True)
    reference = models.CharField(max_length=100)
    shown_at = models.DateTimeField(_("when"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("shown message")
        verbose_name_plural = _("shown messages")
        constraints = [
            models.UniqueConstraint(fields=["network", "channel", "reference"], name="a_message_is_shown_once"),
        ]
        indexes = [models.Index(fields=["network", "-shown_at", "-id"], name="phone_newest_first")]

    def __str__(self) -> str:
        return self.reference
