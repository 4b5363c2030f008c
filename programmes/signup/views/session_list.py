"""Who comes to a session: the list that its staff work with, its numbers, and as a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock, sheets
from kit.pdf import pdf_answer
from kit.refusals import Refused
from kit.tables import Cell, Column, Empty, Filter, ListTable, moment
from kit.toasts import toast
from people.choices import Verb
from people.doors import may_anywhere, member, members_only, network_of
from programmes.planning.models import Session
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import full_span_words
from programmes.signup import doors
from programmes.signup.choices import Source, State
from programmes.signup.commands.readings import open_list
from programmes.signup.prints.door_list import door_list_pdf
from programmes.signup.queries.coming import Coming, Party, coming_to
from programmes.signup.queries.questions import AnswerLine, guarded_lines, lines_for
from programmes.signup.rules.invitations import line_words

# All who come stand on one page: nobody leafs through at the door.
ON_A_PAGE = 500
COMING, ASKED, WAITING, ENDED = "coming", "asked", "waiting", "ended"
STATES = (
    (COMING, pgettext_lazy("registrations", "coming")),
    (ASKED, pgettext_lazy("registrations", "to be approved")),
    (WAITING, pgettext_lazy("registrations", "on the waiting list")),
    (ENDED, pgettext_lazy("registrations", "ended")),
)
_OF_STATE = {COMING: (State.HOLDS,), ASKED: (State.ASKED,), WAITING: (State.WAITS, State.INVITED)}
CHIPS = {State.HOLDS: "good", State.ASKED: "warn", State.WAITS: "waiting", State.INVITED: "waiting"}


def in_state(rows: Sequence[Party], value: str) -> list[Party]:
    if value == ENDED:
        return [row for row in rows if row.ended]
    return [row for row in rows if not row.ended and row.registration.state in _OF_STATE[value]]


def _who(row: Party) -> Cell:
    ages = "、".join(str(guest.age) for guest in row.guests if guest.age is not None)
    if row.is_group:
        soft = gettext("class or group")
    else:
        soft = " · ".join(part for part in (ages, row.name if row.guests else "") if part)
    return Cell(row.title or "—", href=reverse("signup:registration-for", args=[row.registration.code]), soft=soft)


def party_words(row: Party) -> str:
    """ "2 个孩子，1 位大人"."""
    parts = []
    if row.children:
        parts.append(ngettext("%(n)s child", "%(n)s children", row.children) % {"n": row.children})
    if adults := row.registration.adults:
        parts.append(npgettext("at the door", "%(n)s grown-up", "%(n)s grown-ups", adults) % {"n": adults})
    return pgettext("between children and grown-ups", ", ").join(parts)


def state_cell(row: Party) -> Cell:
    registration = row.registration
    if row.ended:
        return Cell(registration.get_ending_display(), state="cancelled", soft=registration.end_reason)
    return Cell(registration.get_state_display(), state=CHIPS[State(registration.state)], soft=line_words(registration))


def _knowing(row: Party) -> Cell:
    needs = "；".join(f"{guest.name}：{guest.needs}" for guest in row.needs)
    return Cell(needs, soft=row.registration.note, icon="warn" if needs else "")


def _made(row: Party) -> Cell:
    said = moment(row.made_at)
    source = "" if row.registration.source == Source.FAMILY else row.registration.get_source_display()
    return Cell(said.text, soft=source, title=said.title)


def _party(row: Party) -> Cell:
    nameless = row.nameless if not row.is_group else 0
    text = ngettext("%(n)s without a name", "%(n)s without names", nameless) % {"n": nameless}
    return Cell(party_words(row), soft=text if nameless else "")


_FIRST = (
    Column("who", _("Who"), cell=_who, sort=("title", "made_at"), fixed=True),
    Column("party", _("Party"), cell=_party),
    Column("places", _("Places"), cell=lambda row: row.counted, number=True, sort=("counted", "made_at")),
    Column("state", _("State"), cell=state_cell),
)
_TELEPHONE = Column("phone", _("Telephone"), cell=lambda row: row.telephone)
_LAST = (
    Column("knowing", _("Worth knowing"), cell=_knowing, long=True),
    Column("made", pgettext_lazy("of a registration", "Since"), cell=_made, sort=("made_at",)),
)


def _with(rows: Sequence[Party], value: str) -> list[Party]:
    return [row for row in rows if (row.needs if value == "needs" else row.registration.note)]


def _named(rows: Sequence[Party], words: str) -> list[Party]:
    return [row for row in rows if words.lower() in row.words]


def _table(columns: tuple[Column, ...]) -> ListTable:
    return ListTable(
        key="signup.list",
        title=_("Who comes"),
        columns=columns,
        filters=(
            Filter("state", _("State"), choices=STATES, apply=in_state),
            Filter(
                "with",
                pgettext_lazy("of registrations", "With"),
                choices=(
                    ("needs", pgettext_lazy("of registrations", "something we should know")),
                    ("note", pgettext_lazy("of registrations", "a note")),
                ),
                apply=_with,
            ),
        ),
        search=_named,
        search_label=_("Name of a child, a grown-up or a class"),
        sort="made",
        size=ON_A_PAGE,
        export=may_anywhere(Verb.EXPORT),
        row_id=lambda row: row.registration.pk,
        empty=Empty(text=_("Nobody has signed up yet.")),
    )


PLAIN = _table((*_FIRST, *_LAST))
WITH_TELEPHONES = _table((*_FIRST, _TELEPHONE, *_LAST))


@never_cache
@require_safe
@members_only
def sign_ups(request: HttpRequest, code: str) -> HttpResponse:
    session = doors.session_to_receive(request, code)
    sight = doors.sight_of(request, session)
    coming = coming_to(session, sight=sight)
    if coming.children:
        open_list(session=session, children=coming.children, by=member(request), at=clock.now())
    table = WITH_TELEPHONES if sight.telephones else PLAIN
    page: dict[str, Any] = {
        **of_list(session),
        "coming": coming,
        "table": table.page(request, shown(coming, request.GET), about=(("session", session.code),)),
        "tabs": _tabs(request, coming),
        "is_open": session.called_off_at is None and session.ends_at > clock.now(),
        "current": _tab(request.GET.get("state", "")),
    }
    return render(request, "signup/staff/session_list.html", page)


def of_list(session: Session) -> dict[str, Any]:
    """What every page of the list says of its session."""
    return {
        "session": session,
        "title": session.title or session.activity.title,
        "when": full_span_words(session.starts_at, session.ends_at),
        "place": place_words(session),
        "is_called_off": session.called_off_at is not None,
    }


def shown(coming: Coming, asked: QueryDict) -> list[Party]:
    """What has ended is there for whoever asks for it."""
    return coming.parties if asked.get("state") == ENDED else coming.live


def _tab(state: str) -> str:
    return f"?state={state}" if state else "?"


def _tabs(request: HttpRequest, coming: Coming) -> list[tuple[str, str, int]]:
    """Everybody, then each state that somebody is in, or that is looked at."""
    found = [(gettext("Everybody"), _tab(""), len(coming.live))]
    for value, label in STATES:
        count = len(in_state(coming.parties, value))
        if count or request.GET.get("state") == value or value == COMING:
            found.append((str(label), _tab(value), count))
    return found


@never_cache
@require_POST
@members_only
def door_list(request: HttpRequest, code: str) -> HttpResponse:
    session, at = doors.session_to_receive(request, code), clock.now()
    sight = replace(doors.sight_of(request, session), telephones=False)
    coming = coming_to(session, sight=sight)
    answers = guarded_lines(sight, [party.registration for party in coming.holding])
    if coming.children:
        open_list(session=session, children=coming.children, by=member(request), at=at)
    try:
        content = door_list_pdf(session, coming, answers, network=network_of(request), at=at)
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
        return redirect("signup:session-sign-ups", session.code)
    return pdf_answer(content, name=f"{session.title or session.activity.title}.pdf")


# --- As a file -----------------------------------------------------------------------------


def _needs_and_note(row: Party) -> str:
    needs = [f"{guest.name}：{guest.needs}" for guest in row.needs]
    return "；".join([*needs, *([row.registration.note] if row.registration.note else [])])


EXPORTED = (
    sheets.Column("who", _("Who"), take=lambda row: row.title, width=28),
    sheets.Column(
        "ages", _("Ages"), take=lambda row: "、".join(str(guest.age) for guest in row.guests if guest.age is not None)
    ),
    sheets.Column("name", _("Grown-up"), take=lambda row: row.name),
    sheets.Column("phone", _("Telephone"), take=lambda row: row.telephone),
    sheets.Column("children", _("Children"), take=lambda row: row.children),
    sheets.Column("adults", _("Grown-ups"), take=lambda row: row.registration.adults),
    sheets.Column("places", _("Places"), take=lambda row: row.counted),
    sheets.Column("state", _("State"), take=lambda row: str(state_cell(row).text)),
    sheets.Column("knowing", _("Worth knowing"), take=_needs_and_note, width=40),
    sheets.Column("made_at", pgettext_lazy("of a registration", "Since"), take=lambda row: row.made_at),
)


def export_rows(request: HttpRequest, query: QueryDict) -> tuple[Sequence[sheets.Column], Iterable[Party]]:
    """A line per family, as the list shows them, with a column for each question that was answered; telephones, and what
    is only for those who need to know, to those who see them there.
    """
    session = doors.session_to_receive(request, query.get("session", ""))
    sight = doors.sight_of(request, session)
    coming = coming_to(session, sight=sight)
    if coming.children:
        open_list(session=session, children=coming.children, by=member(request), at=clock.now())
    rows = list(PLAIN.matching(request, shown(coming, query), query))
    return (*EXPORTED, *_answered(lines_for(sight, [row.registration for row in rows]))), rows


def _answered(lines: Mapping[int, Sequence[AnswerLine]]) -> list[sheets.Column]:
    """In the order in which they are asked; versions of a question with the same words share a column."""
    every = sorted((one for each in lines.values() for one in each), key=lambda one: one.place)
    labels = dict.fromkeys(one.label for one in every)
    return [
        sheets.Column(f"asked{number}", label, take=partial(_said_to, lines, label), width=24)
        for number, label in enumerate(labels)
    ]


def _said_to(lines: Mapping[int, Sequence[AnswerLine]], label: str, row: Party) -> str:
    said = [one for one in lines.get(row.registration.pk, ()) if one.label == label]
    return "；".join(f"{one.name}：{one.value}" if one.name else one.value for one in said)
