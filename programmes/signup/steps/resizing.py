"""Planners give more places, or fewer; whoever waits is asked into what is new."""

from collections.abc import Collection
from datetime import datetime

from kit.command import step
from kit.refusals import Refusal
from programmes.planning.rules.inherited import value_of
from programmes.signup.models import Places
from programmes.signup.rules.capacity import against_fewer
from programmes.signup.steps.inviting import invite_who_fit
from programmes.signup.steps.places import follow_capacity


@step
def keep_capacity(session_ids: Collection[int], at: datetime) -> list[Refusal]:
    """For planning's register of capacity keepers. A session that is over keeps the places it had."""
    rows = Places.objects.select_for_update(of=("self",)).select_related("session__activity").order_by("pk")
    kept = list(rows.filter(session__in=session_ids, session__ends_at__gt=at))
    wanted = [(row.session, row.taken, value_of(row.session, "capacity")) for row in kept]
    refusals = list(against_fewer(wanted, is_one=len(session_ids) == 1))
    if not refusals:
        follow_capacity([row.pk for row in kept])
        for row in kept:
            if row.waiting:
                invite_who_fit(row.pk, at=at)
    return refusals
