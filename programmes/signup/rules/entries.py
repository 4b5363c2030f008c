"""A registration as an entry of the family's own calendar: without names, since calendars are shared and copied."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from programmes.planning.rules.feeds import Entry
from programmes.signup.choices import TicketState
from programmes.signup.models import Registration

# So long before it begins, the calendar reminds.
REMINDS = timedelta(hours=2)
# How far a registration has come. A calendar takes a change only where the number has gone up.
_ORDER = (
    TicketState.WAITS,
    TicketState.INVITED,
    TicketState.ASKED,
    TicketState.GOOD,
    TicketState.OVER,
    TicketState.CALLED_OFF,
    TicketState.MOVED,
    TicketState.CANCELLED,
)
_OFF = (TicketState.CALLED_OFF, TicketState.MOVED, TicketState.CANCELLED)
_OPEN = (TicketState.WAITS, TicketState.INVITED, TicketState.ASKED)


def entry(session: Entry, row: Registration, state: TicketState, *, children: int, address: str) -> Entry:
    """Of the session's own; `address`: where the ticket lies."""
    changes = (row.made_at, row.changed_at, row.ended_at, session.changed_at)
    return replace(
        session,
        uid=f"{row.code}@{row.network.code}",
        sequence=session.sequence * len(_ORDER) + _ORDER.index(state),
        changed_at=max(at for at in changes if at is not None),
        is_off=state in _OFF,
        is_open=state in _OPEN,
        title=_title(session, state),
        text="\n".join([*_text(row, state, children), session.text]),
        url=address,
        alarm=REMINDS if state == TicketState.GOOD else None,
    )


def party_words(children: int, adults: int) -> str:
    """ "2 位孩子 + 1 位家长": all that a ticket says of who comes."""
    parts = []
    if children:
        parts.append(ngettext("%(n)s child", "%(n)s children", children) % {"n": children})
    if adults:
        parts.append(ngettext("%(n)s grown-up", "%(n)s grown-ups", adults) % {"n": adults})
    return " + ".join(parts)


def _title(session: Entry, state: TicketState) -> str:
    """Many calendars show no state. What was called off says so by itself."""
    words = {
        TicketState.WAITS: pgettext("a calendar", "Waiting list: %(title)s"),
        TicketState.INVITED: pgettext("a calendar", "A place is offered: %(title)s"),
        TicketState.ASKED: pgettext("a calendar", "Not approved yet: %(title)s"),
        TicketState.CANCELLED: pgettext("a calendar", "No longer signed up: %(title)s"),
        TicketState.MOVED: pgettext("a calendar", "No longer signed up: %(title)s"),
    }
    return words[state] % {"title": session.title} if state in words else session.title


def _text(row: Registration, state: TicketState, children: int) -> Iterator[str]:
    if state not in _OFF:
        yield pgettext("a calendar", "Who comes: %(party)s") % {"party": party_words(children, row.adults)}
    if state == TicketState.GOOD:
        yield _("The ticket is at the address of this entry; show it at the door.")
