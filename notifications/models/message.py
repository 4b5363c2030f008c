from django.db import models
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.scoping import TenantModel


class Message(TenantModel):
    """A line in somebody's inbox. Its text is made when it is read, from its kind and these fields."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="messages")
    kind = models.CharField(_("kind"), max_length=60)
    fields = models.JSONField(default=dict)
    # A path of its own; else its kind's.
    link = models.CharField(max_length=200, blank=True, editable=False)
    dedupe_key = models.CharField(max_length=160)
    made_at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "dedupe_key"], name="a_person_is_told_once"),
        ]
        indexes = [models.Index(fields=["person", "-made_at", "-id"], name="inbox_newest_first")]

    def __str__(self) -> str:
        return self.kind
