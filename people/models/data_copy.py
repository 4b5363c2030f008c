from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit import clock, ids
from networks.models.job import private_storage
from networks.models.scoping import TenantModel


def new_copy_code() -> str:
    return ids.random_code(16)


class DataCopy(TenantModel):
    """个人信息副本: all that is known of a person and her children, made on request, fetched by herself alone."""

    code = models.CharField(max_length=16, unique=True, default=new_copy_code, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="data_copies")
    asked_at = models.DateTimeField(_("asked for"), default=clock.now, editable=False)
    # The job that makes it.
    job = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    file = models.FileField(upload_to="copies/%Y/%m/", storage=private_storage, blank=True, max_length=200)
    expires_at = models.DateTimeField(_("until"))
    taken = models.PositiveIntegerField(_("times fetched"), default=0)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("copy of one's data")
        verbose_name_plural = _("copies of one's data")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="a_copy_expires_later"),
            models.CheckConstraint(
                condition=Q(file="") | Q(made_at__isnull=False), name="a_copy_says_when_it_was_made"
            ),
        ]
        indexes = [models.Index(fields=["network", "expires_at"], name="copies_to_remove")]

    def __str__(self) -> str:
        return self.code
