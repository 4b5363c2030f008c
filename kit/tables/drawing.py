"""The rows of a list as HTML. A template would take four times as long for a page of two hundred lines."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kit.refusals import Text
from kit.tables.cells import Cell, RowAction
from kit.tables.columns import Column
from kit.templatetags.ui import icon

NOTHING = SafeString("")


def row(cells: Iterable[tuple[Column, Cell]], *, tick: SafeString, token: str) -> SafeString:
    drawn = [_place(column, cell, is_first=number == 0, token=token) for number, (column, cell) in enumerate(cells)]
    return format_html('<tr role="row">{}{}</tr>\n', tick, format_html_join("", "{}", ((one,) for one in drawn)))


def tick(row_id: object, name: Text | int) -> SafeString:
    """The box that chooses a row for the bulk form below the table."""
    return format_html(
        '<td role="cell" class="list-tick">'
        '<input type="checkbox" name="chosen" value="{}" form="list-bulk" aria-label="{}"></td>',
        row_id,
        _("Choose %(name)s") % {"name": name},
    )


def _place(column: Column, cell: Cell, *, is_first: bool, token: str) -> SafeString:
    marks = NOTHING
    if column.number:
        marks += SafeString(" data-number")
    if column.long:
        marks += SafeString(" data-long")
    if is_first:
        return format_html('<th scope="row" role="rowheader"{}>{}</th>', marks, draw(cell, token=token))
    if cell.is_empty:
        marks += SafeString(" data-empty")
    return format_html('<td role="cell" data-head="{}"{}>{}</td>', column.label, marks, draw(cell, token=token))


def draw(cell: Cell, *, token: str = "") -> SafeString:
    html = _words(cell)
    if cell.chips:
        html += format_html_join("", ' <span class="chip" data-state="{1}">{0}</span>', cell.chips)
    if cell.soft:
        html += format_html('<small class="soft">{}</small>', cell.soft)
    for action in cell.actions:
        html += _form(action, token=token)
    return html


def _words(cell: Cell) -> SafeString:
    title = format_html(' title="{}"', cell.title) if cell.title else NOTHING
    if cell.state:
        return format_html('<span class="chip" data-state="{}"{}>{}</span>', cell.state, title, cell.text)
    if cell.text == "" and not cell.icon:
        return NOTHING
    drawing = icon(cell.icon) if cell.icon else NOTHING
    if cell.href:
        return format_html('<a href="{}"{}>{}{}</a>', cell.href, title, drawing, cell.text)
    return format_html("<span{}>{}{}</span>", title, drawing, cell.text)


def _form(action: RowAction, *, token: str) -> SafeString:
    hidden = [("csrfmiddlewaretoken", token), *action.fields.items()]
    ask = NOTHING
    if action.ask:
        ask = format_html(
            '<input name="reason" maxlength="200" required placeholder="{0}" aria-label="{0}">', action.ask
        )
    return format_html(
        '<form class="row-action" method="post" action="{}">{}{}<button class="button"{}>{}{}</button></form>',
        action.action,
        format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden),
        ask,
        format_html(' data-kind="{}"', action.kind) if action.kind else NOTHING,
        icon(action.icon) if action.icon else NOTHING,
        action.label,
    )
