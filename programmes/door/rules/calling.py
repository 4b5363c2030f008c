"""How somebody is called at a door, where others stand by: by the given name alone."""

from collections.abc import Callable
from dataclasses import dataclass

from people.rules.names import family_name


def called(name: str) -> str:
    """*小雨 of 王小雨; a name of one or two characters may be a given name already, and only loses its first of two."""
    rest = name[len(family_name(name)) :]
    return f"*{rest}" if rest else name


def called_shortly(name: str) -> str:
    """*雨 of 王小雨; of a name in letters the first."""
    if len(name) < 2:
        return name
    return f"{name[0]}*" if name[0].isascii() else f"*{name[-1]}"


@dataclass(frozen=True)
class Manner:
    """How much a door says of people. `names_families`: also who signed them up, and brothers and sisters who are not in it.
    `tells_needs`: what one has to know of a child; otherwise only that there is something.
    """

    called: Callable[[str], str]
    names_families: bool
    tells_needs: bool


TO_STAFF = Manner(called, names_families=True, tells_needs=True)
# Nobody is signed in on it.
ON_A_DEVICE = Manner(called_shortly, names_families=False, tells_needs=False)
