from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kit.refusals import Text
from kit.sheets.cells import Parse, as_text


@dataclass(frozen=True)
class Column:
    """One column of a table, for reading and for writing.

    `name` is what the code calls it, `title` the words above it; `aliases` are other words that people write there.
    A required column has to be in the table and filled in each row. `take` finds the value to write in an object.
    """

    name: str
    title: Text
    parse: Parse = as_text
    required: bool = False
    aliases: tuple[str, ...] = ()
    width: int = 16
    take: Callable[[Any], Any] | None = None

    def value_of(self, row: Any) -> Any:
        if self.take is not None:
            return self.take(row)
        return row[self.name] if isinstance(row, dict) else getattr(row, self.name)
