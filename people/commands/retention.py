"""The retention clock: what has had its time goes, in small batches, and the journal says how much."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError

from kit.command import command
from kit.refusals import refuse_if
from networks.models import Network
from networks.steps.journal import note
from networks.steps.outbox import post
from people.choices import ConsentAnswer, ConsentEnd
from people.messages import CONSENT_RUNS_OUT, SILENCE_WARNED
from people.models import Consent, Person, Retention
from people.queries.retention import RAN, days_of, days_set
from people.queries.silence import WARNED_BEFORE, to_be_warned
from people.registers.holdings import Holding, holdings
from people.rules.consents import REMINDED_BEFORE
from people.rules.retention import against_days
from people.steps.consents import end_consents

BATCH = 200
RETENTION_JOB = "people.retention"


def turn_clock(
    network: Network, *, at: datetime, by: int | None = None, told: Callable[[Holding, int], None] | None = None
) -> dict[str, int]:
    """Each batch is a transaction of its own, so nothing waits long behind it, and a stop in between does no harm."""
    known = days_set()
    counts: dict[str, int] = {}
    troubles = []
    for holding in holdings:
        try:
            gone = _purge(holding, days=days_of(holding, known), at=at)
        except DatabaseError as trouble:  # one class that cannot go holds up no other
            troubles.append(trouble)
            continue
        if gone:
            counts[holding.key] = gone
        if told is not None:
            told(holding, gone)
    note_run(network, counts=counts, by=by)
    if troubles:
        raise troubles[0]
    return counts


def _purge(holding: Holding, *, days: int | None, at: datetime) -> int:
    total = 0
    while days is not None and (gone := purge_batch(holding, before=at - timedelta(days=days), at=at)):
        total += gone
        if gone < BATCH:
            break
    return total


@command
def purge_batch(holding: Holding, *, before: datetime, at: datetime) -> int:
    return holding.retention.purge(before, BATCH, at) if holding.retention is not None else 0


@command
def note_run(network: Network, *, counts: dict[str, int], by: int | None) -> None:
    """Also when nothing went: an auditor sees that the clock turned."""
    note(RAN, subject=network, actor=by, values=counts)


@command
def set_days(holding: Holding, *, days: int, by: Person, reason: str) -> None:
    clock = holding.retention
    if clock is None:
        raise LookupError(f"{holding.key!r} has no clock.")
    refuse_if(against_days(days, shortest=clock.shortest, longest=clock.longest))
    row, made = Retention.objects.select_for_update().get_or_create(holding=holding.key, defaults={"days": days})
    before = clock.days if made else row.days
    row.days = days
    row.save(update_fields=["days"])
    values = {"holding": holding.key, "days": [before, days]}
    note("people.retention_changed", subject=row, actor=by, values=values, reason=reason)


@command
def end_declared(*, at: datetime) -> int:
    """What carers declared and no guardian confirmed in time."""
    return end_consents(Consent.objects.filter(expires_at__lte=at), end=ConsentEnd.EXPIRED, at=at)


@command
def remind_declared(*, at: datetime) -> int:
    """Told once, a week before: the fact's key is the consent."""
    rows = Consent.objects.filter(
        answer=ConsentAnswer.GIVEN, ended_at=None, expires_at__gt=at, expires_at__lte=at + REMINDED_BEFORE
    )
    found = list(rows.order_by("pk").values_list("pk", flat=True))
    for pk in found:
        post(CONSENT_RUNS_OUT, payload={"consent": pk}, dedupe_key=f"{pk}")
    return len(found)


@command
def warn_silent(network: Network, *, at: datetime) -> int:
    """Thirty days before an account goes for want of a visit, its person is told."""
    days = days_of(holdings["people.accounts"], days_set()) or 0
    found = list(to_be_warned(at - timedelta(days=days)).select_for_update(of=("self",))[:BATCH])
    goes_on = (at + WARNED_BEFORE).astimezone(network.zone).date()
    for person in found:
        person.silence_warned_at = at
        person.save(update_fields=["silence_warned_at"])
        payload = {"person": person.pk, "on": goes_on.isoformat()}
        post(SILENCE_WARNED, payload=payload, dedupe_key=f"{person.pk}:{at.isoformat()}")
    return len(found)
