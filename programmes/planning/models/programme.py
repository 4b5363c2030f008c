from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from networks.models.scoping import TenantModel
from programmes.planning.choices import Audience, Counts, LocalField, Mode, ProgrammeKind, StatisticClass


class Programme(TenantModel):
    """项目: what a season does under a brand: a series, a festival, a tour."""

    season = models.ForeignKey("planning.Season", models.PROTECT, related_name="programmes", verbose_name=_("season"))
    brand = models.ForeignKey(
        "planning.Brand", models.PROTECT, null=True, blank=True, related_name="programmes", verbose_name=_("brand")
    )
    # Whose plan it is: a planner of this area, or of one above it, changes it.
    area = models.ForeignKey("networks.Area", models.PROTECT, related_name="+", verbose_name=_("area"))
    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind)
    title = models.CharField(_("title"), max_length=60)
    summary = models.CharField(_("in one line"), max_length=120, blank=True)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    department = models.CharField(_("department"), max_length=40, blank=True)
    in_charge = models.CharField(_("in charge"), max_length=40, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    budget_source = models.CharField(_("where the money comes from"), max_length=60, blank=True)
    budget = models.DecimalField(_("budget"), max_digits=10, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField(_("spent"), max_digits=10, decimal_places=2, null=True, blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"in_charge", "phone"})

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.UniqueConstraint(fields=["season", "area", "title"], name="programmes_of_a_season_differ_by_title"),
            models.CheckConstraint(condition=Q(kind__in=ProgrammeKind.values), name="a_programme_is_of_a_known_kind"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_programme_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.title


class ProgrammeVenue(TenantModel):
    """Where a programme is at home: its main venue (主会场) and the others (分会场)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="venue_lines")
    venue = models.ForeignKey("venues.Venue", models.CASCADE, related_name="+", verbose_name=_("venue"))
    is_main = models.BooleanField(_("main venue"), default=False)
    place = models.PositiveSmallIntegerField(default=0)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("venue of a programme")
        verbose_name_plural = _("venues of a programme")
        constraints = [
            models.UniqueConstraint(fields=["programme", "venue"], name="a_programme_names_a_venue_once"),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(is_main=True), name="a_programme_has_one_main_venue"
            ),
        ]

    def __str__(self) -> str:
        return str(self.venue)


class Activity(TenantModel):
    """活动: what is done, for whom, and what it needs. Sessions say when, where and by whom."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="activities", verbose_name=_("programme"))
    title = models.CharField(_("title"), max_length=60)
    summary = models.CharField(_("in one line"), max_length=120, blank=True)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    statistic_class = models.CharField(
        _("class in the yearly statistics"), max_length=12, choices=StatisticClass, default=StatisticClass.OTHER
    )
    audiences = ArrayField(
        models.CharField(max_length=20, choices=Audience), verbose_name=_("audience"), default=list, blank=True
    )
    from_months = models.PositiveSmallIntegerField(_("from the age of, in months"), null=True, blank=True)
    to_months = models.PositiveSmallIntegerField(_("up to the age of, in months"), null=True, blank=True)
    counts = models.CharField(_("places count"), max_length=10, choices=Counts, default=Counts.CHILDREN)
    adult_needed = models.BooleanField(_("children come with an adult"), default=False)
    children_per_adult = models.PositiveSmallIntegerField(_("children per adult, at most"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes it lasts"), default=60)
    setup_minutes = models.PositiveSmallIntegerField(_("minutes to set up"), default=0)
    clearup_minutes = models.PositiveSmallIntegerField(_("minutes to clear up"), default=0)
    # Consultations: a session is divided into slots of so many minutes.
    slot_minutes = models.PositiveSmallIntegerField(_("minutes of a slot"), null=True, blank=True)
    room_capacity = models.PositiveIntegerField(_("people the room must hold"), null=True, blank=True)
    equipment = ArrayField(
        models.CharField(max_length=20), verbose_name=_("equipment it needs"), default=list, blank=True
    )
    mode = models.CharField(_("on site or live"), max_length=10, choices=Mode, default=Mode.ON_SITE)
    stream_url = models.URLField(_("address of the stream"), max_length=300, blank=True)
    department = models.CharField(_("department"), max_length=40, blank=True)
    in_charge = models.CharField(_("in charge"), max_length=40, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    local_fields = ArrayField(
        models.CharField(max_length=10, choices=LocalField),
        verbose_name=_("what branches may change of their sessions"),
        default=list,
        blank=True,
    )
    budget_source = models.CharField(_("where the money comes from"), max_length=60, blank=True)
    budget = models.DecimalField(_("budget"), max_digits=10, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField(_("spent"), max_digits=10, decimal_places=2, null=True, blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"in_charge", "phone"})

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.UniqueConstraint(fields=["programme", "title"], name="activities_of_a_programme_differ_by_title"),
            models.CheckConstraint(
                condition=Q(statistic_class__in=StatisticClass.values), name="an_activity_has_a_known_class"
            ),
            models.CheckConstraint(
                condition=Q(from_months=None) | Q(to_months=None) | Q(to_months__gte=F("from_months")),
                name="ages_go_upwards",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=1440), name="an_activity_lasts_a_while"),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=1), name="an_activity_has_places"),
            models.CheckConstraint(
                condition=Q(children_per_adult=None) | Q(children_per_adult__gte=1), name="an_adult_minds_a_child"
            ),
            models.CheckConstraint(
                condition=Q(slot_minutes=None) | Q(slot_minutes__gte=5, slot_minutes__lte=F("minutes")),
                name="a_slot_fits_into_its_activity",
            ),
            models.CheckConstraint(
                condition=(Q(budget=None) | Q(budget__gte=0)) & (Q(spent=None) | Q(spent__gte=0)),
                name="money_is_never_below_zero",
            ),
        ]
        indexes = [models.Index(fields=["network", "statistic_class"], name="activities_by_class")]

    def __str__(self) -> str:
        return self.title


class ActivityPicture(TenantModel):
    """A picture for an activity's page and posters."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="pictures")
    image = models.ImageField(_("picture"), upload_to="activities/%Y/")
    description = models.CharField(_("what is seen"), max_length=120)
    credit = models.CharField(_("by whom"), max_length=60, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"credit"})

    class Meta:
        verbose_name = _("picture of an activity")
        verbose_name_plural = _("pictures of an activity")
        constraints = [
            models.CheckConstraint(condition=~Q(description=""), name="an_activitys_picture_says_what_is_seen")
        ]

    def __str__(self) -> str:
        return self.description
