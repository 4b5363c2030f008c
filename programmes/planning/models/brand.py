from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from networks.models.scoping import TenantModel
from programmes.planning.choices import BrandMark


class Brand(TenantModel):
    """品牌: a name that readers know again, with sub-brands below it."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40)
    slogan = models.CharField(_("in one line"), max_length=80, blank=True)
    positioning = models.TextField(_("what it stands for"), max_length=600, blank=True)
    audience = models.CharField(_("whom it is for"), max_length=120, blank=True)
    # Lightness is fixed by the design; without a hue the brand above speaks, or the network's own colour.
    hue = models.PositiveSmallIntegerField(_("colour"), null=True, blank=True, validators=[MaxValueValidator(359)])
    mark = models.CharField(_("mark"), max_length=12, choices=BrandMark, blank=True)
    owner = models.CharField(_("looked after by"), max_length=40, blank=True)
    department = models.CharField(_("department"), max_length=40, blank=True)
    place = models.PositiveSmallIntegerField(_("place in lists"), default=0)
    closed_at = models.DateTimeField(_("no longer used"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"owner"})

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        constraints = [
            models.UniqueConstraint(fields=["network", "name"], name="brands_differ_by_name"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="a_brand_is_not_its_own_parent"),
            models.CheckConstraint(condition=Q(hue=None) | Q(hue__lt=360), name="a_brands_hue_is_an_angle"),
        ]

    def __str__(self) -> str:
        return self.name
