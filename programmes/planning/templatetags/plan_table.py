"""The rows of the plan's table, on the screen and on paper: hundreds on a page, so without a template of their own."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext, pgettext

from kit.markup import NOTHING, attribute, said
from kit.templatetags.ui import in_pieces
from programmes.planning.rules.plan_table import HEADS, TableRow

register = template.Library()
_IN_DIGITS = frozenset({"number", "when", "phone"})
# On a narrow screen a row is a card: its number and its name stand there without a head.
_NAMELESS = frozenset({"number", "title"})


@register.simple_tag
def plan_rows(rows: Iterable[TableRow]) -> SafeString:
    """On the screen: each place knows its head, and a row of drafts says so."""
    starts = {name: _start(name, "" if name in _NAMELESS else head) for name, head in HEADS.items()}
    return _joined(_row(row, starts, drafts=_drafts(row)) for row in rows)


@register.simple_tag
def paper_rows(rows: Iterable[TableRow]) -> SafeString:
    starts = {name: _start(name, "") for name in HEADS}
    return _joined(_row(row, starts, drafts="") for row in rows)


def _joined(rows: Iterable[str]) -> SafeString:
    return mark_safe("\n".join(rows))  # noqa: S308 - each word went through said()


def _start(name: str, head: object) -> str:
    look = ' class="numbers"' if name in _IN_DIGITS else ""
    return '<th scope="row">' if name == "title" else f"<td{look}{attribute('data-head', head)}>"


def _row(row: TableRow, starts: dict[str, str], *, drafts: str) -> str:
    words = row.said
    return (
        f"<tr>{starts['number']}{row.number:d}</td>{starts['title']}{said(words.title)}{drafts}</th>"
        f"{starts['when']}{in_pieces(row.when)}</td>{starts['place']}{said(words.place)}</td>"
        f"{starts['audience']}{in_pieces(words.audience, '、')}</td>{starts['content']}{said(words.content)}</td>"
        f"{starts['department']}{said(words.department)}</td>{starts['in_charge']}{said(words.in_charge)}</td>"
        f"{starts['phone']}{said(words.phone)}</td></tr>"
    )


def _drafts(row: TableRow) -> str:
    if not row.drafts:
        return NOTHING
    if row.drafts == len(row.codes):
        words = pgettext("of a session", "Draft")
    else:
        words = ngettext("%(n)s draft", "%(n)s drafts", row.drafts) % {"n": row.drafts}
    return f' <span class="chip" data-state="waiting">{said(words)}</span>'
