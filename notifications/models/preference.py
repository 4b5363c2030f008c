from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from networks.models.scoping import TenantModel

if TYPE_CHECKING:
    from people.models import Person


class Preference(TenantModel):
    """消息设置: how somebody wants to be told. Without a row, the usual."""

    person: "models.OneToOneField[Person, Person]" = models.OneToOneField(
        "people.Person", models.CASCADE, primary_key=True, related_name="message_preference"
    )
    suggestions = models.BooleanField(_("suggestions"), default=True)
    by_sms = models.BooleanField(_("by SMS"), default=True)
    by_email = models.BooleanField(_("by e-mail"), default=True)
    is_quiet = models.BooleanField(_("quiet at night"), default=True)
    quiet_from = models.TimeField(_("quiet from"))
    quiet_until = models.TimeField(_("quiet until"))

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("message settings")
        verbose_name_plural = _("message settings")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_quiet=False) | ~Q(quiet_from=F("quiet_until")), name="quiet_hours_have_a_length"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
