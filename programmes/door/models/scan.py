from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.scoping import TenantModel
from programmes.door.choices import Outcome, Way

# Those that are about a family; of all others the door may not know whom it was asked for.
OF_A_FAMILY = (Outcome.ADMITTED, Outcome.ALREADY_HERE)


class Scan(TenantModel):
    """核对: what a door was asked, and what it answered. What was read off a code that nobody here made is never kept."""

    # Made by whoever asks: asked again, it is the same scan with the same answer.
    client_id = models.UUIDField(editable=False)
    # The one whose door was open, whatever the code was for.
    session = models.ForeignKey("planning.Session", models.PROTECT, related_name="scans")
    registration = models.ForeignKey("signup.Registration", models.CASCADE, null=True, blank=True, related_name="scans")
    outcome = models.CharField(_("answer"), max_length=16, choices=Outcome)
    way = models.CharField(_("how it was asked"), max_length=16, choices=Way)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    received_at = models.DateTimeField(_("received"), default=clock.now, editable=False)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    device = models.ForeignKey(
        "people.Device", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("device")
    )
    # In place of a person: one that is nobody's account.
    desk_device = models.ForeignKey(
        "door.DeskDevice", models.SET_NULL, null=True, blank=True, related_name="scans", verbose_name=_("desk device")
    )

    # Answered by the device itself while it had no network; `received_at` is when it was told here.
    is_offline = models.BooleanField(_("without network"), default=False)
    # By how much the device's clock was behind ours when it told this.
    skew_seconds = models.IntegerField(_("clock of the device, seconds behind"), null=True, blank=True, editable=False)
    # Somebody has looked at what a device alone let in, where the library would have said otherwise.
    seen_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    seen_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("looked at by")
    )

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        constraints = [
            models.UniqueConstraint(fields=["network", "client_id"], name="a_door_answers_what_it_is_asked_once"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="a_scan_has_a_known_answer"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="a_scan_was_asked_in_a_known_way"),
            models.CheckConstraint(
                condition=~Q(outcome__in=OF_A_FAMILY) | Q(registration__isnull=False),
                name="who_is_let_in_has_a_registration",
            ),
            models.CheckConstraint(
                condition=Q(is_offline=True) | ~Q(outcome=Outcome.ON_TRUST),
                name="only_a_device_alone_lets_in_on_trust",
            ),
            models.CheckConstraint(
                condition=Q(is_offline=True) | Q(skew_seconds=None, seen_at=None),
                name="only_what_a_device_alone_answered_is_looked_at",
            ),
            models.CheckConstraint(
                condition=Q(desk_device=None) | Q(by=None, device=None), name="a_desk_device_asks_for_nobody_else"
            ),
        ]
        indexes = [
            models.Index(fields=["session", "-at"], name="scans_of_a_session"),
            models.Index(fields=["session"], condition=Q(is_offline=True, seen_at=None), name="scans_of_devices_alone"),
            models.Index(
                fields=["registration"], condition=Q(registration__isnull=False), name="scans_of_a_registration"
            ),
            models.Index(fields=["desk_device"], condition=Q(desk_device__isnull=False), name="scans_of_a_desk_device"),
        ]

    def __str__(self) -> str:
        return str(self.client_id)


class CheckIn(TenantModel):
    """签到: one seat came, by one scan. Of twenty devices with one ticket the database lets one write it."""

    seat = models.ForeignKey("signup.Seat", models.CASCADE, related_name="check_ins")
    # The seat's own, once more: who is here is counted by it.
    session = models.ForeignKey("planning.Session", models.PROTECT, related_name="check_ins")
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="check_ins")
    at = models.DateTimeField(_("came"), editable=False)
    # Unticked: it turned out that this one had not come.
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        constraints = [
            models.UniqueConstraint(fields=["seat"], condition=Q(undone_at=None), name="a_seat_is_checked_in_once"),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=F("at")), name="a_check_in_is_undone_after_it_was_made"
            ),
        ]
        indexes = [models.Index(fields=["session"], condition=Q(undone_at=None), name="those_who_are_here")]

    def __str__(self) -> str:
        return str(self.seat_id)
