"""A family says who fetches its children; until the session ends it may say otherwise."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from kit import sealed
from kit.command import command
from kit.refusals import refuse_if
from networks.models.scoping import current_network
from networks.steps.journal import note
from people.models import Person
from programmes.signup.models import Fetcher, GoesAlone, Registration, Seat
from programmes.signup.models.fetching import FETCHER
from programmes.signup.queries.courses import course_of
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules.fetching import against_nobody, against_saying


@dataclass(frozen=True)
class Other:
    """Somebody outside the family, who has agreed to be named. `phone` as E.164."""

    name: str
    relation: str
    phone: str


@dataclass(frozen=True)
class Said:
    """Grown-ups of the family and children who go alone, by their ids. `alone` None: whoever says this may not say that."""

    adults: tuple[int, ...]
    other: Other | None
    alone: tuple[int, ...] | None


@command
def say_who_fetches(*, registration: Registration, said: Said, by: Person, at: datetime) -> None:
    """Of a course, for all its days that are still to come. What was said before is gone."""
    row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    row.session = registration.session
    refuse_if(against_saying(row, terms_in(row.session), at=at))
    days = [day for day in course_of(registration) if day.session.ends_at > at] or [row]
    for day in days:
        _say(day, said, by, at)
    values = {
        "grown_ups": len(said.adults),
        "others": int(said.other is not None),
        "alone": None if said.alone is None else len(said.alone),
    }
    note("signup.fetchers_said", subject=registration, actor=by, values=values)


def _say(row: Registration, said: Said, by: Person, at: datetime) -> None:
    seats = list(Seat.objects.filter(registration=row, ended_at=None, child__isnull=False))
    before = set(GoesAlone.objects.filter(seat__in=seats).values_list("seat__child", flat=True))
    alone = before if said.alone is None else set(said.alone)
    refuse_if(against_nobody(len(said.adults) + (said.other is not None), _children(seats), alone))
    Fetcher.objects.filter(registration=row).delete()
    Fetcher.objects.bulk_create(_fetchers(row, said, at))
    if said.alone is not None:
        GoesAlone.objects.filter(seat__in=seats).delete()
        GoesAlone.objects.bulk_create(
            GoesAlone(seat=seat, by=by, said_at=at) for seat in seats if seat.child_id in alone
        )


def _children(seats: Collection[Seat]) -> list[int]:
    return [seat.child_id for seat in seats if seat.child_id is not None]


def _fetchers(row: Registration, said: Said, at: datetime) -> list[Fetcher]:
    found = [Fetcher(registration=row, person_id=adult, made_at=at) for adult in said.adults]
    if said.other is not None:
        phone = sealed.seal(said.other.phone, network_code=current_network().code, purpose=FETCHER)
        named = Fetcher(
            registration=row, name=said.other.name, relation=said.other.relation, phone_sealed=phone, made_at=at
        )
        found.append(named)
    return found
