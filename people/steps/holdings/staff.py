"""What is kept of those who work for the library."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from people.models import Appointment, Grant
from people.registers.holdings import Holding, Owner, Retention, Section, holdings
from people.steps.holdings.words import SERVICE, YOU_AND_STAFF


def _export(owner: Owner) -> list[Section]:
    grants = Grant.objects.filter(person__in=owner.persons).select_related("area").order_by("starts_at", "pk")
    offers = Appointment.objects.filter(person__in=owner.persons).select_related("area").order_by("offered_at", "pk")
    return [
        Section(
            "roles",
            _("Your roles"),
            (_("Role"), _("Area"), _("From"), _("Until")),
            tuple((row.get_role_display(), row.area.name, row.starts_at, row.ends_at) for row in grants),
        ),
        Section(
            "invitations",
            _("Invitations to roles"),
            (_("Role"), _("Area"), _("Invited"), _("Accepted"), _("Declined")),
            tuple(
                (row.get_role_display(), row.area.name, row.offered_at, row.accepted_at, row.declined_at)
                for row in offers
            ),
        ),
    ]


def _erase(owner: Owner, at: datetime) -> int:
    """Who held which role when stays, without a name; an invitation that waits is withdrawn."""
    offers = Appointment.objects.filter(person__in=owner.persons)
    offers.filter(accepted_at=None, declined_at=None, withdrawn_at=None).update(withdrawn_at=at)
    gone: int = offers.exclude(name="").update(name="")
    return gone


def _ended_grants(before: datetime) -> "QuerySet[Grant]":
    rows: QuerySet[Grant] = Grant.objects.filter(ends_at__lt=before)
    return rows.order_by("ends_at", "pk")


def _old_offers(before: datetime) -> "QuerySet[Appointment]":
    settled = Q(accepted_at__lt=before) | Q(declined_at__lt=before) | Q(withdrawn_at__lt=before)
    rows: QuerySet[Appointment] = Appointment.objects.filter(settled | Q(expires_at__lt=before, accepted_at=None))
    return rows.order_by("offered_at", "pk")


def _purge_grants(before: datetime, most: int, _at: datetime) -> int:
    found = list(_ended_grants(before).values_list("pk", flat=True)[:most])
    Grant.objects.filter(pk__in=found).delete()
    return len(found)


def _purge_offers(before: datetime, most: int, _at: datetime) -> int:
    found = list(_old_offers(before).values_list("pk", flat=True)[:most])
    Appointment.objects.filter(pk__in=found).delete()
    return len(found)


ROLES = holdings.add(
    Holding(
        key="people.roles",
        title=_("Roles"),
        what=_("Which role somebody held, where, from when until when, and who gave it."),
        why=_("It decides what staff may see and do, and shows later who could."),
        basis=SERVICE,
        who_sees=YOU_AND_STAFF,
        models=("people.Grant",),
        rows=Grant.objects.all,
        export=_export,
        stays=_("Ended roles stay without a name until their time is up; open ones have to be ended first."),
        retention=Retention(
            days=1095,
            shortest=1095,
            longest=3650,
            since=_("the end of the role"),
            since_field="starts_at",
            due=_ended_grants,
            purge=_purge_grants,
        ),
        place=40,
    )
)
OFFERS = holdings.add(
    Holding(
        key="people.appointments",
        title=_("Invitations to roles"),
        what=_("The name on the list and the number that was invited, by whom, and the answer."),
        why=_("So that a role is held only by whoever said yes to it."),
        basis=SERVICE,
        who_sees=YOU_AND_STAFF,
        models=("people.Appointment",),
        rows=Appointment.objects.all,
        erase=_erase,
        retention=Retention(
            days=365,
            shortest=30,
            longest=1095,
            since=_("the answer"),
            since_field="offered_at",
            due=_old_offers,
            purge=_purge_offers,
        ),
        place=41,
    )
)
