from django.db import models
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.scoping import TenantModel


class JournalLine(TenantModel):
    """Who did what to which row, and when. Written once: the web role may not change or delete a line.

    `changed` names fields. `values` holds their old and new values, never those of fields marked personal.
    """

    at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    actor_id = models.BigIntegerField(_("who"), null=True)
    verb = models.CharField(_("what"), max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    changed = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("journal line")
        verbose_name_plural = _("journal")
        indexes = [
            models.Index(fields=["network", "-at", "-id"], name="journal_newest_first"),
            models.Index(fields=["subject_kind", "subject_id", "-at"], name="journal_of_a_row"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"
