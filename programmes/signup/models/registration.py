from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit import clock, ids
from networks.models.scoping import TenantModel
from programmes.signup.choices import Ending

if TYPE_CHECKING:
    from people.models import Household


def new_code() -> str:
    return ids.random_code(12).lower()


class Places(TenantModel):
    """名额: how many of a session's places are taken. The row that all who press at once meet at.

    The places themselves are the session's, or its activity's; `capacity` follows them in the same transaction.
    """

    session = models.OneToOneField("planning.Session", models.CASCADE, primary_key=True, related_name="signup_places")
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("taken"), default=0)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("places of a session")
        verbose_name_plural = _("places of sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="no_more_are_taken_than_there_are"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taken}/{self.capacity or '∞'}"


class Registration(TenantModel):
    """报名: one household's sign-up to one session. It holds while it has not ended."""

    code = models.SlugField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    session = models.ForeignKey("planning.Session", models.PROTECT, related_name="registrations")
    # Gone once the retention clock has taken it away, long after the session; whoever has one at hand has its family.
    household: "models.ForeignKey[Household, Household]" = models.ForeignKey(  # type: ignore[misc]
        "people.Household", models.PROTECT, null=True, related_name="registrations"
    )
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    # What the page sent: pressed twice, sent again, come back to, it is the same registration.
    request_key = models.UUIDField(editable=False)
    adults = models.PositiveSmallIntegerField(_("adults"), default=0)
    # Places of the session that it takes.
    counted = models.PositiveSmallIntegerField(_("places"))
    # The version of what the family accepted before meeting outside (安全告知书).
    accepted = models.ForeignKey(
        "planning.SafetyNotice",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("safety notice that was accepted"),
    )
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending, blank=True)
    end_reason = models.CharField(_("why"), max_length=120, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"end_reason"})

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(fields=["network", "request_key"], name="one_request_registers_once"),
            models.UniqueConstraint(
                fields=["session", "household"],
                condition=Q(ended_at=None),
                name="a_household_is_registered_to_a_session_once",
            ),
            models.CheckConstraint(condition=Q(counted__gte=1), name="a_registration_takes_a_place"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | Q(ended_at__isnull=False) & ~Q(ending=""),
                name="an_ended_registration_says_how",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at")), name="a_registration_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["household", "-made_at"], name="registrations_of_a_household")]

    def __str__(self) -> str:
        return self.code


class Seat(TenantModel):
    """名额: one child of a registration, or one of its adults, whose name nobody asks for."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="seats")
    # The registration's own, once more: what a child is in once is the session.
    session = models.ForeignKey("planning.Session", models.PROTECT, related_name="+")
    child = models.ForeignKey("people.Child", models.PROTECT, null=True, blank=True, related_name="seats")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "child"],
                condition=Q(ended_at=None, child__isnull=False),
                name="a_child_sits_in_a_session_once",
            ),
        ]
        indexes = [models.Index(fields=["child"], condition=Q(child__isnull=False), name="seats_of_a_child")]

    def __str__(self) -> str:
        return str(self.child_id or _("an adult"))
