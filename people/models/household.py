from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import clock, ids
from networks.models.scoping import TenantModel
from people.choices import MemberRole, Relation

JOIN_LINK = "people.join_link"  # what a link's secret is sealed for


def new_household_code() -> str:
    return ids.random_code(10)


class Household(TenantModel):
    """家庭: adults who belong together, with their children. It outlives each adult, and ends when the last has gone."""

    code = models.CharField(max_length=10, unique=True, default=new_household_code, editable=False)
    # Where the family lives or likes to go; for "near us", never an address.
    district = models.ForeignKey(
        "networks.Area", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    made_at = models.DateTimeField(_("since"), default=clock.now, editable=False)
    closed_at = models.DateTimeField(pgettext_lazy("of a family", "closed"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")

    def __str__(self) -> str:
        return self.code


class Member(TenantModel):
    """An adult in a household. Somebody may belong to several: a grandmother has two daughters."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="memberships")
    role = models.CharField(_("role in the family"), max_length=10, choices=MemberRole)
    relation = models.CharField(_("is to the children"), max_length=20, choices=Relation, blank=True)
    joined_at = models.DateTimeField(_("since"), default=clock.now, editable=False)
    invited_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"relation"})

    class Meta:
        verbose_name = _("family member")
        verbose_name_plural = _("family members")
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(left_at=None), name="somebody_is_in_a_household_once"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("joined_at")), name="a_member_leaves_after_joining"
            ),
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="a_member_has_a_known_role"),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(left_at=None), name="households_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class JoinLink(TenantModel):
    """A link that a member forwards, so that another adult joins. Works once, for three days.

    The address holds the secret; here are its hash, to find it, and a sealed copy, to show it again. One for a `child`
    opens that child's own login, and only for the `person` whose number the guardian typed.
    """

    household = models.ForeignKey(Household, models.CASCADE, related_name="join_links")
    secret_hash = models.BinaryField(max_length=32, unique=True, editable=False)
    secret_sealed = models.TextField(editable=False)
    role = models.CharField(_("role in the family"), max_length=10, choices=MemberRole)
    relation = models.CharField(_("is to the children"), max_length=20, choices=Relation, blank=True)
    child = models.ForeignKey("people.Child", models.CASCADE, null=True, blank=True, related_name="join_links")
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, blank=True, related_name="join_links")
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    used_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"relation", "secret_hash", "secret_sealed"})

    class Meta:
        verbose_name = _("join link")
        verbose_name_plural = _("join links")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="a_join_link_expires_later"),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(revoked_at=None), name="a_join_link_is_not_used_and_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(role=MemberRole.YOUNG, child__isnull=False, person__isnull=False)
                | ~Q(role=MemberRole.YOUNG) & Q(child=None, person=None),
                name="a_link_to_an_own_login_names_child_and_number",
            ),
            models.UniqueConstraint(
                fields=["household", "role", "child"],
                condition=Q(used_at=None, revoked_at=None),
                nulls_distinct=False,
                name="one_live_join_link_per_role_and_child",
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
