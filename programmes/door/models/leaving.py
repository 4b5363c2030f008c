from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.scoping import TenantModel
from programmes.door.choices import LeftHow


class Leaving(TenantModel):
    """签退: one seat that was checked in has left: fetched by somebody, alone, by a scan, or by the clock when the door closed."""

    # Made by whoever signs out: a party shares one, and sent again it is the same leavings.
    client_id = models.UUIDField(editable=False)
    seat = models.ForeignKey("signup.Seat", models.CASCADE, related_name="leavings")
    # The seat's own, once more: who is still here is counted by it.
    session = models.ForeignKey("planning.Session", models.PROTECT, related_name="leavings")
    how = models.CharField(_("how it left"), max_length=10, choices=LeftHow)
    # Of those whom the family named; while it has named nobody, a grown-up of it. Both go before the leaving does.
    fetcher = models.ForeignKey(
        "signup.Fetcher", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("fetched by")
    )
    person = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("fetched by")
    )
    # Who it was, where it was somebody else.
    note = models.CharField(_("note"), max_length=120, blank=True)
    at = models.DateTimeField(_("left"), editable=False)
    received_at = models.DateTimeField(_("received"), default=clock.now, editable=False)
    by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )

    personal_fields: ClassVar[frozenset[str]] = frozenset({"note"})

    class Meta:
        verbose_name = _("leaving")
        verbose_name_plural = _("leavings")
        constraints = [
            models.UniqueConstraint(fields=["seat"], condition=Q(undone_at=None), name="a_seat_is_signed_out_once"),
            models.UniqueConstraint(
                fields=["network", "client_id", "seat"], name="the_same_request_signs_a_seat_out_once"
            ),
            models.CheckConstraint(condition=Q(how__in=LeftHow.values), name="a_seat_left_in_a_known_way"),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=F("at")), name="a_leaving_is_undone_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=Q(fetcher=None, person=None) | Q(how=LeftHow.FETCHED),
                name="only_who_was_fetched_has_a_fetcher",
            ),
        ]
        indexes = [
            models.Index(fields=["session"], condition=Q(undone_at=None), name="those_who_have_left"),
        ]

    def __str__(self) -> str:
        return str(self.seat_id)
