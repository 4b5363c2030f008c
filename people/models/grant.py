from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.scoping import TenantModel
from people.choices import Role


class Grant(TenantModel):
    """A role that somebody holds for an area and all below it, from one instant until another."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=30, choices=Role)
    area = models.ForeignKey("networks.Area", models.PROTECT, related_name="+", verbose_name=_("area"))
    granted_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField(_("from"), default=clock.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "area"], condition=Q(ends_at=None), name="one_open_grant_of_a_role_per_area"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="a_grant_ends_later"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="a_grant_names_a_known_role"),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
