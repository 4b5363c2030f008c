from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit import clock, ids
from networks.models.job import private_storage
from networks.models.scoping import TenantModel


def new_export_code() -> str:
    return ids.random_code(16)


class Export(TenantModel):
    """导出: a list that somebody took out, what for, and until when the file can be fetched.

    `made_by` is a person's id; the row outlives the person, and the file does not outlive `expires_at`.
    """

    code = models.CharField(max_length=16, unique=True, default=new_export_code, editable=False)
    list_key = models.CharField(_("list"), max_length=60)
    query = models.TextField(_("as filtered"), blank=True)
    purpose = models.CharField(_("what for"), max_length=200)
    made_by = models.BigIntegerField(_("who"))
    made_at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("until"))
    rows = models.PositiveIntegerField(_("rows"), default=0)
    file = models.FileField(upload_to="exports/%Y/%m/", storage=private_storage, blank=True, max_length=200)
    taken = models.PositiveIntegerField(_("times fetched"), default=0)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"query"})

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="an_export_expires_later"),
            models.CheckConstraint(condition=~Q(purpose=""), name="an_export_says_what_for"),
        ]
        indexes = [
            models.Index(fields=["network", "-made_at", "-id"], name="exports_newest_first"),
            models.Index(fields=["expires_at"], condition=Q(removed_at=None), name="exports_to_remove"),
        ]

    def __str__(self) -> str:
        return f"{self.list_key} {self.code}"
