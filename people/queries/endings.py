"""Children whom nobody agrees to keep any longer, and the day on which they are erased."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from people.choices import ConsentAnswer, ConsentEnd
from people.models import Child, Consent
from people.queries.retention import days_of, days_set
from people.registers import CHILD_DATA
from people.registers.holdings import holdings
from people.rules.retention import goes_on

_CHILDREN = "people.children"


@dataclass(frozen=True)
class Ending:
    """`ran_out`: what a carer declared was not confirmed in time; else a guardian said no."""

    on: date
    ran_out: bool


def endings(children: Collection[Child], *, at: datetime, zone: tzinfo) -> dict[int, Ending]:
    """Of children without an agreement in force, by their key. One statement; a second if there are any."""
    given: dict[int, list[Consent]] = {child.pk: [] for child in children}
    rows = Consent.objects.filter(
        child__in=list(given), purpose=CHILD_DATA.key, subject_kind="", answer=ConsentAnswer.GIVEN
    )
    for consent in rows:
        given[consent.child_id or 0].append(consent)
    ended = [child for child in children if not any(_holds(consent, at) for consent in given[child.pk])]
    if not ended:
        return {}
    days = _days()
    return {child.pk: _ending(child, given[child.pk], days=days, zone=zone) for child in ended}


def would_go_on(*, at: datetime, zone: tzinfo) -> date:
    """The day on which a child is erased if the agreement is withdrawn now. One statement."""
    return goes_on(at, days=_days(), zone=zone)


def _days() -> int:
    return days_of(holdings[_CHILDREN], days_set()) or 0


def _holds(consent: Consent, at: datetime) -> bool:
    return consent.ended_at is None and (consent.expires_at is None or consent.expires_at > at)


def _ending(child: Child, given: list[Consent], *, days: int, zone: tzinfo) -> Ending:
    last = max(given, key=_end_of, default=None)
    if last is None:
        return Ending(goes_on(child.added_at, days=days, zone=zone), ran_out=False)
    return Ending(goes_on(_end_of(last), days=days, zone=zone), ran_out=last.end in {"", ConsentEnd.EXPIRED})


def _end_of(consent: Consent) -> datetime:
    """None of these is in force: it ended, or it ran out and the clock has not noted it yet."""
    return consent.ended_at or consent.expires_at or consent.given_at
