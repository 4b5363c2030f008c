from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Site

from networks.models import TenantModel


class Corner(TenantModel):
    """The part of Wagtail that belongs to one network: its site, its files, and who may edit them."""

    site = models.OneToOneField(Site, models.PROTECT, related_name="+")
    collection = models.OneToOneField(Collection, models.PROTECT, related_name="+")
    editors = models.OneToOneField(Group, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("corner of the site")
        verbose_name_plural = _("corners of the site")
        constraints = [models.UniqueConstraint(fields=["network"], name="one_corner_per_network")]

    def __str__(self) -> str:
        return str(self.editors)
