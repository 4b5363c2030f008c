"""入场码: sixteen characters that can be read out, 60 bits of chance and 20 that tell a slip of the finger."""

from kit import ids, sealed

CHARS, CHANCE = 16, 12
_CHECK = "signup.ticket_check"


def new_ticket(network_code: str) -> str:
    chance = ids.random_code(CHANCE)
    return chance + _check(chance, network_code)


def is_ticket(code: str, network_code: str) -> bool:
    """Made by this network; asked before anything is looked up."""
    return len(code) == CHARS and _check(code[:CHANCE], network_code) == code[CHANCE:]


def _check(chance: str, network_code: str) -> str:
    number = int.from_bytes(sealed.blind_index(chance, network_code=network_code, purpose=_CHECK)[:3]) >> 4
    return ids.spelled(number, CHARS - CHANCE)
