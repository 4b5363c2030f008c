"""What SMS cost: by day, by month and by kind."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kit import clock
from kit.refusals import Text
from notifications.queries.spending import Spent, by_day, by_kind, by_month, parts_on
from notifications.rules import spending as rules
from people.choices import Verb
from people.doors import network_of, staff_only


@never_cache
@require_safe
@staff_only(Verb.WATCH_SERVICE)
def spending(request: HttpRequest) -> HttpResponse:
    network = network_of(request)
    today, parts = clock.today(network.zone), parts_on(clock.today(network.zone))
    page = {
        "parts": parts,
        "most": rules.parts_a_day(network.rules),
        "yuan": rules.yuan(parts, rules=network.rules),
        "price": f"{rules.price(network.rules) / 1000:g}",
        "days": _rows(by_day(network, today=today), "n月j日 l"),
        "months": _rows(by_month(network, today=today), "Y年n月"),
        "kinds": _rows(by_kind(network, today=today), ""),
    }
    return render(request, "notifications/spending.html", page)


def _rows(lines: list[Spent], form: str) -> list[tuple[str, int, int, str]]:
    return [(_words(line.what, form), line.sent, line.parts, line.yuan) for line in lines]


def _words(what: Text | date, form: str) -> str:
    return date_format(what, form) if isinstance(what, date) else str(what)
