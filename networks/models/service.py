"""What the service remembers of itself. These rows belong to no network and say nothing about any."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Period(models.Model):
    """When a piece of periodic work is due next. Whoever moves `due_at` on does the work."""

    name = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField(_("due"))
    started_at = models.DateTimeField(_("last started"), null=True)
    ended_at = models.DateTimeField(_("last ended"), null=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")

    def __str__(self) -> str:
        return self.name


class Pulse(models.Model):
    """A sign of life of one process that hands facts to listeners."""

    process = models.CharField(max_length=80, unique=True)
    seen_at = models.DateTimeField(_("last seen"))
    handed = models.BigIntegerField(default=0)
    failed = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("pulse")
        verbose_name_plural = _("pulses")
        indexes = [models.Index(fields=["seen_at"], name="pulses_by_age")]

    def __str__(self) -> str:
        return self.process
