"""What staff do about facts that were set aside."""

from datetime import datetime

from django.db import transaction

from kit.command import command
from kit.refusals import refuse_if
from networks.choices import FactState
from networks.engine import bell
from networks.models import Fact, Network
from networks.models.scoping import current_network_id
from networks.rules.facts import against_dropping, against_sending_again
from networks.steps.journal import note


@command
def send_again(fact_id: int, *, by: int | None, at: datetime) -> Fact:
    """With all its tries before it; what was of no use after a time it has missed still is of none."""
    fact = Fact.objects.select_for_update().get(pk=fact_id)
    refuse_if(against_sending_again(fact))
    fact.state, fact.settled_at = FactState.WAITING, None
    fact.attempts, fact.due_at = 0, at
    fact.save(update_fields=["state", "settled_at", "attempts", "due_at"])
    note("networks.fact_sent_again", subject=fact, actor=by)
    transaction.on_commit(bell.nudge)
    return fact


@command
def send_all_again(listener: str, *, by: int | None, at: datetime) -> int:
    """Every fact that was set aside for this listener, after what kept it from working has been mended."""
    count = Fact.objects.filter(listener=listener, state=FactState.SET_ASIDE).update(
        state=FactState.WAITING, settled_at=None, attempts=0, due_at=at
    )
    if count:
        # The open scope's own network.
        network = Network.objects.get(pk=current_network_id() or 0)
        note("networks.facts_sent_again", subject=network, actor=by, reason=f"{listener}: {count}")
        transaction.on_commit(bell.nudge)
    return count


@command
def drop_fact(fact_id: int, *, reason: str, by: int | None, at: datetime) -> Fact:
    fact = Fact.objects.select_for_update().get(pk=fact_id)
    refuse_if(against_dropping(fact, reason=reason))
    fact.state, fact.settled_at = FactState.DROPPED, at
    fact.save(update_fields=["state", "settled_at"])
    note("networks.fact_dropped", subject=fact, actor=by, reason=reason.strip()[:200])
    return fact
