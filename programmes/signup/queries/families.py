"""Who of a family can come to a session, and who does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from kit.refusals import Refusal
from people.choices import ConsentAnswer
from people.models import Child, Consent, Household, Person
from people.queries.consents import asked_version
from people.queries.families import Belonging, children_of, live_children
from people.registers import CHILD_DATA
from people.rules.ages import Age, age_on
from programmes.planning.models import Session
from programmes.signup.choices import CapOf, Ending
from programmes.signup.models import Registration, Seat
from programmes.signup.queries.caps import went
from programmes.signup.queries.circles import circles_of, inside
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules.caps import against_cap
from programmes.signup.rules.circles import child_outside
from programmes.signup.rules.party import against_age


@dataclass(frozen=True)
class Candidate:
    """A child as the sheet shows it: with the age on the day, and why it cannot come."""

    child: Child
    age: Age | None
    refusals: tuple[Refusal, ...] = ()
    is_in: bool = False
    needs_consent: bool = False

    @property
    def is_of_no_age(self) -> bool:
        return any(one.code in {"too_young", "too_old"} for one in self.refusals)


def candidates(
    place: Belonging, session: Session, *, at: datetime, changing: Registration | None = None
) -> list[Candidate]:
    """The eldest first; of a young person's own login, that child alone. Three statements, however many there are."""
    children = [one for one in children_of(place.household) if place.child is None or one.pk == place.child.pk]
    agreed, seated = agreed_to(children, at=at), seated_in(session, children)
    kept_out = _kept_out(place, children, session, changing)
    day = timezone.localtime(session.starts_at).date()
    return [
        Candidate(
            child,
            age_on(child.birth_month, day) if child.birth_month and child.birth_month <= day else None,
            (*against_age(child, session), *kept_out.get(child.pk, ())),
            is_in=child.pk in seated,
            needs_consent=child.pk not in agreed,
        )
        for child in children
    ]


def _kept_out(
    place: Belonging, children: Sequence[Child], session: Session, changing: Registration | None
) -> dict[int, list[Refusal]]:
    """Those who are in none of the circles, and those who have come as often as they may."""
    terms = terms_in(session)
    found: dict[int, list[Refusal]] = {child.pk: [] for child in children}
    seated = children_in(changing)
    if terms is not None and terms.is_closed:
        circles, belongs = circles_of(terms), inside(terms, place.household, children)
        for child in children:
            if not belongs.has(child) and child.pk not in seated:
                found[child.pk].append(child_outside(child, circles))
    if terms is not None and terms.most_sessions is not None and terms.cap_of == CapOf.CHILD and children:
        for child, one in zip(children, went(terms, place.household, children, besides=changing), strict=True):
            if child.pk not in seated:
                found[child.pk].extend(against_cap(terms, [session], [one]))
    return found


def children_in(registration: Registration | None) -> set[int]:
    """Ids of those who sit in it."""
    if registration is None:
        return set()
    return {seat.child_id for seat in registration.seats.all() if seat.ended_at is None and seat.child_id is not None}


def agreed_to(children: Sequence[Child], *, at: datetime) -> set[int]:
    """Ids of those whose data may be kept, by an answer to the words in force. One statement."""
    rows = Consent.objects.filter(
        purpose=CHILD_DATA.key, child__in=children, answer=ConsentAnswer.GIVEN, ended_at=None
    ).annotate(asked=asked_version(CHILD_DATA))
    return {
        child
        for child, until, version, asked in rows.values_list("child_id", "expires_at", "version", "asked")
        if version == asked and (until is None or until > at)
    }


def seated_in(session: Session, children: Iterable[Child]) -> set[int]:
    """Ids of those who have a seat already, by whichever of their families."""
    rows = Seat.objects.filter(session=session, child__in=list(children), ended_at=None)
    return set(rows.values_list("child_id", flat=True))


def seats_of(session: Session, household: Household, children: Iterable[Child]) -> list[Seat]:
    """Live ones of the session: those of the household, and those of the children wherever they were signed up from."""
    rows = Seat.objects.filter(Q(registration__household=household) | Q(child__in=list(children)))
    return list(rows.filter(session=session, ended_at=None).select_related("registration", "child").order_by("pk"))


def chosen_children(household: Household, codes: Iterable[str]) -> list[Child]:
    rows: QuerySet[Child] = live_children().filter(household=household, code__in=list(codes))
    return list(rows.order_by("birth_month", "pk"))


def registration_of(household: Household, session: Session) -> Registration | None:
    row: Registration | None = Registration.objects.filter(household=household, session=session, ended_at=None).first()
    return row


def registrations() -> "QuerySet[Registration]":
    """With all that a page about one says; two statements."""
    rows: QuerySet[Registration] = Registration.objects.select_related(
        "network",
        "household",
        "session__activity__programme",
        "session__activity__signup_terms",
        "session__venue",
        "session__room",
        "session__area",
        "by__network",
        "group__contact__network",
    )
    return rows.prefetch_related("seats__child")


def registrations_of(households: Iterable[Household]) -> "QuerySet[Registration]":
    return registrations().filter(household__in=list(households))


def following(registration: Registration) -> Registration | None:
    """The one in the session that it was moved to."""
    if registration.ending != Ending.MOVED:
        return None
    row: Registration | None = Registration.objects.filter(follows=registration).first()
    return row


def sent_before(request_key: object, *, by: Person) -> Registration | None:
    """What this very page has registered already."""
    row: Registration | None = Registration.objects.filter(request_key=request_key, by=by).first()
    return row
