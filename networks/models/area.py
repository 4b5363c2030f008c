from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from networks.choices import AreaKind
from networks.models.scoping import TenantModel


class Area(TenantModel):
    """市/区(含功能区)/街道/社区. `path` is the way from the root: "/1/7/9/", the area's own id last."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(_("kind"), max_length=10, choices=AreaKind)
    name = models.CharField(_("name"), max_length=40)
    code = models.CharField(_("division code"), max_length=12, blank=True)
    path = models.CharField(max_length=120, editable=False, blank=True)
    place = models.PositiveSmallIntegerField(_("place in lists"), default=0)

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
        ]
        indexes = [models.Index(fields=["path"], name="area_by_path", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.name
