"""入场码: sixteen characters that can be read out, 60 bits of chance and 20 that tell a slip of the finger."""

from collections.abc import Iterator
from datetime import datetime

from kit import ids, sealed
from programmes.signup.choices import Ending, State, TicketState
from programmes.signup.models import Registration
from programmes.signup.models.registration import TICKET

CHARS, CHANCE = 16, 12
# Read out in groups; whoever types at the door needs the last ones alone.
GROUP, TYPED = 4, 6
_CHECK = "signup.ticket_check"
_NOT_YET = {State.WAITS: TicketState.WAITS, State.INVITED: TicketState.INVITED, State.ASKED: TicketState.ASKED}


def new_ticket(network_code: str) -> str:
    chance = ids.random_code(CHANCE)
    return chance + _check(chance, network_code)


def is_ticket(code: str, network_code: str) -> bool:
    """Made by this network; asked before anything is looked up."""
    return len(code) == CHARS and _check(code[:CHANCE], network_code) == code[CHANCE:]


def ticket_hash(code: str, network_code: str) -> bytes:
    return sealed.blind_index(code, network_code=network_code, purpose=TICKET)


def read_out(code: str) -> Iterator[tuple[str, str]]:
    """In groups, each split into what only identifies and what is typed at the door."""
    for start in range(0, len(code), GROUP):
        group = code[start : start + GROUP]
        before = min(GROUP, max(0, len(code) - TYPED - start))
        yield group[:before], group[before:]


def ticket_state(row: Registration, *, at: datetime) -> TicketState:
    """What the holder has to know first. The registration comes with its session."""
    if row.ended_at is not None:
        return TicketState.MOVED if row.ending == Ending.MOVED else TicketState.CANCELLED
    if row.session.called_off_at is not None:
        return TicketState.CALLED_OFF
    if row.session.ends_at <= at:
        return TicketState.OVER
    return _NOT_YET.get(State(row.state), TicketState.GOOD)


def _check(chance: str, network_code: str) -> str:
    number = int.from_bytes(sealed.blind_index(chance, network_code=network_code, purpose=_CHECK)[:3]) >> 4
    return ids.spelled(number, CHARS - CHANCE)
