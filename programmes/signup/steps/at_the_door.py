"""Somebody came along who was not signed up: a seat more for a party that is at the door already."""

from collections.abc import Sequence
from datetime import datetime

from kit.command import step
from kit.refusals import Refused, refuse_if
from people.models import Child
from programmes.signup.models import Registration, Seat
from programmes.signup.queries import families
from programmes.signup.rules.party import counted
from programmes.signup.rules.registering import against_seats, against_unagreed, full, registered_already
from programmes.signup.steps.freeing import shrink
from programmes.signup.steps.joining import take_what_is_left
from programmes.signup.steps.places import left_of
from programmes.signup.steps.seats import Guest, seats_for


@step
def seat_more(
    row: Registration, *, children: Sequence[Child], adults: int, at: datetime, nameless: int = 0
) -> list[Seat]:
    """Where a place is free. `nameless`: so many children whom nobody entered. Times, limits and ages are for whoever stands at the door; consent is not. The session's count
    is locked, and the registration after it (`parties.locked`)."""
    agreed = families.agreed_to(children, at=at)
    refuse_if(against_unagreed([child for child in children if child.pk not in agreed]))
    if children and row.household is not None:
        seated = families.seats_of(row.session, row.household, children)
        refuse_if(against_seats(seated, row.household, changing=row))
    already = families.children_in(row)
    refuse_if(registered_already(child.name) for child in children if child.pk in already)
    there = sum(seat.ended_at is None for seat in row.seats.all()) - row.adults + len(children) + nameless
    wanted = counted(row.session, children=there, adults=row.adults + adults)
    more = max(0, wanted - row.counted)
    if more and not take_what_is_left(row.session_id, more, at=at):
        raise Refused(full(left_of(row.session_id), more))
    row.counted, row.adults, row.changed_at = row.counted + more, row.adults + adults, at
    row.save(update_fields=["counted", "adults", "changed_at"])
    seats: list[Seat] = Seat.objects.bulk_create(
        seats_for(row, children=children, adults=adults, guests=[Guest()] * nameless)
    )
    return seats


@step
def seat_fewer(row: Registration, seat: Seat, *, adults: int, at: datetime) -> None:
    """Somebody without a name was counted by mistake; `adults`: 1 of a grown-up. Locked as for `seat_more`."""
    Seat.objects.filter(pk=seat.pk, ended_at=None).update(ended_at=at)
    row.adults -= adults
    row.save(update_fields=["adults"])
    there = Seat.objects.filter(registration=row, ended_at=None).count() - row.adults
    shrink(row, counted(row.session, children=there, adults=row.adults), at=at)
