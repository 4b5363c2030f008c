from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import clock, ids
from networks.models.scoping import TenantModel
from venues.choices import OnHolidays, VenueKind


def new_slug() -> str:
    return ids.random_code(8).lower()


class Venue(TenantModel):
    """馆点: a place of the network. It owns one leaf of the area tree, so that roles reach it like any other area."""

    area = models.OneToOneField("networks.Area", models.PROTECT, related_name="venue", verbose_name=_("area"))
    slug = models.SlugField(_("address on the site"), max_length=40, default=new_slug)
    # The library's own number for it; what Excel lists know it by.
    number = models.CharField(_("number"), max_length=20, blank=True)
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=VenueKind, default=VenueKind.READING_SPACE)
    summary = models.CharField(_("in one line"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=120)
    directions = models.TextField(_("how to get there"), max_length=500, blank=True)
    phone = models.CharField(_("telephone for readers"), max_length=40, blank=True)
    capacity = models.PositiveIntegerField(_("people at once, at most"), null=True, blank=True)
    step_free = models.BooleanField(_("step-free"), default=False)
    accessible_toilet = models.BooleanField(_("accessible toilet"), default=False)
    nursing_room = models.BooleanField(_("nursing room"), default=False)
    sign_language = models.BooleanField(_("sign language"), default=False)
    large_print = models.BooleanField(_("large print and listening aids"), default=False)
    parking = models.BooleanField(_("parking"), default=False)
    on_holidays = models.CharField(
        _("on public holidays"), max_length=10, choices=OnHolidays, default=OnHolidays.AS_USUAL
    )
    is_public = models.BooleanField(_("shown to readers"), default=True)
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(_("closed for good"), null=True, blank=True)
    close_reason = models.CharField(_("reason"), max_length=200, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [
            models.UniqueConstraint(fields=["network", "slug"], name="one_venue_per_slug"),
            models.UniqueConstraint(
                fields=["network", "name"], condition=Q(closed_at=None), name="open_venues_differ_by_name"
            ),
            models.UniqueConstraint(
                fields=["network", "number"], condition=~Q(number=""), name="a_number_names_one_venue"
            ),
            models.CheckConstraint(condition=Q(kind__in=VenueKind.values), name="a_venue_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(close_reason=""), name="a_venue_closed_for_good_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VenuePicture(TenantModel):
    """A picture of the place, never of people who could be known again."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="pictures")
    image = models.ImageField(_("picture"), upload_to="venues/%Y/")
    description = models.CharField(_("what is seen"), max_length=120)
    credit = models.CharField(_("by whom"), max_length=60, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    # Removed by staff; it can come back until the nightly work takes the file away.
    removed_at = models.DateTimeField(null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"credit"})

    class Meta:
        verbose_name = _("picture of a venue")
        verbose_name_plural = _("pictures of a venue")
        constraints = [
            models.CheckConstraint(condition=~Q(description=""), name="a_picture_says_what_is_seen"),
        ]

    def __str__(self) -> str:
        return self.description


class Room(TenantModel):
    """场地: a space of a venue that holds one session at a time."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="rooms")
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40)
    floor = models.CharField(_("floor"), max_length=20, blank=True)
    capacity = models.PositiveIntegerField(_("people at once, at most"))
    equipment = models.JSONField(_("equipment"), default=list, blank=True)
    note = models.CharField(_("note for planners"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("no longer used"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("room of a venue")
        verbose_name_plural = _("rooms of a venue")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "name"], condition=Q(closed_at=None), name="rooms_of_a_venue_differ_by_name"
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="a_room_holds_somebody"),
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(TenantModel):
    """One slot of the week. Minutes count from midnight of the weekday; beyond 1440 it is past the next midnight."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    opens_minute = models.PositiveSmallIntegerField(_("opens"))
    closes_minute = models.PositiveSmallIntegerField(_("closes"))

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
            models.CheckConstraint(condition=Q(opens_minute__lt=1440), name="a_slot_opens_on_its_day"),
            models.CheckConstraint(
                condition=Q(closes_minute__gt=F("opens_minute"), closes_minute__lte=F("opens_minute") + 1440),
                name="a_slot_closes_within_a_day_of_opening",
            ),
            ExclusionConstraint(
                name="slots_of_a_venue_do_not_overlap",
                expressions=[
                    (Func(F("venue_id"), F("venue_id"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("weekday") * 1440 + F("opens_minute"),
                            F("weekday") * 1440 + F("closes_minute"),
                            function="int4range",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens_minute}–{self.closes_minute}"
