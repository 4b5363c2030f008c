from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from networks.choices import OpeningState


class OpeningStep(models.Model):
    """One line of the 开通清单 of a new city. The operator sees these lines of every network."""

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="opening_steps")
    key = models.CharField(max_length=30)
    state = models.CharField(_("state"), max_length=10, choices=OpeningState, default=OpeningState.OPEN)
    owner = models.CharField(_("who sees to it"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("opening step")
        verbose_name_plural = _("opening steps")
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="one_opening_step_per_key")]

    def __str__(self) -> str:
        return self.key
