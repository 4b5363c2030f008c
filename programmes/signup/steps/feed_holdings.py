"""What this room keeps for people's own calendars: their addresses."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.registers.holdings import Holding, Owner, Retention, holdings
from people.steps.holdings.words import SERVICE
from programmes.signup.models import PersonalFeed


def _erase(owner: Owner, _at: datetime) -> int:
    gone: int = PersonalFeed.objects.filter(person__in=owner.persons).delete()[0]
    return gone


def _old(before: datetime) -> "QuerySet[PersonalFeed]":
    rows: QuerySet[PersonalFeed] = PersonalFeed.objects.filter(revoked_at__lt=before)
    return rows.order_by("revoked_at", "pk")


def _purge(before: datetime, most: int, _at: datetime) -> int:
    keys = list(_old(before).values_list("pk", flat=True)[:most])
    PersonalFeed.objects.filter(pk__in=keys).delete()
    return len(keys)


FEEDS = holdings.add(
    Holding(
        key="signup.personal_feeds",
        title=_("Calendar addresses"),
        what=_("The secret address (sealed) at which your calendar finds your registrations."),
        why=_("So that your registrations appear in your own calendar, if you want it."),
        basis=SERVICE,
        who_sees=_("You, and whoever you give the address to."),
        models=("signup.PersonalFeed",),
        rows=PersonalFeed.objects.all,
        erase=_erase,
        retention=Retention(
            days=30,
            shortest=1,
            longest=365,
            since=_("the end of the address"),
            since_field="revoked_at",
            due=_old,
            purge=_purge,
        ),
        place=41,
        shown=31,
    )
)
