from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.messages import PICTURE_PUT_IN
from networks.steps.outbox import post


class Shown(models.TextChoices):
    """Who can be recognised in a picture, and whether they were asked."""

    NOBODY = "nobody", _("Nobody can be recognised")
    AGREED = "agreed", _("Those who can be recognised agreed, children by their guardians")
    PUBLIC = "public", _("Officials, speakers or artists at a public occasion")


class Picture(AbstractImage):
    """A picture of the library's. What is seen is said once, here, for everybody who cannot see it; and nobody uploads one
    without an answer to whether those who are in it agreed.
    """

    shows = models.CharField(_("who is in it"), max_length=10, choices=Shown)
    credit = models.CharField(_("by whom"), max_length=60, blank=True)
    # As Wagtail has it, but that nobody asks a person for pictures.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "file",
        "description",
        "shows",
        "credit",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = Image.search_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(condition=~Q(description=""), name="a_picture_of_the_site_says_what_is_seen"),
            models.CheckConstraint(condition=Q(shows__in=Shown.values), name="a_picture_of_the_site_says_who_is_in_it"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What it is cut from, and around which point, decides whether it is cut anew."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            point = (self.focal_point_x, self.focal_point_y, self.focal_point_width, self.focal_point_height)
            key = f"{self.pk}:{self.file.name}:{point}"
            post(PICTURE_PUT_IN, payload={"picture": self.pk}, dedupe_key=key)


class Rendition(AbstractRendition):
    """A picture in the size and format of one place."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("picture in a size")
        verbose_name_plural = _("pictures in their sizes")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="a_picture_is_cut_once_for_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.image} {self.filter_spec}"
