"""Closures: for venues, an area, or the whole network; withdrawn, restored and ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kit import kept_pages
from kit.command import command
from kit.refusals import Refusal, refuse_if
from networks.models import Area
from networks.steps.journal import note
from networks.steps.outbox import post
from people.models import Person
from venues.messages import CLOSURE_ADDED, CLOSURE_CHANGED
from venues.models import Closure, Venue
from venues.rules.closures import against_closure, against_ending
from venues.rules.venues import against_change


@dataclass(frozen=True)
class ClosurePlan:
    """Without an end it lasts until further notice."""

    starts_at: datetime
    ends_at: datetime | None
    reason: str
    is_public: bool = True
    note: str = ""


@command
def close_venues(*, venues: Iterable[Venue], plan: ClosurePlan, by: Person, at: datetime) -> list[Closure]:
    """One closure for each, so that one of them can open earlier."""
    rows = list(venues)
    refuse_if(_against(plan, at=at))
    refuse_if(refusal for venue in rows for refusal in against_change(venue.closed_at))
    made = [_add(plan, by=by, venue=venue) for venue in rows]
    kept_pages.forget()
    return made


@command
def close_area(*, area: Area, plan: ClosurePlan, by: Person, at: datetime) -> Closure:
    """All venues under it, also those that are added later; the root is the whole network."""
    refuse_if(_against(plan, at=at))
    made = _add(plan, by=by, area=area)
    kept_pages.forget()
    return made


@command
def withdraw_closures(*, closures: Iterable[Closure], by: Person, at: datetime) -> None:
    """As if they had never been entered. Withdrawing twice changes nothing."""
    for row in _locked(closures):
        if row.withdrawn_at is None:
            row.withdrawn_at = at
            row.save(update_fields=["withdrawn_at"])
            _told(row, "venues.closure_withdrawn", by=by, at=at)


@command
def restore_closures(*, closures: Iterable[Closure], by: Person, at: datetime) -> None:
    """Takes a withdrawal back."""
    for row in _locked(closures):
        if row.withdrawn_at is not None:
            row.withdrawn_at = None
            row.save(update_fields=["withdrawn_at"])
            _told(row, "venues.closure_restored", by=by, at=at)


@command
def end_closure(*, closure: Closure, ends_at: datetime, by: Person, at: datetime) -> None:
    """It ends then, sooner or later than was said. Before its start it is withdrawn."""
    [row] = _locked([closure])
    refuse_if(against_ending(ends_at=row.ends_at, withdrawn_at=row.withdrawn_at, at=at))
    if ends_at <= row.starts_at:
        row.withdrawn_at = at
    else:
        row.ends_at = ends_at
    row.save(update_fields=["ends_at", "withdrawn_at"])
    _told(row, "venues.closure_ended", by=by, at=at)


def _against(plan: ClosurePlan, *, at: datetime) -> list[Refusal]:
    return list(against_closure(starts_at=plan.starts_at, ends_at=plan.ends_at, reason=plan.reason, at=at))


def _add(plan: ClosurePlan, *, by: Person, venue: Venue | None = None, area: Area | None = None) -> Closure:
    row: Closure = Closure.objects.create(
        venue=venue,
        area=area,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        reason=plan.reason.strip(),
        is_public=plan.is_public,
        note=plan.note,
        made_by=by,
    )
    span = {"starts_at": [None, plan.starts_at], "ends_at": [None, plan.ends_at]}
    note("venues.closure_added", subject=row, actor=by, values=span, reason=plan.reason)
    post(CLOSURE_ADDED, payload={"closure": row.pk}, dedupe_key=f"{row.pk}")
    return row


def _locked(closures: Iterable[Closure]) -> Sequence[Closure]:
    keys = [closure.pk for closure in closures]
    return list(Closure.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _told(row: Closure, verb: str, *, by: Person, at: datetime) -> None:
    note(verb, subject=row, actor=by)
    post(CLOSURE_CHANGED, payload={"closure": row.pk}, dedupe_key=f"{row.pk}:{at.isoformat()}")
    kept_pages.forget()
