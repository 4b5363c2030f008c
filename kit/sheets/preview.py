"""What would become of each row, before anything is written."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from kit.refusals import Refusal, Text
from kit.sheets.columns import Column
from kit.sheets.reading import Row, Sheet


class Fate(StrEnum):
    MADE = "made"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Verdict:
    """`changes`: the new value by column, for a row that changes something."""

    row: Row
    fate: Fate
    reasons: tuple[Text, ...] = ()
    changes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    verdicts: tuple[Verdict, ...]

    def of(self, fate: Fate) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.fate == fate]

    @property
    def counts(self) -> dict[Fate, int]:
        found = Counter(verdict.fate for verdict in self.verdicts)
        return {fate: found[fate] for fate in Fate}

    @property
    def is_clean(self) -> bool:
        """For a caller that takes all or nothing."""
        return not self.counts[Fate.REFUSED]

    @property
    def has_work(self) -> bool:
        return bool(self.counts[Fate.MADE] or self.counts[Fate.CHANGED])


# What is known of a row by now, or None when it would be made; refusals when it may not be.
Known = Callable[[Row], dict[str, Any] | None]
Against = Callable[[Row], list[Refusal]]
Key = Callable[[dict[str, Any]], Hashable]


def preview(sheet: Sheet, *, key: Key, known: Known, against: Against = lambda _row: []) -> Preview:
    """`key` tells rows that mean the same; of two in one table the second is refused."""
    seen: dict[Hashable, int] = {}
    return Preview(tuple(_verdict(row, seen, key=key, known=known, against=against) for row in sheet.rows))


def _verdict(row: Row, seen: dict[Hashable, int], *, key: Key, known: Known, against: Against) -> Verdict:
    if row.faults:
        return Verdict(row, Fate.REFUSED, tuple(row.faults))
    same = key(row.values)
    if same in seen:
        return Verdict(row, Fate.REFUSED, (_("Row %(number)s says the same.") % {"number": seen[same]},))
    seen[same] = row.number
    if refusals := against(row):
        return Verdict(row, Fate.REFUSED, tuple(str(refusal) for refusal in refusals))
    before = known(row)
    if before is None:
        return Verdict(row, Fate.MADE, changes=dict(row.values))
    changes = {name: value for name, value in row.values.items() if before.get(name) != value}
    return Verdict(row, Fate.CHANGED if changes else Fate.UNCHANGED, changes=changes)


@dataclass(frozen=True)
class PreviewLine:
    """`cells`: what stands in the row, as text, in the order of the columns."""

    number: int
    fate: Fate
    cells: tuple[str, ...]
    reasons: tuple[Text, ...]


@dataclass(frozen=True)
class PreviewPart:
    """The rows of one fate, of which a page shows the first."""

    fate: Fate
    count: int
    lines: tuple[PreviewLine, ...]

    @property
    def left_out(self) -> int:
        return self.count - len(self.lines)


# What is wrong comes first, and all of it that a page can hold.
_SHOWN = {Fate.REFUSED: 200, Fate.MADE: 50, Fate.CHANGED: 50, Fate.UNCHANGED: 10}


def parts(found: Preview, *, columns: Sequence[Column]) -> list[PreviewPart]:
    """For the template people/imports/_preview.html: refused rows first, fates without a row left out."""
    made = []
    for fate, most in _SHOWN.items():
        verdicts = found.of(fate)
        lines = tuple(_line(verdict, columns) for verdict in verdicts[:most])
        if verdicts:
            made.append(PreviewPart(fate, len(verdicts), lines))
    return made


def _line(verdict: Verdict, columns: Sequence[Column]) -> PreviewLine:
    cells = tuple(_cell(verdict.row, column) for column in columns)
    return PreviewLine(verdict.row.number, verdict.fate, cells, verdict.reasons)


def _cell(row: Row, column: Column) -> str:
    if column.name in row.unread:
        return row.unread[column.name]
    return _as_shown(column.take(row.values) if column.take else row.values.get(column.name))


def _as_shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(getattr(value, "label", value))
