"""What a ticket says, to whoever holds it: no names, since the code alone opens it."""

from dataclasses import dataclass
from datetime import datetime

from kit.ids import tidy_code
from networks.models import Network
from people.models import Person
from programmes.planning.rules.inherited import value_of
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import clock_words, day_words
from programmes.signup.choices import TicketState
from programmes.signup.models import Registration
from programmes.signup.queries.families import registrations
from programmes.signup.queries.mine import Mine, mine_by_code, seats_in
from programmes.signup.rules.tickets import is_ticket, ticket_hash, ticket_state


@dataclass(frozen=True)
class Ticket:
    """`mine`: the same as one of the family sees it, with names; None to everybody else. `onto`: the ticket of the
    session that it was moved to.
    """

    registration: Registration
    code: str
    state: TicketState
    title: str
    day: str
    clock: str
    where: str
    children: int
    mine: Mine | None
    onto: str

    @property
    def adults(self) -> int:
        return self.registration.adults

    @property
    def opens_doors(self) -> bool:
        return self.state == TicketState.GOOD

    @property
    def is_not_yet(self) -> bool:
        """Of a family that holds no place for certain."""
        return self.state in {TicketState.WAITS, TicketState.INVITED, TicketState.ASKED}

    @property
    def is_coming(self) -> bool:
        return self.opens_doors or self.is_not_yet


def code_of_ticket(typed: str, *, network: Network) -> str:
    """As it was printed; empty where this network made no such code."""
    code = tidy_code(typed)
    return code if is_ticket(code, network.code) else ""


def ticket_of(code: str, *, network: Network, person: Person | None, at: datetime) -> Ticket | None:
    """Until the clock has taken away whose it is. At most six statements."""
    row = registrations().filter(ticket_hash=ticket_hash(code, network.code), forgotten_at=None).first()
    if row is None:
        return None
    state, session = ticket_state(row, at=at), row.session
    after = Registration.objects.select_related("network").filter(follows=row) if state == TicketState.MOVED else []
    return Ticket(
        row,
        code,
        state,
        title=value_of(session, "title"),
        day=day_words(session.starts_at),
        clock=clock_words(session.starts_at, session.ends_at),
        where=place_words(session),
        children=len(seats_in(row)) - row.adults,
        mine=mine_by_code(person, row.code, at=at) if person is not None else None,
        onto=next((one.ticket for one in after), ""),
    )
