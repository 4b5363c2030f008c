"""Whom it is time to remind or to thank: a fact for each session, which brings forth one for each registration.

Called every few minutes; the keys see to it that nothing is posted twice.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from kit.command import command
from networks.models import Network
from networks.steps.outbox import post_each
from programmes.planning.models import Session
from programmes.signup import messages as facts
from programmes.signup.choices import State
from programmes.signup.models import Registration
from programmes.signup.rules import reminding


@command
def post_reminders(*, network: Network, at: datetime) -> None:
    """Moved to another day, a session is reminded of again the evening before that."""
    now = at.astimezone(network.zone)
    if not reminding.is_time_to_remind(now):
        return
    first, last = reminding.tomorrow(now)
    rows = _with_families().filter(starts_at__gte=first, starts_at__lt=last)
    post_each(
        facts.REMINDERS_DUE,
        lines=[
            ({"session": number, "starts_at": starts_at.isoformat()}, f"{number}:{starts_at.isoformat()}")
            for number, starts_at in rows.values_list("pk", "starts_at")
        ],
        expires_at=last,
    )


@command
def post_thanks(*, network: Network, at: datetime) -> None:
    if not reminding.is_time_to_thank(at.astimezone(network.zone)):
        return
    rows = _with_families().filter(ends_at__gt=at - reminding.AT_LATEST, ends_at__lte=at - reminding.AFTER)
    post_each(
        facts.THANKS_DUE, lines=[({"session": number}, str(number)) for number in rows.values_list("pk", flat=True)]
    )


def _with_families() -> "QuerySet[Session]":
    coming = Registration.objects.filter(session=OuterRef("pk"), ended_at=None, state=State.HOLDS)
    rows: QuerySet[Session] = Session.objects.filter(Exists(coming), called_off_at=None)
    return rows.order_by("starts_at", "pk")
