from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from networks.models.scoping import TenantModel


class SmsCount(TenantModel):
    """How many SMS of a kind went out on a day, and as how many parts they are billed. Of nobody in particular."""

    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=60)
    sent = models.PositiveIntegerField(_("sent"), default=0)
    parts = models.PositiveIntegerField(_("billed as"), default=0)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("SMS of a day")
        verbose_name_plural = _("SMS of days")
        constraints = [
            models.UniqueConstraint(fields=["network", "day", "kind"], name="sms_are_counted_by_day_and_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
