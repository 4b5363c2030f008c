"""A preview as a page tells it: how many rows come to what, and each row in a line."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kit.refusals import Text
from kit.sheets.preview import Fate, Preview, Verdict

# Refused rows are all told, as far as a page can hold them; of the others enough to see that the table was understood.
MOST_SHOWN = {Fate.REFUSED: 200, Fate.CHANGED: 100, Fate.MADE: 100}


@dataclass(frozen=True)
class TellingLine:
    """`words` say why not, what changes, or where it will be; `warnings` are worth a look."""

    number: int
    name: str
    words: tuple[Text, ...]
    warnings: tuple[Text, ...] = ()


@dataclass(frozen=True)
class TellingPart:
    """The rows of one fate, of which a page shows the first."""

    fate: Fate
    title: Text
    lines: tuple[TellingLine, ...]
    more: int


@dataclass(frozen=True)
class Telling:
    """`counts`: a word, how many, and the state of its chip."""

    preview: Preview
    parts: tuple[TellingPart, ...]
    counts: tuple[tuple[Text, int, str], ...]


def telling(preview: Preview, *, line: Callable[[Verdict], TellingLine]) -> Telling:
    """For kit/parts/preview.html."""
    titles = {Fate.REFUSED: _("Cannot be taken"), Fate.CHANGED: _("Changed"), Fate.MADE: _("New")}
    parts = []
    for fate, title in titles.items():
        found = preview.of(fate)
        lines = tuple(line(verdict) for verdict in found[: MOST_SHOWN[fate]])
        if found:
            parts.append(TellingPart(fate, title, lines, len(found) - len(lines)))
    return Telling(preview, tuple(parts), _counts(preview, sum(len(one.warnings) > 0 for one in _all(parts))))


def _all(parts: list[TellingPart]) -> list[TellingLine]:
    return [line for part in parts for line in part.lines]


def _counts(preview: Preview, warned: int) -> tuple[tuple[Text, int, str], ...]:
    counts = preview.counts
    fates: tuple[tuple[Text, int, str], ...] = (
        (_("new"), counts[Fate.MADE], "open"),
        (_("changed"), counts[Fate.CHANGED], "waiting"),
        (_("unchanged"), counts[Fate.UNCHANGED], "full"),
        (_("cannot be taken"), counts[Fate.REFUSED], "bad"),
    )
    return (*fates, (_("worth a look"), warned, "warn")) if warned else fates
