from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import clock
from networks.models.scoping import TenantModel

JOIN_CODE = "door.join_code"  # what a join code is sealed for
LONGEST = timedelta(days=31)


class DeskDevice(TenantModel):
    """签到设备: a tablet, or a volunteer's phone, that lets families in and is nobody's account.

    Its secret lives in a cookie; here is only the hash. It joins once, by a code that works for some minutes: of that the
    hash, to find it, and a sealed copy, to show it. It ends by itself.
    """

    name = models.CharField(pgettext_lazy("of a desk device", "name"), max_length=30)
    # Where it stands: it opens the doors of this area's sessions, on their day.
    area = models.ForeignKey("networks.Area", models.PROTECT, related_name="+", verbose_name=_("area"))
    made_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, related_name="+", verbose_name=pgettext_lazy("a desk device", "by")
    )
    made_at = models.DateTimeField(pgettext_lazy("a desk device", "made"), default=clock.now, editable=False)
    code_hash = models.BinaryField(max_length=32, null=True, editable=False)
    code_sealed = models.TextField(blank=True, editable=False)
    code_until = models.DateTimeField(_("code works until"), editable=False)
    secret_hash = models.BinaryField(max_length=32, null=True, editable=False)
    joined_at = models.DateTimeField(pgettext_lazy("a desk device", "joined"), null=True, blank=True)
    expires_at = models.DateTimeField(pgettext_lazy("a desk device", "until"))
    revoked_at = models.DateTimeField(pgettext_lazy("a desk device", "revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )
    last_seen_at = models.DateTimeField(pgettext_lazy("a desk device", "last seen"), null=True, blank=True)

    # People call a phone by whose it is.
    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "code_hash", "code_sealed", "secret_hash"})

    class Meta:
        verbose_name = _("desk device")
        verbose_name_plural = _("desk devices")
        constraints = [
            models.UniqueConstraint(fields=["network", "code_hash"], name="a_join_code_is_of_one_desk_device"),
            models.UniqueConstraint(fields=["network", "secret_hash"], name="a_secret_is_of_one_desk_device"),
            models.CheckConstraint(
                condition=Q(joined_at=None, secret_hash=None)
                | Q(joined_at__isnull=False, secret_hash__isnull=False, code_hash=None, code_sealed=""),
                name="a_desk_device_joins_once_and_its_code_goes",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")) & Q(expires_at__lte=F("made_at") + LONGEST),
                name="a_desk_device_ends_within_a_month",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="a_desk_device_is_revoked_after_it_was_made",
            ),
        ]
        indexes = [models.Index(fields=["area", "-made_at"], name="desk_devices_of_an_area")]

    def __str__(self) -> str:
        return self.name
