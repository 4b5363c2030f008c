"""An expected "no": shown in place with status 422, and the same code in the API."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Refusal:
    """`text` says what is so, `way_on` what the reader can do about it, `link` where; `field` names the input it concerns."""

    code: str
    text: Text
    way_on: Text = ""
    field: str = ""
    link: str = ""

    def __str__(self) -> str:
        return f"{self.text}{self.way_on}"


class Refused(Exception):
    """Raised by a command that will not do it; nothing has been written."""

    def __init__(self, *refusals: Refusal) -> None:
        if not refusals:
            raise ValueError("A command that refuses says why.")
        self.refusals = refusals
        super().__init__(", ".join(refusal.code for refusal in refusals))

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(refusal.code for refusal in self.refusals)


def refuse_if(refusals: Iterable[Refusal]) -> None:
    """Raise all that a rule yields, if it yields any."""
    if found := tuple(refusals):
        raise Refused(*found)
