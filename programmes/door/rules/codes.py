"""What a camera, a scanner or fingers give to a door, taken apart. Nothing of it is kept."""

import re
import unicodedata

from kit.ids import tidy_code
from networks.models import Network
from people.rules import reader_numbers
from programmes.signup.rules.tickets import CHARS, TYPED, is_ticket

_ADDRESS = re.compile(r"^https?://[^/]+/t/([^/?#]+)", re.IGNORECASE)
_NUMBER = re.compile(r"[A-Z0-9]{4,24}")
# With blanks or dashes between them.
_LONGEST_TAIL = TYPED + 4


def _code(read: str) -> str:
    found = _ADDRESS.match(read.strip())
    return tidy_code(found[1] if found else read)


def ticket_in(read: str, network: Network) -> str:
    """Of this network's making, from its address or typed in full."""
    code = _code(read)
    return code if is_ticket(code, network.code) else ""


def is_foreign(read: str, network: Network) -> bool:
    """The address of a ticket that another library made."""
    return bool(_ADDRESS.match(read.strip())) and len(_code(read)) == CHARS and not ticket_in(read, network)


def tail_in(read: str, _network: Network) -> str:
    """The last characters of a ticket, as somebody reads them out."""
    code = tidy_code(read)
    return code if len(code) == TYPED and len(read.strip()) <= _LONGEST_TAIL else ""


def reader_number_in(read: str, _network: Network) -> str:
    number = reader_numbers.tidy(read)
    return number if _NUMBER.fullmatch(number) else ""


def digits_in(read: str) -> str:
    """Four of them: the end of a telephone number."""
    narrow = unicodedata.normalize("NFKC", read).strip()
    return narrow if len(narrow) == 4 and narrow.isascii() and narrow.isdigit() else ""
