from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from networks.choices import AreaKind
from networks.models.scoping import TenantModel


class Area(TenantModel):
    """市/区(含功能区)/街道/社区, and each 馆点 as a leaf. `path` is the way from the root: "/1/7/9/", its own id last.

    Whoever holds a role for an area holds it for all whose path begins with the area's.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(_("kind"), max_length=10, choices=AreaKind)
    name = models.CharField(pgettext_lazy("of a place", "name"), max_length=40)
    code = models.CharField(_("division code"), max_length=12, blank=True)
    path = models.CharField(max_length=120, editable=False, blank=True)
    place = models.PositiveSmallIntegerField(_("place in lists"), default=0)
    # Where its tile stands in the schematic map of the city, from the upper left; none: after the others.
    tile_column = models.PositiveSmallIntegerField(_("column of its tile"), null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(_("row of its tile"), null=True, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("of an area", "closed"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.UniqueConstraint(fields=["network", "parent", "name"], name="area_names_differ_under_one_parent"),
            models.UniqueConstraint("network", condition=Q(parent=None), name="one_root_area"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="an_area_is_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(parent=None, kind=AreaKind.CITY) | Q(parent__isnull=False) & ~Q(kind=AreaKind.CITY),
                name="the_root_area_is_the_city",
            ),
            models.CheckConstraint(
                condition=Q(tile_column=None, tile_row=None)
                | Q(tile_column__isnull=False, tile_row__isnull=False, tile_column__lt=12, tile_row__lt=12),
                name="a_tile_has_a_column_and_a_row",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(closed_at=None), name="the_city_itself_stays_open"
            ),
        ]
        indexes = [models.Index(fields=["path"], name="area_by_path", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.name
