"""The ticket: whoever holds its code sees it, without signing in and without names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kit import clock, lettering
from people.doors import members_only, network_of
from people.rules.agents import is_wechat
from programmes.planning.queries.event import event_by_code
from programmes.planning.queries.feeds import entry_of
from programmes.planning.rules.feeds import calendar
from programmes.planning.rules.told import moved_word, moved_words
from programmes.signup import doors
from programmes.signup.prints.picture import Words, ticket_picture
from programmes.signup.queries.standing import terms_in
from programmes.signup.queries.tickets import Ticket, code_of_ticket
from programmes.signup.registers import ticket_parts
from programmes.signup.rules.entries import entry, party_words
from programmes.signup.rules.registering import against_own_change
from programmes.signup.rules.tickets import read_out
from programmes.signup.views.facts import facts

_DISCREET = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


def held(view: Callable[[HttpRequest, Ticket], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """The ticket that was typed, at its own address; a page that says so where there is none."""

    @wraps(view)
    def handle(request: HttpRequest, typed: str) -> HttpResponse:
        code = code_of_ticket(typed, network=network_of(request))
        if code and code != typed and request.resolver_match is not None:
            return HttpResponseRedirect(reverse(request.resolver_match.view_name, args=[code]))
        try:
            response = view(request, doors.ticket_held(request, code))
        except Http404:
            response = render(request, "signup/no_ticket.html", status=404)
        for name, value in _DISCREET.items():
            response[name] = value
        return response

    return handle


@never_cache
@require_safe
@held
def ticket(request: HttpRequest, found: Ticket) -> HttpResponse:
    session, at = found.registration.session, clock.now()
    shown = event_by_code(session.code, network=network_of(request), at=at) if found.is_coming else None
    page: dict[str, Any] = {
        **facts(session),
        "ticket": found,
        "party": party_words(found.children, found.adults),
        "groups": list(read_out(found.code)),
        "address": address_of(request, found.code),
        "parts": ticket_parts.of(request, found.registration),
        "shown": shown,
        "moved": moved_word(session),
        "moved_words": moved_words(session),
        "has_picture": found.opens_doors and lettering.can_draw(),
        "in_wechat": is_wechat(request.headers.get("User-Agent", "")),
        "may_cancel": found.mine is not None
        and found.is_coming
        and next(against_own_change(found.registration, terms_in(session), at=at), None) is None,
    }
    response = render(request, "signup/ticket.html", page)
    if found.is_coming:
        # Until then a browser may keep it for when there is no network.
        response["X-Keep-Until"] = str(int(session.ends_at.timestamp()))
    return response


@never_cache
@require_safe
@members_only
def own_ticket(request: HttpRequest, code: str) -> HttpResponse:
    """What messages in the inbox lead to, since they hold no code: on to the ticket, by whose it is."""
    response = HttpResponseRedirect(reverse("signup:ticket", args=[doors.own_ticket(request, code)]))
    for name, value in _DISCREET.items():
        response[name] = value
    return response


@never_cache
@require_safe
@held
def calendar_file(request: HttpRequest, found: Ticket) -> HttpResponse:
    network, row = network_of(request), found.registration
    of_session = entry_of(row.session.code, network=network, url=lambda code: event_address(request, code))
    if of_session is None:
        raise Http404
    own = entry(of_session, row, found.state, children=found.children, address=address_of(request, found.code))
    body = calendar([own], name=own.title, address=request.build_absolute_uri(), zone=network.zone)
    name = {"Content-Disposition": f'inline; filename="{row.code}.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=name)


@never_cache
@require_safe
@held
def picture(request: HttpRequest, found: Ticket) -> HttpResponse:
    """For the phone's album, where nothing else is kept; only of a ticket that opens a door."""
    if not found.opens_doors or not lettering.can_draw():
        raise Http404
    known = facts(found.registration.session)
    words = Words(
        when=f"{found.day} {found.clock}",
        title=found.title,
        place=found.where,
        code=" ".join("".join(group) for group in read_out(found.code)),
        party=party_words(found.children, found.adults),
        hint=_("One code for all of you. If it cannot be scanned, read out the last six characters."),
        library=network_of(request).library_name,
    )
    body = ticket_picture(words, address=address_of(request, found.code), season=known["season"])
    name = {"Content-Disposition": f'inline; filename="{found.registration.code}.png"'}
    return HttpResponse(body, content_type="image/png", headers=name)


def address_of(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("signup:ticket", args=[code]))


def event_address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("planning:event", args=[code]))
