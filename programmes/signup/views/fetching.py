"""接送人: a family says who fetches its children."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.refusals import Refused
from people.doors import member, members_only, network_of
from people.rules import phones
from programmes.signup import doors
from programmes.signup.commands.fetching import say_who_fetches
from programmes.signup.forms.fetching import FetchForm
from programmes.signup.models import Fetcher, Terms
from programmes.signup.queries.fetching import adults_to_ask, alone_in, children_to_ask
from programmes.signup.queries.mine import Mine, seats_in
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules.fetching import against_saying, hand_over_words
from programmes.signup.steps.fetch_holdings import DAYS
from programmes.signup.views.facts import facts


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def fetch(request: HttpRequest, code: str) -> HttpResponse:
    mine = doors.registration_to_change(request, code)
    terms = terms_in(mine.registration.session)
    blocked = next(against_saying(mine.registration, terms, at=clock.now()), None)
    form = _form(request, mine, terms) if terms is not None and blocked is None else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            say_who_fetches(registration=mine.registration, said=form.said(), by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            messages.success(request, _("Saved. The staff see it when they hand the children over."))
            where = reverse("signup:registration", args=[mine.registration.code])
            return HttpResponse(status=303, headers={"Location": where})
    page = {
        **facts(mine.registration.session),
        "mine": mine,
        "form": form,
        "blocked": blocked,
        "words": hand_over_words(terms) if terms is not None and terms.hand_over else "",
        "days": DAYS,
    }
    return render(request, "signup/fetch.html", page, status=422 if request.method == "POST" else 200)


def _form(request: HttpRequest, mine: Mine, terms: Terms) -> FetchForm:
    adults = adults_to_ask(mine)
    children = children_to_ask(mine, terms)
    return FetchForm(
        request.POST if request.method == "POST" else None,
        adults=adults,
        children=[(str(child.pk), child.name) for child in children],
        rules=network_of(request).rules,
        initial=_initial(request, mine),
    )


def _initial(request: HttpRequest, mine: Mine) -> dict[str, Any]:
    """What was said before; else whoever asks is ticked."""
    rows = list(Fetcher.objects.filter(registration=mine.registration).select_related("network", "person"))
    alone = set(alone_in([mine.registration.pk]))
    initial: dict[str, Any] = {
        "adults": [str(row.person_id) for row in rows if row.person_id] if rows else [str(member(request).pk)],
        "alone": [str(seat.child_id) for seat in seats_in(mine.registration) if seat.pk in alone],
    }
    other = next((row for row in rows if row.person_id is None), None)
    if other is not None:
        initial |= {"name": other.name, "relation": other.relation, "agreed": True}
        initial["phone"] = phones.spaced(other.phone)
    return initial
