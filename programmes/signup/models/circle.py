from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.scoping import TenantModel
from programmes.signup.choices import CircleKind

if TYPE_CHECKING:
    from people.models import Household


class Circle(TenantModel):
    """圈子: a school class, a reading club, invited families: sessions can be for them alone.

    `secret` is in the address that is handed round. It shows nothing of anybody, lets families in until `opens_until`, and
    another takes its place.
    """

    name = models.CharField(_("name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=CircleKind)
    # Whose circle it is: staff of this area, or of one above it, look after it.
    area = models.ForeignKey("networks.Area", models.PROTECT, related_name="+", verbose_name=_("area"))
    way_in = models.CharField(_("how families get in"), max_length=120, blank=True)
    secret = models.SlugField(max_length=20, unique=True, null=True, editable=False)
    opens_until = models.DateTimeField(_("link works until"), null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"secret"})

    class Meta:
        verbose_name = _("circle")
        verbose_name_plural = _("circles")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=Q(closed_at=None), name="open_circles_of_an_area_differ_by_name"
            ),
            models.CheckConstraint(condition=Q(kind__in=CircleKind.values), name="a_circle_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(secret=None, opens_until=None) | Q(secret__isnull=False, opens_until__isnull=False),
                name="a_circles_link_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(secret=None), name="nobody_joins_a_circle_that_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CircleMember(TenantModel):
    """A child of a circle, or where none is named, a whole family."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="members")
    household: "models.ForeignKey[Household, Household]" = models.ForeignKey(  # type: ignore[misc]
        "people.Household", models.CASCADE, related_name="+"
    )
    child = models.ForeignKey("people.Child", models.CASCADE, null=True, blank=True, related_name="+")
    # The member of staff, or of the family itself.
    added_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    joined_at = models.DateTimeField(_("since"), default=clock.now, editable=False)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("member of a circle")
        verbose_name_plural = _("members of circles")
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "child"],
                condition=Q(left_at=None, child__isnull=False),
                name="a_child_is_in_a_circle_once",
            ),
            models.UniqueConstraint(
                fields=["circle", "household"],
                condition=Q(left_at=None, child=None),
                name="a_family_is_in_a_circle_once",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("joined_at")), name="who_leaves_a_circle_was_in_it"
            ),
        ]
        indexes = [
            models.Index(fields=["household"], condition=Q(left_at=None), name="circles_of_a_household"),
            models.Index(fields=["child"], condition=Q(child__isnull=False), name="circles_of_a_child"),
        ]

    def __str__(self) -> str:
        return str(self.circle_id)


class TermsCircle(TenantModel):
    """Whom the sessions of an activity are for: one of its circles."""

    terms = models.ForeignKey("signup.Terms", models.CASCADE, related_name="circle_lines")
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="terms_lines")

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("circle of an activity")
        verbose_name_plural = _("circles of an activity")
        constraints = [models.UniqueConstraint(fields=["terms", "circle"], name="terms_name_a_circle_once")]

    def __str__(self) -> str:
        return str(self.circle_id)
