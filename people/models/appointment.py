from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.scoping import TenantModel
from people.choices import Role


class Appointment(TenantModel):
    """任用邀请: a role offered to a number. The role is held only once whoever has the number has said yes.

    A mistyped number so gives a stranger nothing.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="appointments")
    role = models.CharField(_("role"), max_length=30, choices=Role)
    area = models.ForeignKey("networks.Area", models.PROTECT, related_name="+", verbose_name=_("area"))
    # As the list had it; becomes the person's name when they accept and have none.
    name = models.CharField(_("name"), max_length=40, blank=True)
    offered_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    offered_at = models.DateTimeField(_("invited"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    # Whose work it takes over, if somebody leaves.
    succeeds = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")

    personal_fields: ClassVar[frozenset[str]] = frozenset({"name"})

    class Meta:
        verbose_name = _("invitation to a role")
        verbose_name_plural = _("invitations to roles")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "area"],
                condition=Q(accepted_at=None, declined_at=None, withdrawn_at=None),
                name="a_role_is_offered_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, declined_at=None)
                | Q(accepted_at=None, withdrawn_at=None)
                | Q(declined_at=None, withdrawn_at=None),
                name="an_offer_has_one_outcome",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("offered_at")), name="an_offer_expires_later"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="an_offer_names_a_known_role"),
        ]
        indexes = [
            models.Index(
                fields=["network", "offered_at"],
                condition=Q(accepted_at=None, declined_at=None, withdrawn_at=None),
                name="open_offers",
            )
        ]

    def __str__(self) -> str:
        return self.get_role_display()
