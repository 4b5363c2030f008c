"""Who did not come: of one session for those who look, of all for what is settled by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from programmes.door.models import Absence, CheckIn, Settlement
from programmes.door.queries.diaries import sessions_over
from programmes.door.queries.parties import AtDoor, parties_at
from programmes.door.rules.absence import WAITS_DAYS, grace
from programmes.planning.choices import PlaceKind
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.models import Registration
from programmes.signup.queries.coming import Sight

UNKEPT, OPEN, SETTLED = "unkept", "open", "settled"


@dataclass(frozen=True)
class Missing:
    """A party of which nobody is checked in, or not all; `absence` where it is excused or settled."""

    party: AtDoor
    absence: Absence | None

    @property
    def empty(self) -> int:
        return len(self.party.ticks) - self.party.here


@dataclass(frozen=True)
class Roll:
    """Who of those with a place for certain came. `settlement`: None while it is open."""

    missing: tuple[Missing, ...]
    partly: tuple[Missing, ...]
    expected: int
    settlement: Settlement | None

    @property
    def came(self) -> int:
        return self.expected - len(self.missing)

    @property
    def empty_seats(self) -> int:
        return sum(one.empty for one in self.partly)

    @property
    def is_unkept(self) -> bool:
        """Nobody at all was checked in, and nobody has said why."""
        return self.settlement is None and self.expected > 0 and self.came == 0


def roll_of(session: Session, *, sight: Sight) -> Roll:
    """Eight statements, however many they are."""
    parties = parties_at(session, sight=sight)
    absences = {row.registration_id: row for row in Absence.objects.filter(session=session)}
    lines = [Missing(party, absences.get(party.party.registration.pk)) for party in parties]
    return Roll(
        tuple(line for line in lines if not line.party.here),
        tuple(line for line in lines if line.party.here and line.empty),
        len(lines),
        Settlement.objects.select_related("by").filter(session=session).first(),
    )


def expected_of(session: Session) -> list[Registration]:
    """Those that held a place for certain, with `seated` and `came`: how many seats they have, and on how many somebody sat."""
    live = Q(seats__ended_at=None)
    here = live & Q(seats__check_ins__isnull=False, seats__check_ins__undone_at=None)
    return list(
        Registration.objects.filter(session=session, ended_at=None, state=State.HOLDS)
        .annotate(
            seated=Count("seats", filter=live, distinct=True),
            came=Count("seats__check_ins", filter=here, distinct=True),
        )
        .order_by("pk")
    )


# --- Of many sessions ------------------------------------------------------------------------


def _held() -> Exists:
    return Exists(Registration.objects.filter(session=OuterRef("pk"), ended_at=None, state=State.HOLDS))


def _kept() -> Exists:
    return Exists(CheckIn.objects.filter(session=OuterRef("pk"), undone_at=None))


def to_settle(rules: Mapping[str, Any], *, at: datetime) -> list[int]:
    """Ids of sessions whose door was kept and whose time to say otherwise is over. `rules`: of the network."""
    rows = _waiting(sessions_over(["/"], at=at), rules, at=at)
    return list(rows.filter(_kept()).order_by("ends_at", "pk").values_list("pk", flat=True))


def unkept(paths: Iterable[str], rules: Mapping[str, Any], *, at: datetime) -> "QuerySet[Session]":
    """Those that wait for somebody to say who came. What is watched from home has no door."""
    return in_state(_waiting(sessions_over(paths, at=at), rules, at=at), UNKEPT)


def in_state(rows: "QuerySet[Session]", state: str) -> "QuerySet[Session]":
    if state == SETTLED:
        return rows.filter(settlement__isnull=False)
    open_ones = rows.filter(_held(), settlement=None).exclude(place_kind=PlaceKind.STREAM)
    return open_ones.filter(~_kept()) if state == UNKEPT else open_ones


def _waiting(rows: "QuerySet[Session]", rules: Mapping[str, Any], *, at: datetime) -> "QuerySet[Session]":
    return rows.filter(
        _held(), settlement=None, ends_at__lte=at - grace(rules), ends_at__gte=at - timedelta(days=WAITS_DAYS)
    )


def that_came_after_all() -> list[Absence]:
    """Settled as absent, and checked in meanwhile: by a device that had no network, for one."""
    here = CheckIn.objects.filter(seat__registration=OuterRef("registration"), undone_at=None)
    rows = Absence.objects.filter(Exists(here), settled_at__isnull=False, corrected_at=None)
    return list(rows.select_related("session").order_by("session", "pk"))


def settlements_of(sessions: Iterable[Session]) -> dict[int, Settlement]:
    """By the session's id. One statement."""
    rows = Settlement.objects.filter(session__in=[session.pk for session in sessions])
    return {row.session_id: row for row in rows}
