"""How an answer looks and sounds: never by its colour alone."""

from dataclasses import dataclass

from programmes.door.choices import Outcome


@dataclass(frozen=True)
class Face:
    """`kind`: good, again or bad; the card's colour and its sound. `icon`: of the drawings."""

    kind: str
    icon: str


_LET_IN = Face("good", "good")
_AGAIN = Face("again", "warn")
_NOT = Face("bad", "bad")


def face_of(outcome: Outcome) -> Face:
    if outcome == Outcome.ADMITTED:
        return _LET_IN
    return _AGAIN if outcome in {Outcome.ALREADY_HERE, Outcome.ON_TRUST} else _NOT
