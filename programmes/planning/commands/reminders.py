"""What planners are reminded of, posted once each: a phase begins or ends soon, a day of note has nothing planned."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from kit.command import command
from networks.steps.outbox import post
from programmes.planning.messages import OBSERVANCE_NEAR, PHASE_BEGINS, PHASE_ENDS
from programmes.planning.models import Phase
from programmes.planning.queries.observances import unplanned

ENDS_WITHIN = 14
# A turn that was missed is made up for within so many days; a fact is known again for longer than that.
CATCH_UP = timedelta(days=6)


@command
def remind_planners(*, today: date, zone: ZoneInfo) -> None:
    open_phases = Phase.objects.filter(season__closed_at=None).select_related("season").order_by("pk")
    for phase in open_phases.filter(starts_on__lte=today, starts_on__gte=today - CATCH_UP):
        post(PHASE_BEGINS, payload={"phase": phase.pk}, dedupe_key=f"{phase.pk}:{phase.starts_on}")
    due = today + timedelta(days=ENDS_WITHIN)
    for phase in open_phases.filter(ends_on__lte=due, ends_on__gte=due - CATCH_UP):
        post(PHASE_ENDS, payload={"phase": phase.pk}, dedupe_key=f"{phase.pk}:{phase.ends_on}")
    for one in unplanned(today, zone):
        if one.days is None or one.days.first - timedelta(days=one.observance.lead_days) < today - CATCH_UP:
            continue
        values = {"observance": one.observance.pk, "first": str(one.days.first)}
        post(OBSERVANCE_NEAR, payload=values, dedupe_key=f"{one.observance.pk}:{one.days.first}")
