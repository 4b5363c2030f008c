from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import clock
from networks.models.job import private_storage
from networks.models.scoping import TenantModel

MOST_PHOTOS = 9


class Diary(TenantModel):
    """活动小结: what whoever ran a session says of it afterwards. A draft until it is handed in; reopened it is one again."""

    session = models.OneToOneField("planning.Session", models.PROTECT, related_name="diary")
    line = models.CharField(_("how it was"), max_length=200, blank=True)
    problems = models.TextField(_("problems and ideas"), max_length=1000, blank=True)
    # How many came, as whoever was there says: known to be true from `counted_at` on.
    children = models.PositiveIntegerField(_("children"), null=True, blank=True)
    adults = models.PositiveIntegerField(_("grown-ups"), null=True, blank=True)
    counted_at = models.DateTimeField(_("numbers confirmed"), null=True, blank=True)
    few_photos = models.CharField(_("why there are fewer photos"), max_length=120, blank=True)
    begun_at = models.DateTimeField(_("begun"), default=clock.now, editable=False)
    saved_at = models.DateTimeField(_("saved"), default=clock.now, editable=False)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    handed_in_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("handed in by")
    )
    reopened_at = models.DateTimeField(_("reopened"), null=True, blank=True)
    reopen_reason = models.CharField(_("why it was reopened"), max_length=120, blank=True)
    # Somebody who plans has read the problems.
    read_at = models.DateTimeField(_("problems read"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"line", "problems"})

    class Meta:
        verbose_name = _("session diary")
        verbose_name_plural = _("session diaries")
        constraints = [
            models.CheckConstraint(
                condition=Q(counted_at=None) | Q(children__isnull=False, adults__isnull=False),
                name="confirmed_numbers_are_there",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | Q(counted_at__isnull=False),
                name="a_diary_is_handed_in_with_its_numbers",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopen_reason="") | Q(reopened_at__isnull=False) & ~Q(reopen_reason=""),
                name="a_reopened_diary_says_why",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(handed_in_at__isnull=False), name="problems_are_read_of_what_is_handed_in"
            ),
        ]
        indexes = [
            models.Index(
                fields=["network"],
                condition=Q(handed_in_at__isnull=False, read_at=None) & ~Q(problems=""),
                name="problems_to_read",
            )
        ]

    def __str__(self) -> str:
        return str(self.session_id)

    @property
    def is_handed_in(self) -> bool:
        return self.handed_in_at is not None

    @property
    def person_times(self) -> int | None:
        """人次: everybody who came."""
        if self.children is None or self.adults is None:
            return None
        return self.children + self.adults


class DiaryPhoto(TenantModel):
    """活动照片: where nothing is served; shown to whoever runs or plans the session. Internal until somebody has cleared it."""

    # Made by whoever sends it: sent twice, it is kept once.
    client_id = models.UUIDField(editable=False)
    diary = models.ForeignKey(Diary, models.CASCADE, related_name="photos")
    place = models.PositiveSmallIntegerField(_("place"))
    image = models.FileField(upload_to="diaries/%Y/%m/", storage=private_storage, max_length=200)
    small = models.FileField(upload_to="diaries/%Y/%m/", storage=private_storage, max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    caption = models.CharField(_("what is seen"), max_length=120, blank=True)
    # No child without consent can be recognised in it: it may be published.
    cleared_at = models.DateTimeField(_("cleared"), null=True, blank=True)
    added_at = models.DateTimeField(_("added"), default=clock.now, editable=False)
    by = models.ForeignKey(
        "people.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("a photo", "by"),
    )

    personal_fields: ClassVar[frozenset[str]] = frozenset({"caption", "image", "small"})

    class Meta:
        verbose_name = _("photo of a session")
        verbose_name_plural = _("photos of sessions")
        constraints = [
            models.UniqueConstraint(fields=["network", "client_id"], name="a_photo_is_kept_once"),
            models.UniqueConstraint(fields=["diary", "place"], name="photos_of_a_diary_stand_apart"),
            models.CheckConstraint(condition=Q(place__lt=MOST_PHOTOS), name="a_diary_has_at_most_nine_photos"),
            models.CheckConstraint(
                condition=Q(cleared_at=None) | Q(cleared_at__gte=F("added_at")),
                name="a_photo_is_cleared_once_it_is_there",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or str(self.pk)
