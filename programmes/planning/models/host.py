from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from networks.models.scoping import TenantModel
from programmes.planning.choices import EngagementPart, FeeTitle, HostKind
from venues.choices import Weekday


def of_one(column: str) -> Func:
    """A single key as a range, so that an index for ranges can compare it without an extension."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


class Host(TenantModel):
    """主讲人: who leads sessions, with or without an account."""

    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=HostKind)
    person = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    unit = models.CharField(_("works at"), max_length=60, blank=True)
    introduction = models.TextField(_("introduction for readers"), max_length=600, blank=True)
    phone_sealed = models.TextField(_("telephone"), blank=True, editable=False)
    skills = ArrayField(models.CharField(max_length=20), verbose_name=_("skills"), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=20), verbose_name=_("languages"), default=list, blank=True)
    from_months = models.PositiveSmallIntegerField(
        _("likes children from the age of, in months"), null=True, blank=True
    )
    to_months = models.PositiveSmallIntegerField(_("likes children up to the age of, in months"), null=True, blank=True)
    home_area = models.ForeignKey(
        "networks.Area", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("home district")
    )
    fee_title = models.CharField(_("title for the fee"), max_length=12, choices=FeeTitle, default=FeeTitle.NONE)
    per_week = models.PositiveSmallIntegerField(_("sessions a week, at most"), null=True, blank=True)
    per_day = models.PositiveSmallIntegerField(_("sessions a day, at most"), null=True, blank=True)
    # Appointed as a reading promoter from a day until a day.
    term_from = models.DateField(_("appointed from"), null=True, blank=True)
    term_until = models.DateField(_("appointed until"), null=True, blank=True)
    note = models.CharField(_("note for planners"), max_length=200, blank=True)
    is_public = models.BooleanField(_("named to readers"), default=True)
    closed_at = models.DateTimeField(_("no longer leads"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "unit", "introduction", "phone_sealed", "note"})

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "person"], condition=Q(person__isnull=False), name="an_account_is_one_host"
            ),
            models.CheckConstraint(condition=Q(kind__in=HostKind.values), name="a_host_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(term_from=None) | Q(term_until=None) | Q(term_until__gte=F("term_from")),
                name="a_term_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["network", "name"], name="hosts_by_name")]

    def __str__(self) -> str:
        return self.name


class HostHours(TenantModel):
    """When in the week a host can come. Without any, at any time."""

    host = models.ForeignKey(Host, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    from_minute = models.PositiveSmallIntegerField(_("from"))
    until_minute = models.PositiveSmallIntegerField(_("until"))

    personal_fields: ClassVar[frozenset[str]] = frozenset({"weekday", "from_minute", "until_minute"})

    class Meta:
        verbose_name = _("host's hours")
        verbose_name_plural = _("hosts' hours")
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6, from_minute__lt=F("until_minute"), until_minute__lte=1440),
                name="a_hosts_hours_are_in_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.from_minute}–{self.until_minute}"


class HostAbsence(TenantModel):
    """Days on which a host cannot come."""

    host = models.ForeignKey(Host, models.CASCADE, related_name="absences")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    note = models.CharField(_("note for planners"), max_length=80, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"note"})

    class Meta:
        verbose_name = _("host's absence")
        verbose_name_plural = _("hosts' absences")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="an_absence_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}–{self.ends_on}"


class Engagement(TenantModel):
    """安排: a host is at a session. The database lets nobody be in two places at once."""

    session = models.ForeignKey("planning.Session", models.CASCADE, related_name="engagements")
    host = models.ForeignKey(Host, models.PROTECT, related_name="engagements", verbose_name=_("host"))
    # The host's account, so that other rooms' shifts of the same person count too.
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    part = models.CharField(_("part"), max_length=10, choices=EngagementPart, default=EngagementPart.LEADS)
    # As the session's.
    occupies = DateTimeRangeField(_("is taken"))
    live = models.BooleanField(default=True)
    # Planned: what the title gives for its hours, unless another sum was agreed.
    fee = models.DecimalField(_("fee"), max_digits=8, decimal_places=2, null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"fee"})

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        constraints = [
            models.UniqueConstraint(fields=["session", "host"], name="a_host_is_at_a_session_once"),
            models.CheckConstraint(condition=Q(occupies__isempty=False), name="an_engagement_takes_time"),
            ExclusionConstraint(
                name="a_host_is_in_one_place",
                expressions=[(of_one("host_id"), RangeOperators.OVERLAPS), ("occupies", RangeOperators.OVERLAPS)],
                condition=Q(live=True),
                deferrable=Deferrable.IMMEDIATE,
            ),
            ExclusionConstraint(
                name="a_person_is_in_one_place",
                expressions=[(of_one("person_id"), RangeOperators.OVERLAPS), ("occupies", RangeOperators.OVERLAPS)],
                condition=Q(live=True, person__isnull=False),
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} {self.session_id}"
