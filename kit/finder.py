"""What a reader's list is narrowed by."""

from dataclasses import dataclass

from kit.refusals import Text


@dataclass(frozen=True)
class Pill:
    """`key` names it on the page, so that the keyboard stays on it when the list behind it changes. `count`: how many
    it would leave, where that is known.
    """

    key: str
    label: Text
    href: str
    icon: str = ""
    is_on: bool = False
    count: int | None = None
