"""Staff sign up a school class or another group, with the names that its teacher gave; more of it come, or some stay at home."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kit.command import command
from kit.refusals import Refused, refuse_if
from networks.models.scoping import current_network
from networks.steps.journal import note
from networks.steps.outbox import post
from people.models import Person
from people.steps.persons import enrol
from programmes.planning.models import Session
from programmes.signup.choices import Source
from programmes.signup.messages import CHANGED
from programmes.signup.models import Group, Registration, Seat
from programmes.signup.queries import families
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules.groups import against_group, against_growing, against_leaving
from programmes.signup.rules.on_behalf import against_open, against_passing, to_be_passed
from programmes.signup.rules.party import counted
from programmes.signup.rules.registering import full
from programmes.signup.steps.freeing import shrink
from programmes.signup.steps.joining import take_what_is_left
from programmes.signup.steps.parties import locked
from programmes.signup.steps.places import left_of, open_places, take_places
from programmes.signup.steps.seats import Guest, fill_seats
from programmes.signup.steps.writing import write_down


@dataclass(frozen=True)
class GroupTold:
    """What the school said. `phone` of the teacher as people.rules.phones gives it."""

    name: str
    contact_name: str
    phone: str
    adults: int
    is_agreed: bool
    reason: str = ""


@command
def sign_group_up(
    *, session: Session, told: GroupTold, guests: Sequence[Guest], by: Person, request_key: UUID, at: datetime
) -> Registration:
    """All of them or none. A family's limits are no group's; times staff may pass, with a reason."""
    made = families.sent_before(request_key, by=by)
    if made is not None:
        return made
    row: Session = Session.objects.select_related("activity__signup_terms", "safety_notice").get(pk=session.pk)
    terms = terms_in(row)
    refuse_if(against_open(row, terms, at=at))
    refuse_if(against_group(guests=len(guests), is_agreed=told.is_agreed))
    if terms is not None:
        refuse_if(against_passing(to_be_passed(row, terms, children=0, at=at), reason=told.reason))
    wanted = counted(row, children=len(guests), adults=told.adults)
    open_places(row.pk)
    if not take_places(row.pk, wanted):
        raise Refused(full(left_of(row.pk), wanted))
    group: Group = Group.objects.create(
        name=told.name,
        contact_name=told.contact_name,
        contact=enrol(network=current_network(), phone=told.phone, name=told.contact_name),
        agreed_at=at,
        agreed_noted_by=by,
    )
    registration = Registration(
        session=row,
        group=group,
        by=by,
        source=Source.GROUP,
        request_key=request_key,
        adults=told.adults,
        counted=wanted,
        made_at=at,
    )
    return write_down(registration, children=(), guests=guests, reason=told.reason.strip())


@command
def add_to_group(
    *,
    registration: Registration,
    guests: Sequence[Guest],
    seen: int,
    is_agreed: bool,
    reason: str,
    by: Person,
    at: datetime,
) -> Registration:
    """All of them or none. `seen`: how many children the page showed, so that what is pressed twice adds nobody twice."""
    row = locked(registration)
    terms = terms_in(row.session)
    there = sum(seat.ended_at is None and bool(seat.guest) for seat in row.seats.all())
    refuse_if(against_growing(row, guests=len(guests), there=there, seen=seen))
    refuse_if(against_open(row.session, terms, at=at))
    refuse_if(against_group(guests=len(guests), is_agreed=is_agreed))
    if terms is not None:
        refuse_if(against_passing(to_be_passed(row.session, terms, children=0, at=at), reason=reason))
    more, before = counted(row.session, children=len(guests), adults=0), row.counted
    if not take_what_is_left(row.session_id, more, at=at):
        raise Refused(full(left_of(row.session_id), more))
    fill_seats(row, children=(), adults=0, guests=guests)
    row.counted, row.changed_at = before + more, at
    row.save(update_fields=["counted", "changed_at"])
    values = {"places": [before, row.counted]}
    note("signup.registration_changed", subject=row, actor=by, values=values, reason=reason.strip())
    post(CHANGED, payload={"registration": row.pk}, dedupe_key=f"{row.pk}:{at.isoformat()}")
    return row


@command
def leave_out(*, registration: Registration, seats: Collection[int], by: Person, at: datetime) -> Registration:
    """`seats`: of children who stay at home; their places are free."""
    row = locked(registration)
    live = [seat for seat in row.seats.all() if seat.ended_at is None and seat.guest]
    going = [seat.pk for seat in live if seat.pk in seats]
    refuse_if(against_leaving(row, going=len(going), there=len(live)))
    Seat.objects.filter(pk__in=going).update(ended_at=at)
    before = row.counted
    shrink(row, before - len(going), at=at)
    note("signup.registration_changed", subject=row, actor=by, values={"places": [before, row.counted]})
    post(CHANGED, payload={"registration": row.pk}, dedupe_key=f"{row.pk}:{at.isoformat()}")
    return row
