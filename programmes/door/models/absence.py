from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.scoping import TenantModel
from programmes.door.choices import Excuse


class Settlement(TenantModel):
    """到场核定: it is settled who of a session's families did not come. Once for each session."""

    session = models.OneToOneField("planning.Session", models.PROTECT, related_name="settlement")
    settled_at = models.DateTimeField(_("settled"), default=clock.now, editable=False)
    # None: by itself, after the grace period.
    by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    # False: the door was not kept, and nobody is counted absent.
    was_kept = models.BooleanField(_("the door was kept"), default=True)
    expected = models.PositiveIntegerField(_("registrations that held a place"), default=0)
    absent = models.PositiveIntegerField(_("registrations of which nobody came"), default=0)
    # Seats nobody came to, of parties that came.
    empty_seats = models.PositiveIntegerField(_("seats that stayed empty"), default=0)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        constraints = [
            models.CheckConstraint(condition=Q(absent__lte=models.F("expected")), name="who_is_absent_was_expected"),
            models.CheckConstraint(
                condition=Q(was_kept=True) | Q(absent=0, empty_seats=0), name="nobody_is_absent_where_no_door_was_kept"
            ),
        ]

    def __str__(self) -> str:
        return str(self.session_id)


class Absence(TenantModel):
    """未到: nobody of a registration came. It counts from when its session is settled, unless it was excused or corrected."""

    registration = models.OneToOneField("signup.Registration", models.CASCADE, related_name="absence")
    # The registration's own, once more.
    session = models.ForeignKey("planning.Session", models.PROTECT, related_name="absences")
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    excused_at = models.DateTimeField(_("excused"), null=True, blank=True)
    excused_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("excused by")
    )
    excuse = models.CharField(_("excuse"), max_length=10, choices=Excuse, blank=True)
    note = models.CharField(_("note"), max_length=120, blank=True)
    # They came after all.
    corrected_at = models.DateTimeField(_("corrected"), null=True, blank=True)
    corrected_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("corrected by")
    )
    correction = models.CharField(_("why it was corrected"), max_length=120, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"excuse", "note", "correction"})

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=False) | Q(excused_at__isnull=False),
                name="an_absence_is_settled_or_excused",
            ),
            models.CheckConstraint(
                condition=Q(excused_at=None, excuse="") | Q(excused_at__isnull=False, excuse__in=Excuse.values),
                name="who_is_excused_has_an_excuse",
            ),
            models.CheckConstraint(
                condition=Q(corrected_at=None) | Q(settled_at__isnull=False), name="what_is_corrected_was_settled"
            ),
        ]
        indexes = [models.Index(fields=["session"], name="absences_of_a_session")]

    def __str__(self) -> str:
        return str(self.registration_id)

    @property
    def counts(self) -> bool:
        """Settled, and neither excused nor corrected."""
        return self.settled_at is not None and self.excused_at is None and self.corrected_at is None
