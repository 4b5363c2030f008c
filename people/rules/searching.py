"""What a member of staff typed to find a family: a whole number, or a name."""

import re
from enum import Enum

from people.rules import names, phones, reader_numbers

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MOBILE = re.compile(r"^\+\d{7,15}$")


class Wanted(Enum):
    PHONE = "phone"
    NAME = "name"
    READER_NUMBER = "reader_number"


def read(typed: str) -> tuple[Wanted, str]:
    """The sort, and the words as they are kept. Part of a number finds nothing: nobody leafs through families."""
    phone = phones.normal(typed)
    if _MOBILE.match(phone):
        return Wanted.PHONE, phone
    if _CHINESE.search(typed) or " " in typed.strip():
        return Wanted.NAME, names.tidy(typed)
    return Wanted.READER_NUMBER, reader_numbers.tidy(typed)
