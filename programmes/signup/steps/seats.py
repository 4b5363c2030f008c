"""Who sits where: one row for each child and each grown-up of a registration."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kit.command import step
from people.models import Child
from programmes.signup.models import Registration, Seat


@dataclass(frozen=True)
class Guest:
    """A child that is no Child here: of a class as its teacher wrote it, or of a family that called, without a name."""

    name: str = ""
    month: date | None = None


def seats_for(
    registration: Registration, *, children: Sequence[Child], adults: int, guests: Sequence[Guest] = ()
) -> list[Seat]:
    """Not written yet."""
    rows = [Seat(registration=registration, session_id=registration.session_id, child=child) for child in children]
    rows += [
        Seat(registration=registration, session_id=registration.session_id, guest=guest.name, guest_month=guest.month)
        for guest in guests
    ]
    return rows + [Seat(registration=registration, session_id=registration.session_id) for _number in range(adults)]


@step
def fill_seats(
    registration: Registration, *, children: Sequence[Child], adults: int, guests: Sequence[Guest] = ()
) -> None:
    Seat.objects.bulk_create(seats_for(registration, children=children, adults=adults, guests=guests))


@step
def change_seats(registration: Registration, *, children: Sequence[Child], adults: int, at: datetime) -> bool:
    """Those who stay keep theirs. Whether a child has joined."""
    live = list(Seat.objects.filter(registration=registration, ended_at=None).order_by("pk"))
    staying = {child.pk for child in children}
    grown = [seat for seat in live if seat.child_id is None]
    going = [seat.pk for seat in live if seat.child_id is not None and seat.child_id not in staying]
    going += [seat.pk for seat in grown[adults:]]
    Seat.objects.filter(pk__in=going).update(ended_at=at)
    there = {seat.child_id for seat in live}
    joining = [child for child in children if child.pk not in there]
    fill_seats(registration, children=joining, adults=max(0, adults - len(grown)))
    return bool(joining)


@step
def end_seats(registration: Registration, *, at: datetime) -> None:
    Seat.objects.filter(registration=registration, ended_at=None).update(ended_at=at)
