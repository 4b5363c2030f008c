from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit import clock, ids, sealed
from networks.models.scoping import TenantModel
from programmes.signup.choices import HOLDING, Ending, Source, State

if TYPE_CHECKING:
    from people.models import Household


# What a ticket's copy is sealed for.
TICKET = "signup.ticket"


def new_code() -> str:
    return ids.random_code(12).lower()


class Places(TenantModel):
    """名额: how many of a session's places are taken. The row that all who press at once meet at.

    `waiting`: registrations on the waiting list; while there are any, nobody takes a place past them. The places themselves are the session's, or its activity's; `capacity` follows them in the same transaction.
    """

    session = models.OneToOneField("planning.Session", models.CASCADE, primary_key=True, related_name="signup_places")
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("taken"), default=0)
    waiting = models.PositiveIntegerField(_("waiting"), default=0)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("places of a session")
        verbose_name_plural = _("places of sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="no_more_are_taken_than_there_are"
            ),
        ]
        indexes = [models.Index(fields=["network"], condition=Q(waiting__gt=0), name="sessions_with_a_waiting_list")]

    def __str__(self) -> str:
        return f"{self.taken}/{self.capacity or '∞'}"

    @property
    def left(self) -> int | None:
        """None: as many as come."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    def has_room_for(self, wanted: int) -> bool:
        return self.left is None or wanted <= self.left


class Registration(TenantModel):
    """报名: one household's sign-up to one session. It stands while it has not ended."""

    code = models.SlugField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    session = models.ForeignKey("planning.Session", models.PROTECT, related_name="registrations")
    # Gone once the retention clock has taken it away, long after the session; whoever has one at hand has its family.
    household: "models.ForeignKey[Household, Household]" = models.ForeignKey(  # type: ignore[misc]
        "people.Household", models.PROTECT, null=True, related_name="registrations"
    )
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    source = models.CharField(_("written down"), max_length=10, choices=Source, default=Source.FAMILY)
    # What the page sent: pressed twice, sent again, come back to, it is the same registration.
    request_key = models.UUIDField(editable=False)
    # The days of a course that were signed up for in one go have the same; alone, none.
    together = models.UUIDField(null=True, blank=True, editable=False)
    # 入场码: its hash finds it, the sealed copy draws it again.
    ticket_hash = models.BinaryField(max_length=32, unique=True, editable=False)
    ticket_sealed = models.TextField(editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HOLDS)
    # On the waiting list since; it stays when the family is invited.
    waits_from = models.DateTimeField(_("waits since"), null=True, blank=True)
    # Who was moved up by staff goes before all of a higher rank.
    rank = models.SmallIntegerField(default=0, editable=False)
    invited_until = models.DateTimeField(_("invited until"), null=True, blank=True)
    # So many places were free when a smaller family was invited before it, the last time.
    passed_at = models.DateTimeField(_("passed over"), null=True, blank=True)
    passed_free = models.PositiveSmallIntegerField(_("places that were free"), null=True, blank=True)
    adults = models.PositiveSmallIntegerField(_("adults"), default=0)
    # Places of the session that it takes, or would.
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
    # By staff, also while it still waits for a place; it needs no second approval then.
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending, blank=True)
    end_reason = models.CharField(_("why"), max_length=120, blank=True)
    # What staff know of it; seen by those who receive families.
    note = models.CharField(_("note"), max_length=200, blank=True)
    # A school class or another group, in place of a household.
    group = models.ForeignKey(
        "signup.Group",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("class or group"),
    )
    # When the retention clock took its family away.
    forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Where staff moved it from.
    follows = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")

    personal_fields: ClassVar[frozenset[str]] = frozenset({"end_reason", "note", "ticket_hash", "ticket_sealed"})

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(fields=["network", "request_key", "session"], name="one_request_registers_once"),
            models.UniqueConstraint(
                fields=["session", "household"],
                condition=Q(ended_at=None),
                name="a_household_is_registered_to_a_session_once",
            ),
            models.UniqueConstraint(
                fields=["group"], condition=Q(ended_at=None, group__isnull=False), name="a_group_comes_to_one_session"
            ),
            models.CheckConstraint(condition=Q(counted__gte=1), name="a_registration_takes_a_place"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | Q(ended_at__isnull=False) & ~Q(ending=""),
                name="an_ended_registration_says_how",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="a_registration_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(household__isnull=False, group=None)
                | Q(household=None, group__isnull=False)
                | Q(household=None, group=None, forgotten_at__isnull=False),
                name="a_registration_is_a_familys_or_a_groups",
            ),
            models.CheckConstraint(
                condition=Q(state=State.INVITED, invited_until__isnull=False)
                | ~Q(state=State.INVITED) & Q(invited_until=None),
                name="an_invitation_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(waits_from__isnull=False) | ~Q(state__in=(State.WAITS, State.INVITED)),
                name="who_waits_has_a_place_in_line",
            ),
            models.CheckConstraint(
                condition=Q(passed_at=None, passed_free=None)
                | Q(passed_at__isnull=False, passed_free__isnull=False) & Q(passed_free__gte=1),
                name="who_was_passed_over_knows_why",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at")), name="a_registration_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | ~Q(state=State.ASKED), name="what_was_approved_asks_no_more"
            ),
        ]
        indexes = [
            models.Index(fields=["together"], condition=Q(together__isnull=False), name="days_of_a_course"),
            models.Index(fields=["household", "-made_at"], name="registrations_of_a_household"),
            models.Index(
                fields=["session"], condition=Q(ended_at=None, state=State.ASKED), name="those_who_ask_for_approval"
            ),
            # The waiting list of a session, in its order.
            models.Index(
                fields=["session", "rank", "waits_from", "id"],
                condition=Q(ended_at=None, state=State.WAITS),
                name="those_who_wait",
            ),
            models.Index(
                fields=["invited_until"], condition=Q(ended_at=None, state=State.INVITED), name="open_invitations"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def holds_places(self) -> bool:
        """They are counted in the session's `taken`."""
        return self.ended_at is None and self.state in HOLDING

    @property
    def is_waiting(self) -> bool:
        return self.ended_at is None and self.state == State.WAITS

    @property
    def is_invited(self) -> bool:
        return self.ended_at is None and self.state == State.INVITED

    @property
    def ticket(self) -> str:
        return sealed.unseal(self.ticket_sealed, network_code=self.network.code, purpose=TICKET)


class Seat(TenantModel):
    """名额: one child of a registration, or one of its adults, whose name nobody asks for.

    A child of a school class, or one that staff wrote down by telephone, is no Child: nothing but what the teacher gave is
    known of it, and that goes soon after the session.
    """

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="seats")
    # The registration's own, once more: what a child is in once is the session.
    session = models.ForeignKey("planning.Session", models.PROTECT, related_name="+")
    child = models.ForeignKey("people.Child", models.PROTECT, null=True, blank=True, related_name="seats")
    # Of a class: as the teacher wrote it. The month is its first day.
    guest = models.CharField(_("name"), max_length=40, blank=True)
    guest_month = models.DateField(_("month of birth"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"guest", "guest_month"})

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.CheckConstraint(
                condition=Q(guest="", guest_month=None) | Q(child=None), name="a_guest_is_no_child_of_a_household"
            ),
            models.CheckConstraint(
                condition=Q(guest_month=None) | Q(guest_month__day=1), name="a_guests_month_is_its_first_day"
            ),
            models.UniqueConstraint(
                fields=["session", "child"],
                condition=Q(ended_at=None, child__isnull=False),
                name="a_child_sits_in_a_session_once",
            ),
        ]
        indexes = [models.Index(fields=["child"], condition=Q(child__isnull=False), name="seats_of_a_child")]

    def __str__(self) -> str:
        return str(self.child_id or _("an adult"))
