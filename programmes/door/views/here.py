"""自助签到: a family scans the code at a venue, says who is there, and is in. Only the button changes anything."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.limits import Limit
from people.doors import network_of, person_of
from people.queries.families import belongings_of
from programmes.door.choices import Way
from programmes.door.commands.checking_in import Asking, arrive
from programmes.door.forms.self_check_in import ArriveForm, TicketForm
from programmes.door.queries.arriving import AtHand, There, open_to_sign_up, parties_of, party_of_ticket
from programmes.door.queries.coming_near import coming_near
from programmes.door.queries.self_check_in import is_without_sign_up, on_here, printed_code_of, screen_showing
from programmes.door.rules.presence import Presence
from programmes.door.views.guessing import WRONG_CODES, count_wrong, wait_if_wrong
from programmes.door.views.presence import remember, there_by
from programmes.door.views.telling import told

WRONG_TICKETS = Limit(20, 600)


@never_cache
@require_safe
def from_screen(request: HttpRequest, screen: str, shown: str) -> HttpResponse:
    at = clock.now()
    wait_if_wrong(request, "codes", WRONG_CODES)
    row = screen_showing(screen, shown, network=network_of(request), at=at)
    return _exchanged(request, None if row is None else Presence(Way.SCREEN, row.pk, at))


@never_cache
@require_safe
def from_paper(request: HttpRequest, code: str) -> HttpResponse:
    wait_if_wrong(request, "codes", WRONG_CODES)
    row = printed_code_of(code, network=network_of(request))
    return _exchanged(request, None if row is None else Presence(Way.PRINTED, row.pk, clock.now()))


def _exchanged(request: HttpRequest, presence: Presence | None) -> HttpResponse:
    """What does not count, counted ever, or is of another library, is answered alike."""
    if presence is None:
        count_wrong(request, "codes", WRONG_CODES)
        return _discreet(render(request, "door/not_here.html", {"is_old": True}, status=404))
    response = redirect("door:here")
    remember(request, response, presence)
    return _discreet(response)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest) -> HttpResponse:
    there = there_by(request)
    if there is None:
        is_sent = request.method == "POST"
        return _discreet(render(request, "door/not_here.html", {"is_old": is_sent}, status=422 if is_sent else 200))
    if request.method != "POST":
        return _page(request, there, _own(request, there))
    if request.POST.get("do") == "ticket":
        return _by_ticket(request, there)
    return _arrive(request, there)


def _by_ticket(request: HttpRequest, there: There) -> HttpResponse:
    form = TicketForm(request.POST)
    party = _held(request, there, form.cleaned_data["ticket"]) if form.is_valid() else None
    if party is None:
        words = _("There is no such ticket here today. Please look at it once more, or ask the staff.")
        return _page(request, there, _own(request, there), wrong_ticket=words, status=422)
    return _page(request, there, [party], ticket=form.cleaned_data["ticket"])


def _held(request: HttpRequest, there: There, typed: str) -> AtHand | None:
    wait_if_wrong(request, "tickets", WRONG_TICKETS)
    party = party_of_ticket(typed, there, at=clock.now())
    if party is None:
        count_wrong(request, "tickets", WRONG_TICKETS)
    return party


def _arrive(request: HttpRequest, there: There) -> HttpResponse:
    form = ArriveForm(request.POST)
    if not form.is_valid():
        raise Http404
    ticket, code = form.cleaned_data["ticket"], form.cleaned_data["registration"]
    party = _chosen(_found(request, there, ticket), code)
    seats = {box.seat for box in party.boxes if box.is_free} & _numbers(request.POST.getlist("seat"))
    client_id = form.cleaned_data["client_id"]
    if not party.is_open:
        return _page(request, there, [party], ticket=ticket, status=200 if party.here else 422)
    if not seats:
        words = _("Nobody is ticked yet. Please tick who is here.")
        return _page(request, there, [party], ticket=ticket, unticked=words, status=422)
    asking = Asking(client_id, there.presence.way, person_of(request), party.at)
    arrive(registration=party.registration, seats=seats, asking=asking)
    after = _chosen(_found(request, there, ticket), code)
    return _page(request, there, [after], ticket=ticket, status=200 if after.here else 422)


def _found(request: HttpRequest, there: There, ticket: str) -> Sequence[AtHand]:
    """By the ticket that was typed, or of her families."""
    if not ticket:
        return _own(request, there)
    party = _held(request, there, ticket)
    return [party] if party is not None else []


def _own(request: HttpRequest, there: There) -> list[AtHand]:
    person = person_of(request)
    return parties_of(person, there, at=clock.now()) if person is not None else []


def _chosen(parties: Sequence[AtHand], code: str) -> AtHand:
    party = next((one for one in parties if one.registration.code == code), None)
    if party is None:
        raise Http404
    return party


def _page(
    request: HttpRequest, there: There, parties: Sequence[AtHand], *, ticket: str = "", status: int = 200, **words: str
) -> HttpResponse:
    at, person = clock.now(), person_of(request)
    is_in = next((one for one in parties if one.here), None)
    places = belongings_of(person) if person is not None and is_in is not None and not ticket else []
    offers = [] if parties else _offers(there)
    page: dict[str, Any] = {
        "venue": there.venue,
        "is_signed_in": person is not None,
        "told": [told(one) for one in parties],
        "ticket": ticket,
        "offers": [one for one in offers if person is not None or one["is_free"] or one["needs_none"]],
        "has_free": any(one["is_free"] for one in offers),
        "near": coming_near(is_in.session, places, network=there.network, at=at) if is_in is not None else [],
        "wrong_ticket": words.get("wrong_ticket", ""),
        "unticked": words.get("unticked", ""),
    }
    return _discreet(render(request, "door/here.html", page, status=status))


def _offers(there: There) -> list[dict[str, Any]]:
    """What is on here: with whether one can sign up for it still."""
    at = clock.now()
    free = {session.pk for session in open_to_sign_up(there, at=at)}
    on = on_here(there.venue, there.network.rules, at=at)
    lines = [*on.open, *([on.coming] if on.coming is not None and not on.open else [])]
    return [
        {"line": line, "is_free": line.session.pk in free, "needs_none": is_without_sign_up(line.session)}
        for line in lines
    ]


def _discreet(response: HttpResponse) -> HttpResponse:
    """Without a word on referrers: where a page sends none, its forms are taken for a stranger's."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _numbers(values: Sequence[str]) -> set[int]:
    return {int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19}
