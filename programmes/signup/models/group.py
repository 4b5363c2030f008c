from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.scoping import TenantModel


class Group(TenantModel):
    """班级或团体: a school class, a kindergarten group or a reading club that comes together, with a teacher who answers for it.

    The school says that the guardians agreed; who wrote that down, and when, is kept.
    """

    name = models.CharField(_("school and class, or name of the group"), max_length=60)
    contact_name = models.CharField(_("teacher in charge"), max_length=40, blank=True)
    # The number is hers, sealed as everybody's; she is told what families are told.
    contact = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("teacher in charge")
    )
    agreed_at = models.DateTimeField(_("the school says that the guardians agreed"), default=clock.now, editable=False)
    agreed_noted_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("written down by")
    )
    # When the retention clock took names and teacher away.
    forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"contact_name"})

    class Meta:
        verbose_name = _("class or group")
        verbose_name_plural = _("classes and groups")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_group_has_a_name"),
            models.CheckConstraint(
                condition=Q(forgotten_at=None) | Q(contact_name="", contact=None),
                name="a_forgotten_group_has_no_teacher",
            ),
        ]

    def __str__(self) -> str:
        return self.name
