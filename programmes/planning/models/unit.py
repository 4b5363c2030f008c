from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from networks.models.scoping import TenantModel
from programmes.planning.choices import UnitRole


class PartnerUnit(TenantModel):
    """合作单位: an authority, school, publisher or firm that stands on posters."""

    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    note = models.CharField(_("note for planners"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("no longer used"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("partner unit")
        verbose_name_plural = _("partner units")
        constraints = [models.UniqueConstraint(fields=["network", "name"], name="partner_units_differ_by_name")]

    def __str__(self) -> str:
        return self.name


class UnitLine(TenantModel):
    """A unit's part in a programme or an activity. An activity without lines of its own shows its programme's."""

    programme = models.ForeignKey(
        "planning.Programme", models.CASCADE, null=True, blank=True, related_name="unit_lines"
    )
    activity = models.ForeignKey("planning.Activity", models.CASCADE, null=True, blank=True, related_name="unit_lines")
    unit = models.ForeignKey(PartnerUnit, models.PROTECT, related_name="lines", verbose_name=_("unit"))
    role = models.CharField(_("part"), max_length=10, choices=UnitRole)
    place = models.PositiveSmallIntegerField(default=0)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("unit's part")
        verbose_name_plural = _("units' parts")
        constraints = [
            models.CheckConstraint(
                condition=Q(programme__isnull=False, activity=None) | Q(programme=None, activity__isnull=False),
                name="a_units_part_is_in_a_programme_or_an_activity",
            ),
            models.CheckConstraint(condition=Q(role__in=UnitRole.values), name="a_units_part_is_a_known_one"),
            models.UniqueConstraint(
                fields=["programme", "unit", "role"],
                condition=Q(programme__isnull=False),
                name="a_unit_has_a_part_once_in_a_programme",
            ),
            models.UniqueConstraint(
                fields=["activity", "unit", "role"],
                condition=Q(activity__isnull=False),
                name="a_unit_has_a_part_once_in_an_activity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.role}"
