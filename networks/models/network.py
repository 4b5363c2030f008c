from decimal import Decimal
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import clock


class Network(models.Model):
    """图书馆体系: one library system, and everything that belongs to it."""

    code = models.SlugField(_("short name"), max_length=20, unique=True)
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=60)
    library_name = models.CharField(_("name of the library"), max_length=60)
    # The operator's own home: its people see other networks' opening lists, and nothing else of them.
    is_operator = models.BooleanField(default=False)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    other_languages = models.JSONField(_("other languages"), default=list, blank=True)
    # Lightness is fixed by the design, so that every choice of hue stays readable.
    brand_hue = models.PositiveSmallIntegerField(_("brand hue"), default=15, validators=[MaxValueValidator(359)])
    brand_chroma = models.DecimalField(
        _("brand strength"),
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.17"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal("0.20"))],
    )
    tagline = models.CharField(_("line under the name"), max_length=60, blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    rules = models.JSONField(_("rules"), default=dict, blank=True)
    contact = models.CharField(_("contact for readers"), max_length=100, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    icp_number = models.CharField(_("ICP number"), max_length=40, blank=True)
    police_number = models.CharField(_("public security number"), max_length=40, blank=True)
    opened_at = models.DateTimeField(default=clock.now, editable=False)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        constraints = [
            models.CheckConstraint(condition=Q(brand_hue__lt=360), name="brand_hue_is_an_angle"),
            models.CheckConstraint(
                condition=Q(brand_chroma__gte=0, brand_chroma__lte=Decimal("0.20")), name="brand_stays_printable"
            ),
            models.UniqueConstraint("is_operator", condition=Q(is_operator=True), name="one_operator_home"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class NetworkHost(models.Model):
    """A host name that a network answers to, without a port."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="hosts")
    host = models.CharField(
        _("host name"),
        max_length=253,
        validators=[RegexValidator(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", _("A host name, in small letters."))],
    )
    is_primary = models.BooleanField(_("used in links"), default=False)

    class Meta:
        verbose_name = _("host name")
        verbose_name_plural = _("host names")
        constraints = [
            models.UniqueConstraint("host", name="a_host_names_one_network"),
            models.CheckConstraint(condition=Q(host=Lower(F("host"))), name="hosts_are_in_small_letters"),
            models.UniqueConstraint("network", condition=Q(is_primary=True), name="one_primary_host"),
        ]

    def __str__(self) -> str:
        return self.host


class CheckFile(models.Model):
    """A small text that a platform asks for at the root of a host, to see that the host is ours (WeChat, ICP)."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="check_files")
    name = models.CharField(
        _("file name"),
        max_length=80,
        validators=[RegexValidator(r"^[A-Za-z0-9_-]+\.txt$", _("Letters, digits and dashes, ending in .txt."))],
    )
    content = models.CharField(_("content"), max_length=500)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("check file")
        verbose_name_plural = _("check files")
        constraints = [models.UniqueConstraint(fields=["network", "name"], name="one_check_file_per_name")]

    def __str__(self) -> str:
        return self.name
