"""What a camera, a scanner or fingers give to a door, taken apart. Nothing of it is kept."""

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

from kit.ids import tidy_code
from networks.models import Network
from people.rules import reader_numbers
from programmes.signup.rules.tickets import CHARS, TYPED, is_ticket

# What people hold before a door by mistake. The numbers are those of payment codes of WeChat and Alipay.
_PAYS = re.compile(
    r"^(wxp://|weixin://|alipays?://|https?://(qr\.alipay\.com|payapp\.weixin\.qq\.com|wx\.tenpay\.com|qr\.95516\.com)/"
    r"|1[0-5]\d{16}$|(2[5-9]|30)\d{14,22}$)",
    re.IGNORECASE,
)
_HAS_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HERE = "{number}"
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


def is_foreign(read: str, network: Network, *, hosts: Collection[str]) -> bool:
    """The address of a ticket that another library made."""
    text = read.strip()
    is_ticket_of_somebody = bool(_ADDRESS.match(text)) and len(_code(read)) == CHARS
    return is_ticket_of_somebody and _host_of(text) not in hosts and not ticket_in(read, network)


def tail_in(read: str, _network: Network) -> str:
    """The last characters of a ticket, as somebody reads them out."""
    code = tidy_code(read)
    return code if len(code) == TYPED and len(read.strip()) <= _LONGEST_TAIL else ""


def reader_number_in(read: str, network: Network) -> str:
    """The number itself, or from where the library's cards carry it (`reader_card_code`)."""
    patterns = str(network.rules.get("reader_card_code") or "").split()
    found = next((part for pattern in patterns if (part := _carried(read.strip(), pattern))), read)
    number = reader_numbers.tidy(found)
    return number if _NUMBER.fullmatch(number) else ""


def _carried(read: str, pattern: str) -> str:
    """What stands for {number}. No pattern of anybody's is run: words before and after it are compared, or, of one that
    begins with a question mark, the address is asked for the value of that name.
    """
    before, here, after = pattern.partition(_HERE)
    if not here:
        return ""
    if before.startswith("?"):
        return parse_qs(_query_of(read)).get(before[1:].removesuffix("="), [""])[0]
    fits = read.lower().startswith(before.lower()) and read.lower().endswith(after.lower())
    return read[len(before) : len(read) - len(after)] if fits and len(read) > len(before) + len(after) else ""


def _query_of(read: str) -> str:
    try:
        return urlsplit(read).query
    except ValueError:
        return ""


class Mistaken(StrEnum):
    """What somebody held before the door that is no ticket of this library, for the words on the card."""

    PAYMENT = "payment"
    ADDRESS = "address"
    DAMAGED = "damaged"
    OTHER = "other"


def mistaken_for(read: str, network: Network, *, hosts: Collection[str]) -> Mistaken:
    """`hosts`: of this library. A ticket's address of one of them, or sixteen characters, that do not add up, were misread."""
    text = read.strip()
    if _PAYS.match(text):
        return Mistaken.PAYMENT
    if ticket_in(text, network):
        return Mistaken.OTHER
    if _ADDRESS.match(text):
        return Mistaken.DAMAGED if _host_of(text) in hosts else Mistaken.OTHER
    if _HAS_SCHEME.match(text):
        return Mistaken.ADDRESS
    return Mistaken.DAMAGED if len(tidy_code(text)) == CHARS else Mistaken.OTHER


def _host_of(read: str) -> str:
    try:
        return urlsplit(read).hostname or ""
    except ValueError:
        return ""


def digits_in(read: str) -> str:
    """Four of them: the end of a telephone number."""
    narrow = unicodedata.normalize("NFKC", read).strip()
    return narrow if len(narrow) == 4 and narrow.isascii() and narrow.isdigit() else ""
