"""Numbers as addresses and hidden fields send them."""

# What PostgreSQL's bigint holds in any case.
MOST_DIGITS = 18


def whole(typed: str, *, digits: int = MOST_DIGITS) -> int | None:
    """None for anything but a few plain digits: such a text is nobody's id, and no query is asked with it."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= digits else None
