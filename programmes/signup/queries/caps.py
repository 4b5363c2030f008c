"""What families have of an activity already, where its terms say how often at most."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from kit.refusals import Refusal
from people.models import Child, Household
from programmes.planning.models import Session
from programmes.signup.choices import CapOf
from programmes.signup.models import Registration, Seat, Terms
from programmes.signup.rules.caps import Went, past_cap


def went(
    terms: Terms, household: Household, children: Sequence[Child], *, besides: Registration | None = None
) -> list[Went]:
    """Waiting counts, so that nobody is invited past the limit; what was called off or cancelled does not. One statement."""
    sessions = Session.objects.filter(activity=terms.activity_id, called_off_at=None)
    if terms.cap_of == CapOf.CHILD and children:
        return _of_children(children, sessions, besides)
    theirs = Seat.objects.filter(registration=OuterRef("pk"), child__in=children, ended_at=None)
    rows = Registration.objects.filter(Q(household=household) | Q(Exists(theirs)), ended_at=None, session__in=sessions)
    kept = rows.exclude(pk=besides.pk if besides else None).order_by("session__starts_at")
    return [Went("", tuple(dict.fromkeys(kept.values_list("session__starts_at", flat=True))))]


def past_cap_of(household: Household, session: Session) -> Iterator[Refusal]:
    """Said before anybody is chosen: where the limit is each family's."""
    terms: Terms | None = getattr(session.activity, "signup_terms", None)
    if terms is not None and terms.most_sessions is not None and terms.cap_of == CapOf.FAMILY:
        yield from past_cap(terms, [session], went(terms, household, ()))


def over_caps(session: Session, rows: Sequence[Registration]) -> dict[int, list[Refusal]]:
    """Of registrations to it, by their ids, which limit each is past by what its family has besides: where the limit was
    set later, the session was moved, or staff passed it. Three statements at most, none where there is no limit.
    """
    terms: Terms | None = getattr(session.activity, "signup_terms", None)
    mine = [row for row in rows if row.household_id is not None and row.ended_at is None]
    if terms is None or terms.most_sessions is None or not mine:
        return {}
    children: dict[int, list[Child]] = defaultdict(list)
    seats = Seat.objects.filter(registration__in=mine, ended_at=None, child__isnull=False).select_related("child")
    for seat in seats.order_by("child__birth_month", "pk"):
        if seat.child is not None:
            children[seat.registration_id].append(seat.child)
    besides = _besides(terms, mine, {child.pk for each in children.values() for child in each})
    found = {row.pk: list(past_cap(terms, [session], besides.of(terms, row, children[row.pk]))) for row in mine}
    return {key: refusals for key, refusals in found.items() if refusals}


@dataclass(frozen=True)
class _Besides:
    """When sessions begin, by registration; of each household and of each child."""

    households: dict[int, dict[int, datetime]]
    children: dict[int, dict[int, datetime]]

    def of(self, terms: Terms, row: Registration, children: Sequence[Child]) -> list[Went]:
        if terms.cap_of == CapOf.CHILD and children:
            return [Went(child.name, _starts([self.children[child.pk]], row)) for child in children]
        theirs = [self.households[row.household_id or 0], *(self.children[child.pk] for child in children)]
        return [Went("", _starts(theirs, row))]


def _starts(each: Iterable[dict[int, datetime]], row: Registration) -> tuple[datetime, ...]:
    return tuple(sorted({start for one in each for key, start in one.items() if key != row.pk}))


def _besides(terms: Terms, rows: Sequence[Registration], children: Collection[int]) -> _Besides:
    found = _Besides(defaultdict(dict), defaultdict(dict))
    sessions = {"session__activity": terms.activity_id, "session__called_off_at": None, "ended_at": None}
    of_households = Registration.objects.filter(household__in={row.household_id for row in rows}, **sessions)
    for household, key, start in of_households.values_list("household_id", "pk", "session__starts_at"):
        found.households[household or 0][key] = start
    of_children = Seat.objects.filter(child__in=children, **sessions)
    for child, key, start in of_children.values_list("child_id", "registration_id", "session__starts_at"):
        found.children[child or 0][key] = start
    return found


def _of_children(children: Sequence[Child], sessions: Iterable[Session], besides: Registration | None) -> list[Went]:
    rows = Seat.objects.filter(child__in=children, ended_at=None, session__in=sessions)
    found: dict[int, list[datetime]] = defaultdict(list)
    for child_id, starts_at in rows.exclude(registration=besides).values_list("child_id", "session__starts_at"):
        found[child_id].append(starts_at)
    return [Went(child.name, tuple(sorted(found[child.pk]))) for child in children]
