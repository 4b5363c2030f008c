from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.scoping import TenantModel

# What a feed's secret is sealed for.
PERSONAL_FEED = "signup.personal_feed"


class PersonalFeed(TenantModel):
    """个人日历订阅: an address that holds what somebody's families are signed up for.

    The address is the key: here are its hash, to find it, and a sealed copy, to show it again.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="personal_feeds", verbose_name=_("person"))
    secret_hash = models.BinaryField(max_length=32, unique=True, editable=False)
    secret_sealed = models.TextField(editable=False)
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"secret_hash", "secret_sealed"})

    class Meta:
        verbose_name = _("personal calendar feed")
        verbose_name_plural = _("personal calendar feeds")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at=None), name="somebody_has_one_live_calendar_feed"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="a_feed_is_withdrawn_after_it_is_made",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)
