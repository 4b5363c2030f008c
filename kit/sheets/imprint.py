"""What a table that is made to be printed says beside its rows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Imprint:
    """`under`: the line below the title. `foot`: at the left of each printed page; the page's number stands at the right."""

    title: str
    under: str = ""
    foot: str = ""
