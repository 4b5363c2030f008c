"""The rows of a list as HTML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kit.markup import NOTHING, attribute, said
from kit.refusals import Text
from kit.tables.cells import Cell, RowAction
from kit.tables.columns import Column
from kit.templatetags.ui import icon


@dataclass(frozen=True)
class Frame:
    """What surrounds each cell of a column: said once for a page of two hundred lines."""

    start: str
    end: str
    empty: str


def frames(columns: Sequence[Column]) -> list[Frame]:
    return [_frame(column, is_first=number == 0) for number, column in enumerate(columns)]


def _frame(column: Column, *, is_first: bool) -> Frame:
    marks = (" data-number" if column.number else "") + (" data-long" if column.long else "")
    if is_first:
        head = f'<th scope="row" role="rowheader"{marks}>'
        return Frame(head, "</th>", head)
    start = f'<td role="cell" data-head="{said(column.label)}"{marks}'
    return Frame(f"{start}>", "</td>", f"{start} data-empty>")


def row(cells: Iterable[Cell], framed: Iterable[Frame], *, tick: str, token: str) -> SafeString:
    drawn = [
        f"{frame.empty if cell.is_empty else frame.start}{draw(cell, token=token)}{frame.end}"
        for cell, frame in zip(cells, framed, strict=True)
    ]
    return mark_safe(f'<tr role="row">{tick}{"".join(drawn)}</tr>\n')  # noqa: S308 - each word went through said()


def tick(row_id: object, name: Text | int) -> str:
    """The box that chooses a row for the bulk form below the table."""
    label = _("Choose %(name)s") % {"name": name}
    return (
        '<td role="cell" class="list-tick">'
        f'<input type="checkbox" name="chosen" value="{said(row_id)}" form="list-bulk"{attribute("aria-label", label)}>'
        "</td>"
    )


def draw(cell: Cell, *, token: str = "") -> str:
    chips = "".join(
        f' <span class="chip" data-state="{said(state)}">{said(label)}</span>' for label, state in cell.chips
    )
    soft = f'<small class="soft">{said(cell.soft)}</small>' if cell.soft else ""
    return f"{_words(cell)}{chips}{soft}{''.join(_form(action, token=token) for action in cell.actions)}"


def _words(cell: Cell) -> str:
    title = attribute("title", cell.title)
    if cell.state:
        return f'<span class="chip" data-state="{said(cell.state)}"{title}>{said(cell.text)}</span>'
    if cell.text == "" and not cell.icon:
        return NOTHING
    inside = f"{icon(cell.icon) if cell.icon else NOTHING}{said(cell.text)}"
    if cell.href:
        return f'<a href="{said(cell.href)}"{title}>{inside}</a>'
    return f"<span{title}>{inside}</span>"


def _form(action: RowAction, *, token: str) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{said(name)}" value="{said(value)}">'
        for name, value in (("csrfmiddlewaretoken", token), *action.fields.items())
    )
    ask = said(action.ask)
    reason = f'<input name="reason" maxlength="200" required placeholder="{ask}" aria-label="{ask}">' if ask else ""
    return (
        f'<form class="row-action" method="post" action="{said(action.action)}">{hidden}{reason}'
        f'<button class="button"{attribute("data-kind", action.kind)}>'
        f"{icon(action.icon) if action.icon else NOTHING}{said(action.label)}</button></form>"
    )
