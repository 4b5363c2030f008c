"""What a family has signed up for: looked up, changed, cancelled. Every grown-up of it sees the same."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refusal, Refused
from people.doors import member, members_only, network_of
from programmes.planning.queries.event import event_by_code
from programmes.planning.rules.wording import clock_words, day_words
from programmes.signup import doors
from programmes.signup.commands.changing import cancel as cancel_registration
from programmes.signup.commands.changing import change_party
from programmes.signup.commands.courses import cancel_course
from programmes.signup.commands.waiting import accept, decline
from programmes.signup.forms.sheet import Asked
from programmes.signup.models import Registration
from programmes.signup.queries.courses import course_of
from programmes.signup.queries.families import following
from programmes.signup.queries.fetching import asks_for_fetchers, fetching_of
from programmes.signup.queries.mine import Mine, mine_of, seats_in
from programmes.signup.queries.questions import answer_lines, asked_by, given_by, open_lines
from programmes.signup.queries.sheets import sheet_to_change
from programmes.signup.queries.standing import standing_of, terms_in
from programmes.signup.rules.moving import may_leave_freely
from programmes.signup.rules.registering import against_own_change
from programmes.signup.rules.windows import cancels_until
from programmes.signup.views.facts import facts
from programmes.signup.views.sheet import answers_form, party_form


@never_cache
@require_safe
@members_only
def registrations(request: HttpRequest) -> HttpResponse:
    return render(request, "signup/mine.html", {"shelves": mine_of(member(request), at=clock.now())})


@never_cache
@require_safe
@members_only
def registration(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, doors.registration_of_family(request, code))


@never_cache
@require_POST
@members_only
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """To an invitation from the waiting list: yes, or no. Whatever is too late by now is said in place."""
    mine = doors.registration_to_change(request, code)
    answered = {"accept": accept, "decline": decline}.get(request.POST.get("answer", ""))
    if answered is None:
        return _page(request, mine)
    try:
        answered(registration=mine.registration, by=member(request), at=clock.now())
    except Refused as no:
        return _page(request, doors.registration_to_change(request, code), refusals=no.refusals)
    messages.success(request, _ANSWERED[request.POST["answer"]])
    return _to(mine)


_ANSWERED = {
    "accept": pgettext_lazy("an invitation", "Your places are certain now. See you there."),
    "decline": pgettext_lazy("an invitation", "Thank you for telling us; the places go to the next family."),
}


def _page(request: HttpRequest, mine: Mine, *, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    session = mine.registration.session
    no = _against(mine)
    page = {
        **_facts(mine),
        "onto": following(mine.registration),
        "shown": event_by_code(session.code, network=network_of(request), at=clock.now()),
        "stands_in_the_way": no,
        "open": _open_words(mine) if no is None and not mine.is_for_others_too else "",
        "refused": refusals[0] if refusals else None,
        "fetching": fetching_of(mine) if asks_for_fetchers(mine) else None,
        "answers": answer_lines([mine.registration]).get(mine.registration.pk, []) if mine.was_asked else [],
    }
    return render(request, "signup/registration.html", page, status=422 if refusals else 200)


def _open_words(mine: Mine) -> str:
    """Of what nobody asked on the telephone, or another activity asks than the family came from."""
    lines = open_lines(mine.registration) if mine.was_asked and not mine.is_over else []
    return "；".join(f"{line.name} · {line.label}" if line.name else line.label for line in lines)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def change(request: HttpRequest, code: str) -> HttpResponse:
    mine = doors.registration_to_change(request, code)
    row = mine.registration
    family = sheet_to_change(row, mine.place, at=clock.now())
    held = seats_in(row)
    initial: dict[str, Any] = {
        "request_key": row.request_key,
        "children": [seat.child.code for seat in held if seat.child],
        "adults": row.adults,
    }
    data = request.POST if request.method == "POST" else None
    form = party_form(row.session, family, data, **initial)
    given = given_by(row, asked_by(terms_in(row.session)))
    asked = Asked(form, [], answers=answers_form(row.session, family, data, given=given))
    if data is not None and asked.is_valid():
        party = asked.party_with({})
        try:
            change_party(registration=row, party=party, by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            messages.success(request, _("The change is saved."))
            return _to(mine)
    page = {
        **_facts(mine),
        "family": family,
        "form": form,
        "answers": asked.answers,
        "blocked": _against(mine),
        "standing": standing_of(row.session),
        "nameless": len(held) - len(initial["children"]) - row.adults,
    }
    return render(request, "signup/change.html", page, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """A page that asks once more; a second tap says what the first did."""
    mine = doors.registration_to_change(request, code)
    refusals = [] if mine.is_cancelled else [no] if (no := _against(mine)) else []
    if request.method == "POST":
        try:
            _cancel(request, mine.registration)
        except Refused as no_longer:
            refusals = list(no_longer.refusals)
        else:
            messages.success(request, _done_words(mine))
            return _to(mine)
    page = {**_facts(mine), "blocked": refusals[0] if refusals else None}
    return render(request, "signup/cancel.html", page, status=422 if request.method == "POST" else 200)


def _done_words(mine: Mine) -> str:
    if mine.registration.is_waiting:
        return _("Your family is no longer on the waiting list.")
    return _("The registration is cancelled; the place is free for another family.")


def _cancel(request: HttpRequest, row: Registration) -> None:
    """`days`: all of the course, or this one."""
    if request.POST.get("days") == "all":
        cancel_course(registration=row, by=member(request), at=clock.now())
    else:
        cancel_registration(registration=row, by=member(request), at=clock.now())


def _facts(mine: Mine) -> dict[str, Any]:
    session = mine.registration.session
    terms = terms_in(session)
    is_free = may_leave_freely(mine.registration)
    until = cancels_until(terms, session) if terms and not is_free else session.starts_at
    return {**facts(session), "mine": mine, "until": until, "leaves_freely": is_free, "course": _course(mine)}


def _course(mine: Mine) -> list[tuple[Registration, str, str]]:
    """Its days that hold; none where this is the only one."""
    rows = [
        (row, day_words(row.session.starts_at), clock_words(row.session.starts_at, row.session.ends_at))
        for row in course_of(mine.registration)
    ]
    return rows if len(rows) > 1 or mine.is_cancelled else []


def _against(mine: Mine) -> Refusal | None:
    session = mine.registration.session
    return next(against_own_change(mine.registration, terms_in(session), at=clock.now()), None)


def _to(mine: Mine) -> HttpResponse:
    where = reverse("signup:registration", args=[mine.registration.code])
    return HttpResponse(status=303, headers={"Location": where})
