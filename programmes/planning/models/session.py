from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q
from django.utils.translation import gettext_lazy as _

from kit import clock, ids
from networks.models.scoping import TenantModel
from programmes.planning.choices import Mode, PlaceKind
from programmes.planning.models.host import of_one


def new_code() -> str:
    return ids.random_code(8).lower()


class SafetyNotice(TenantModel):
    """安全告知书: what families accept before they meet outside. A changed text is another version."""

    title = models.CharField(_("title"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    text = models.TextField(_("text"), max_length=6000)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(_("no longer used"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("safety notice")
        verbose_name_plural = _("safety notices")
        constraints = [
            models.UniqueConstraint(fields=["network", "title", "version"], name="one_version_of_a_safety_notice")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Rollout(TenantModel):
    """批量排期: sessions that were made together, by one rule over many venues."""

    activity = models.ForeignKey("planning.Activity", models.PROTECT, related_name="rollouts")
    # As it was asked for; engine/rollout reads it again.
    rule = models.JSONField(_("rule"))
    made = models.PositiveIntegerField(_("sessions made"))
    made_at = models.DateTimeField(default=clock.now, editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("roll-out")
        verbose_name_plural = _("roll-outs")

    def __str__(self) -> str:
        return f"{self.activity} {self.made_at:%Y-%m-%d}"


class VenueSet(TenantModel):
    """馆点组: venues that a planner chooses together again and again."""

    name = models.CharField(_("name of the set"), max_length=40)
    venues = models.JSONField(_("venues"), default=list)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("set of venues")
        verbose_name_plural = _("sets of venues")
        constraints = [models.UniqueConstraint(fields=["network", "name"], name="venue_sets_differ_by_name")]

    def __str__(self) -> str:
        return self.name


class Session(TenantModel):
    """场次: when and where an activity takes place. A field left empty says what the activity says.

    Its states are instants: public once published, until called off; no column mixes them.
    """

    code = models.SlugField(_("code"), max_length=12, default=new_code)
    activity = models.ForeignKey("planning.Activity", models.PROTECT, related_name="sessions")
    rollout = models.ForeignKey(Rollout, models.SET_NULL, null=True, blank=True, related_name="sessions")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    # With the time to set up and clear up: written by the step, never by hand.
    occupies = DateTimeRangeField(_("is taken"))

    place_kind = models.CharField(_("where"), max_length=14, choices=PlaceKind, default=PlaceKind.ROOM)
    # Where it lies for roles and filters: the venue's own leaf, else a district or the city.
    area = models.ForeignKey("networks.Area", models.PROTECT, related_name="+", verbose_name=_("area"))
    venue = models.ForeignKey(
        "venues.Venue", models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("venue")
    )
    room = models.ForeignKey(
        "venues.Room", models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("room")
    )
    place_name = models.CharField(_("meeting point or place"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    route = models.TextField(_("route"), max_length=1000, blank=True)
    partner = models.ForeignKey(
        "planning.PartnerUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner unit")
    )
    safety_notice = models.ForeignKey(
        SafetyNotice, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("safety notice")
    )

    # Each left empty inherits from the activity: rules/inherited.py.
    title = models.CharField(_("title"), max_length=60, blank=True)
    summary = models.CharField(_("in one line"), max_length=120, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    from_months = models.PositiveSmallIntegerField(_("from the age of, in months"), null=True, blank=True)
    to_months = models.PositiveSmallIntegerField(_("up to the age of, in months"), null=True, blank=True)
    adult_needed = models.BooleanField(_("children come with an adult"), null=True, blank=True)
    mode = models.CharField(_("on site or live"), max_length=10, choices=Mode, blank=True)
    stream_url = models.URLField(_("address of the stream"), max_length=300, blank=True)
    in_charge = models.CharField(_("in charge"), max_length=40, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    notice = models.CharField(_("a word to readers"), max_length=200, blank=True)

    # The session of another season that this one was taken over from.
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True)
    call_off_reason = models.CharField(_("why it was called off"), max_length=120, blank=True)
    # The last change of time or place after publishing, and what was said before it.
    moved_at = models.DateTimeField(_("moved"), null=True, blank=True)
    moved_from = models.JSONField(_("before"), null=True, blank=True)
    # Anything about it changed since it was made; a roll-out that was touched is not undone.
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    # For calendars: goes up with each change of time, place or state.
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"in_charge", "phone"})

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(fields=["network", "code"], name="a_code_names_one_session"),
            models.UniqueConstraint(
                fields=["activity", "copied_from"],
                condition=Q(copied_from__isnull=False),
                name="an_activity_takes_a_session_over_once",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_session_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(
                    occupies__contains=Func(
                        F("starts_at"), F("ends_at"), function="tstzrange", output_field=DateTimeRangeField()
                    )
                ),
                name="what_a_session_takes_contains_it",
            ),
            models.CheckConstraint(
                condition=Q(place_kind=PlaceKind.ROOM, venue__isnull=False, room__isnull=False)
                | Q(place_kind=PlaceKind.VENUE, venue__isnull=False, room=None)
                | Q(place_kind=PlaceKind.MEETING_POINT, venue=None, room=None, safety_notice__isnull=False)
                & ~Q(place_name="")
                | Q(place_kind=PlaceKind.PARTNER, venue=None, room=None) & ~Q(place_name="")
                | Q(place_kind=PlaceKind.STREAM, venue=None, room=None),
                name="a_session_is_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None) | ~Q(call_off_reason=""), name="a_session_called_off_says_why"
            ),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=1), name="a_session_has_places"),
            ExclusionConstraint(
                name="a_room_holds_one_session",
                expressions=[(of_one("room_id"), RangeOperators.OVERLAPS), ("occupies", RangeOperators.OVERLAPS)],
                condition=Q(called_off_at=None, room__isnull=False),
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]
        indexes = [
            models.Index(fields=["network", "starts_at"], name="sessions_by_time"),
            models.Index(
                fields=["network", "starts_at"], condition=Q(published_at__isnull=False), name="public_sessions_by_time"
            ),
            models.Index(
                fields=["network", "ends_at"], condition=Q(published_at__isnull=False), name="public_sessions_by_end"
            ),
            models.Index(fields=["venue", "starts_at"], name="sessions_of_a_venue"),
            models.Index(fields=["activity", "starts_at"], name="sessions_of_an_activity"),
        ]

    def __str__(self) -> str:
        return self.code


class Slot(TenantModel):
    """A part of a session for one family: consultations such as legal advice."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        constraints = [
            models.UniqueConstraint(fields=["session", "starts_at"], name="a_slot_starts_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_slot_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}"
