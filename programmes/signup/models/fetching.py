from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit import clock, sealed
from networks.models.scoping import TenantModel

# What the number of somebody outside the family is sealed for.
FETCHER = "signup.fetcher"


class Fetcher(TenantModel):
    """接送人: who may fetch the children of a registration where they stay without an adult: one of the family's grown-ups, or
    somebody whom the family names. Gone soon after the session.
    """

    registration = models.ForeignKey("signup.Registration", models.CASCADE, related_name="fetchers")
    person = models.ForeignKey(
        "people.Person", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("of the family")
    )
    name = models.CharField(_("name"), max_length=40, blank=True)
    relation = models.CharField(_("is to the child"), max_length=20, blank=True)
    phone_sealed = models.TextField(blank=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "relation", "phone_sealed"})

    class Meta:
        verbose_name = _("fetcher")
        verbose_name_plural = _("fetchers")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "person"],
                condition=Q(person__isnull=False),
                name="a_grown_up_is_named_once_to_fetch",
            ),
            models.UniqueConstraint(
                fields=["registration"], condition=Q(person=None), name="one_outside_the_family_fetches"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="", relation="", phone_sealed="")
                | Q(person=None) & ~Q(name="") & ~Q(phone_sealed=""),
                name="a_fetcher_is_of_the_family_or_named",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def phone(self) -> str:
        """As E.164; of the family's own, theirs."""
        if self.person is not None:
            return self.person.phone or ""
        return sealed.unseal(self.phone_sealed, network_code=self.network.code, purpose=FETCHER)


class GoesAlone(TenantModel):
    """可自行离开: a child of a registration who is old enough may go home alone, since a guardian said so."""

    seat = models.OneToOneField("signup.Seat", models.CASCADE, related_name="goes_alone")
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    said_at = models.DateTimeField(_("said"), default=clock.now, editable=False)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("may go home alone")
        verbose_name_plural = _("may go home alone")

    def __str__(self) -> str:
        return str(self.seat_id)
