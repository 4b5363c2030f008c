"""Waiting lists that time, a planner or a moved session may have overtaken; and how long a line is before a family."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q

from networks.models import Network
from programmes.signup.choices import State
from programmes.signup.models import Places, Registration, Terms
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules.invitations import MARGIN, Days, days_of, until_for


def lists_to_tend(network: Network, *, at: datetime) -> list[int]:
    """Ids of sessions; two statements. Where nothing is to be done, none is named."""
    waiting = Places.objects.filter(waiting__gt=0, session__called_off_at=None)
    rows = waiting.select_related("session__activity__signup_terms").order_by("pk")
    days = days_of(network.zone, network.rules)
    found = {row.pk for row in rows if row.left != 0 or _is_too_near(row, at=at, days=days)}
    open_ones = Registration.objects.filter(ended_at=None, state=State.INVITED)
    late = open_ones.filter(
        Q(invited_until__lte=at)
        | Q(session__called_off_at__isnull=False)
        | Q(invited_until__gt=F("session__starts_at") - MARGIN)
    )
    return sorted(found | set(late.values_list("session_id", flat=True)))


def _is_too_near(row: Places, *, at: datetime, days: Days) -> bool:
    return until_for(row.session, terms_in(row.session) or Terms(), at=at, days=days) is None


def families_before(rows: Iterable[Registration]) -> dict[int, int]:
    """How many wait before each of those who wait; one statement."""
    mine = [row for row in rows if row.is_waiting]
    if not mine:
        return {}
    waiting = Registration.objects.filter(
        session__in={row.session_id for row in mine}, ended_at=None, state=State.WAITS
    )
    before: dict[int, int] = {}
    length: Counter[int] = Counter()
    for session, key in waiting.order_by("rank", "waits_from", "pk").values_list("session_id", "pk"):
        before[key] = length[session]
        length[session] += 1
    return {row.pk: before.get(row.pk, 0) for row in mine}
