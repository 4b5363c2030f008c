"""Identifiers that people and addresses carry: opaque, sortable by age, or short enough to read out."""

import secrets
import time

# Crockford's base 32: no I, L, O or U, so nothing looks like a digit and no word comes out by chance.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_TIME_CHARS = 10
_RANDOM_CHARS = 16


def new_id() -> str:
    """26 characters: 50 bits of milliseconds, then 80 random bits. Sorts by the time it was made."""
    return spelled(time.time_ns() // 1_000_000, _TIME_CHARS) + random_code(_RANDOM_CHARS)


def random_code(length: int) -> str:
    return spelled(secrets.randbits(5 * length), length)


def tidy_code(typed: str) -> str:
    """What a person typed, as it was printed: case, spaces, dashes, full-width and look-alike characters mended."""
    narrow = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in typed)
    return "".join(c for c in narrow.upper().translate(_LOOKALIKES) if c in ALPHABET)


def spelled(number: int, length: int) -> str:
    chars = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        chars.append(ALPHABET[digit])
    return "".join(reversed(chars))
