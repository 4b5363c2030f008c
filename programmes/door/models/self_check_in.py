from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import clock, ids
from networks.models.scoping import TenantModel

# Five bits each. The first two stand in every code that is scanned, so that it stays coarse.
SCREEN_CHARS, PRINTED_CHARS, SECRET_CHARS = 6, 10, 16


def new_screen_code() -> str:
    return ids.random_code(SCREEN_CHARS)


def new_printed_code() -> str:
    return ids.random_code(PRINTED_CHARS)


def new_secret() -> str:
    return ids.random_code(SECRET_CHARS)


class Screen(TenantModel):
    """签到屏: a tablet or hall display at a venue where families check themselves in. It is nobody's account.

    `secret` is in the address that is opened on it, `code` in what it shows. It makes no codes by itself: the server does.
    """

    venue = models.ForeignKey("venues.Venue", models.CASCADE, related_name="screens", verbose_name=_("venue"))
    name = models.CharField(pgettext_lazy("of a screen", "where it stands"), max_length=20, blank=True)
    code = models.SlugField(max_length=12, unique=True, default=new_screen_code, editable=False)
    secret = models.SlugField(max_length=20, unique=True, null=True, default=new_secret, editable=False)
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"secret"})

    class Meta:
        verbose_name = _("check-in screen")
        verbose_name_plural = _("check-in screens")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, secret__isnull=False) | Q(withdrawn_at__isnull=False, secret=None),
                name="a_screen_that_is_withdrawn_has_no_address",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("made_at")),
                name="a_screen_is_withdrawn_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PrintedCode(TenantModel):
    """张贴码: a fixed address on a sheet of paper at a venue. Weaker than a screen: a photo of it works from everywhere."""

    venue = models.ForeignKey("venues.Venue", models.CASCADE, related_name="printed_codes", verbose_name=_("venue"))
    code = models.SlugField(max_length=12, unique=True, default=new_printed_code, editable=False)
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"code"})

    class Meta:
        verbose_name = _("printed code")
        verbose_name_plural = _("printed codes")
        constraints = [
            models.UniqueConstraint(
                fields=["venue"], condition=Q(ended_at=None), name="a_venue_has_one_printed_code_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at")),
                name="a_printed_code_ends_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return self.code
