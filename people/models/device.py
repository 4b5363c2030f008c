from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.scoping import TenantModel


class Device(TenantModel):
    """A browser on which somebody signed in. Its secret lives in a cookie; here is only the hash.

    It may be bound: a keeper asks for it, and the district confirms the phone once.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="devices")
    secret_hash = models.BinaryField(max_length=32, editable=False)
    label = models.CharField(_("kind"), max_length=60)
    first_seen_at = models.DateTimeField(default=clock.now, editable=False)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    refused_at = models.DateTimeField(_("refused"), null=True, blank=True)
    answered_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    personal_fields = frozenset({"label"})

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        constraints = [
            models.UniqueConstraint(fields=["person", "secret_hash"], name="a_person_knows_a_device_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(refused_at=None), name="a_device_is_not_confirmed_and_refused"
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=False) | Q(confirmed_at=None, refused_at=None),
                name="only_a_device_asked_for_is_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["network", "asked_at"], condition=Q(asked_at__isnull=False), name="devices_asked_for")
        ]

    def __str__(self) -> str:
        return self.label
