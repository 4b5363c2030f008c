"""签到台: the sessions of today, and the door of one of them. Each answer is a card; without JavaScript a page with it."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from people.doors import network_of
from people.rules.agents import is_wechat
from programmes.door import doors
from programmes.door.choices import Way
from programmes.door.commands.checking_in import (
    Asking,
    add,
    add_nameless,
    check_in,
    take_back,
    tick,
    untick,
)
from programmes.door.forms.asking import AddForm, AskForm, TickForm
from programmes.door.queries.counting import counted_in, with_counts
from programmes.door.queries.desk import line_of, sessions_of_today
from programmes.door.queries.disputes import disputes_of
from programmes.door.queries.finding import Found, found_by, found_in
from programmes.door.queries.leaving import hands_over
from programmes.door.queries.parties import AtDoor, parties_at, with_digits, with_words
from programmes.door.rules.codes import digits_in
from programmes.door.views.app import answers
from programmes.door.views.camera import code_reader
from programmes.door.views.cards import Card, card_of, card_of_party
from programmes.door.views.keepers import keepers_only, show
from programmes.door.views.wechat import scanner_for, with_script_of
from programmes.planning.models import Session
from programmes.signup.commands.readings import open_list

Answering = Callable[..., Card | None]


@never_cache
@require_safe
@keepers_only
def desk(request: HttpRequest) -> HttpResponse:
    rules, at, keeper = network_of(request).rules, clock.now(), doors.keeper(request)
    lines = with_counts(sessions_of_today(doors.desk_paths(request), rules, at=at))
    lines = [line for line in lines if keeper.keeps(line.session, at=at)]
    # What is over stands below what is to come.
    lines.sort(key=lambda line: line.is_over or line.is_off)
    return show(request, "door/desk.html", {"lines": lines})


@never_cache
@require_safe
@keepers_only
def door(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, doors.session_at_door(request, code))


def answering(view: Answering) -> Callable[..., HttpResponse]:
    """The card alone to a page that puts it in its place, else the page with it."""

    @never_cache
    @require_POST
    @keepers_only
    @wraps(view)
    def handle(request: HttpRequest, code: str, **found: Any) -> HttpResponse:
        session = doors.session_at_door(request, code)
        card = view(request, session, **found)
        if card is None:
            return HttpResponseBadRequest()
        if not request.headers.get("X-Card"):
            return _page(request, session, card)
        line = line_of(session, network_of(request).rules, at=clock.now())
        page = {"card": card, "line": line, "session": session, "client_id": uuid4()}
        return show(request, "door/_answer.html", page)

    return handle


@answering
def ask(request: HttpRequest, session: Session) -> Card | None:
    form = AskForm(request.POST)
    if not form.is_valid():
        return None
    chosen, read = form.cleaned_data["registration"], form.cleaned_data["code"]
    found = found_in(session, chosen) if chosen else found_by(read, session, network=network_of(request))
    way = Way(form.cleaned_data["way"] or (Way.NAME if chosen else Way.TYPED))
    return _checked_in(request, session, found, form.cleaned_data["client_id"], way)


def _checked_in(request: HttpRequest, session: Session, found: Found, client_id: Any, way: Way) -> Card:
    answer = check_in(session=session, found=found, asking=_asking(request, client_id, way))
    return card_of(request, session, answer, mistaken=found.mistaken)


@answering
def tick_seat(request: HttpRequest, session: Session, seat_id: int) -> Card | None:
    form, seat = TickForm(request.POST), doors.seat_at_door(session, seat_id)
    if not form.is_valid():
        return None
    answer = tick(seat=seat, asking=_asking(request, form.cleaned_data["client_id"], Way.LIST))
    return card_of(request, session, answer, is_quiet=True)


@answering
def untick_seat(request: HttpRequest, session: Session, seat_id: int) -> Card | None:
    seat = doors.seat_at_door(session, seat_id)
    keeper = doors.keeper(request)
    untick(seat=seat, by=keeper.person, desk_device=keeper.desk_device, at=clock.now())
    return card_of_party(request, session, doors.registration_at_door(session, seat.registration.code))


@answering
def party(request: HttpRequest, session: Session, registration: str) -> Card | None:
    """As it stands now, with all that can be done for it."""
    return card_of_party(request, session, doors.registration_at_door(session, registration))


@answering
def add_one(request: HttpRequest, session: Session, registration: str) -> Card | None:
    form, row = AddForm(request.POST), doors.registration_at_door(session, registration)
    if not form.is_valid():
        return None
    code = form.cleaned_data["child"]
    child = doors.sibling_at_door(request, row, code) if code else None
    asking = _asking(request, form.cleaned_data["client_id"], Way.LIST)
    try:
        if form.cleaned_data["nameless"]:
            add_nameless(registration=row, asking=asking)
        else:
            add(registration=row, child=child, asking=asking)
    except Refused as no:
        return card_of_party(request, session, row, refused=no)
    return card_of_party(request, session, doors.registration_at_door(session, registration))


@answering
def take_back_one(request: HttpRequest, session: Session, seat_id: int) -> Card | None:
    form, seat = TickForm(request.POST), doors.seat_at_door(session, seat_id)
    if not form.is_valid():
        return None
    row = seat.registration
    try:
        take_back(seat=seat, asking=_asking(request, form.cleaned_data["client_id"], Way.LIST))
    except Refused as no:
        return card_of_party(request, session, doors.registration_at_door(session, row.code), refused=no)
    return card_of_party(request, session, doors.registration_at_door(session, row.code))


def _asking(request: HttpRequest, client_id: Any, way: Way) -> Asking:
    keeper = doors.keeper(request)
    return Asking(client_id, way, keeper.person, clock.now(), doors.phone_at_hand(request), keeper.desk_device)


def _page(request: HttpRequest, session: Session, card: Card | None = None) -> HttpResponse:
    """Whoever opens it reads children's names, and leaves a line for each."""
    sight, at, keeper = doors.sight_at_door(request, session), clock.now(), doors.keeper(request)
    parties = parties_at(session, sight=sight, manner=keeper.manner)
    children = [guest.child for one in parties for guest in one.party.guests if guest.child is not None]
    if children and keeper.person is not None:
        open_list(session=session, children=children, by=keeper.person, at=at)
    asked = request.GET.get("q", "").strip()[:40]
    line = line_of(session, network_of(request).rules, at=at)
    page: dict[str, Any] = {
        "session": session,
        "line": replace(line, counted=counted_in(session)),
        "card": card,
        "asked": asked,
        "way": Way.TELEPHONE if digits_in(asked) else Way.NAME,
        "parties": _found(parties, asked),
        "sees_telephones": sight.telephones,
        "reader": code_reader(),
        "in_wechat": is_wechat(request.headers.get("User-Agent", "")),
        "client_id": uuid4(),
        "wechat": scanner_for(request),
        "answers": answers(),
        "disputes": disputes_of(session) if keeper.person is not None else [],
        "signs_out": keeper.person is not None or not hands_over(session),
    }
    return with_script_of(page["wechat"], show(request, "door/door.html", page))


def _found(parties: list[AtDoor], asked: str) -> list[AtDoor]:
    """Who is not here yet comes first."""
    digits = digits_in(asked)
    rows = with_digits(parties, digits) if digits else with_words(parties, asked)
    return sorted(rows, key=lambda one: one.here > 0)
