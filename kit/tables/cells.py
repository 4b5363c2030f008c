"""What stands in one place of a table: plain data, made without a query."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from kit.dates import short_day
from kit.refusals import Text


@dataclass(frozen=True)
class RowAction:
    """A button in a row that posts `fields` to `action`. With `ask`, a line of text named `reason` goes along."""

    label: Text
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    kind: str = "quiet"
    icon: str = ""
    ask: Text = ""


@dataclass(frozen=True)
class Cell:
    """`soft` is a second line; `state` makes a chip of the text (open, few, waiting, full, free, cancelled, age,
    good, warn, bad); `chips` are (label, state) pairs after it; `title` shows on hover."""

    text: Text | int = ""
    href: str = ""
    soft: Text = ""
    state: str = ""
    icon: str = ""
    title: Text = ""
    chips: tuple[tuple[Text, str], ...] = ()
    actions: tuple[RowAction, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.text in {"", None} and not (self.soft or self.icon or self.chips or self.actions)


def day(value: date | None) -> Cell:
    """A date as people say it; an instant is shown as the day it has here."""
    if value is None:
        return Cell()
    here = timezone.localtime(value) if isinstance(value, datetime) else value
    return Cell(date_format(here, "DATE_FORMAT"))


def moment(value: datetime | None) -> Cell:
    """An instant to the minute; the year is one hover away."""
    if value is None:
        return Cell()
    here = timezone.localtime(value)
    return Cell(f"{short_day(here)} {here:%H:%M}", title=date_format(here, "DATETIME_FORMAT"))


def as_cell(value: object) -> Cell:
    """A column may hand over a bare word or number."""
    if isinstance(value, Cell):
        return value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return Cell("" if value is None else value if isinstance(value, int) else str(value))
