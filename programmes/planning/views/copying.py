"""Taking over programmes of another season: chosen, looked at, then written as drafts."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.numbers import whole
from kit.refusals import Refusal, Refused
from kit.toasts import toast
from people.choices import Verb
from people.doors import member, staff_only
from people.queries.rights import rights_of
from programmes.planning import doors
from programmes.planning.commands.copying import ask_for_take_over, take_over_season
from programmes.planning.engine.copying import ProgrammeCopy, prepare
from programmes.planning.models import Programme, Season
from programmes.planning.queries import copying as queries

# Sessions that are written while the page waits; more of them are long work.
AT_ONCE = 1_000
# Lines of a programme that one can still read.
SHOWN = 40


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def take_over(request: HttpRequest, year: int) -> HttpResponse:
    """Without programmes: what there is to choose from. With them: what would become of each."""
    target = doors.season_of_year(year)
    sources = queries.sources_for(target)
    said = request.POST if request.method == "POST" else request.GET
    source = _source(sources, said.get("from", ""))
    chosen = _chosen(request, source, said.getlist("programme")) if source else []
    if request.method == "POST" and source is not None and chosen:
        return _commit(request, source, target, chosen)
    if source is None or not chosen or "all" in request.GET:
        return _choose(request, source, target, sources)
    return _preview(request, source, target, chosen)


def _source(sources: list[Season], typed: str) -> Season | None:
    if not typed:
        return sources[0] if sources else None
    found = [row for row in sources if str(row.year) == typed]
    if not found:
        raise Http404
    return found[0]


def _chosen(request: HttpRequest, source: Season, typed: Iterable[str]) -> list[Programme]:
    """Those that she may plan; of others nothing is said."""
    keys = {key for one in typed if (key := whole(one)) is not None}
    if not keys:
        return []
    rows = queries.programmes(source, rights_of(member(request)).paths(Verb.PLAN)).filter(pk__in=keys)
    return list(rows.order_by("starts_on", "ends_on", "pk"))


def _choose(request: HttpRequest, source: Season | None, target: Season, sources: list[Season]) -> HttpResponse:
    """`?all=1` ticks every programme, `?all=none` none; else those that the target has no sessions of."""
    paths = rights_of(member(request)).paths(Verb.PLAN)
    offered = queries.offered(source, target, paths) if source else []
    wish = request.GET.get("all", "")
    page = {
        "season": target,
        "source": source,
        "sources": sources,
        "offered": offered,
        "ticked": [one.programme.pk for one in offered if (wish == "1" if wish else one.is_fresh)],
        "nothing_chosen": request.method == "POST",
    }
    return render(request, "planning/seasons/take_over.html", page, status=422 if request.method == "POST" else 200)


def _preview(
    request: HttpRequest, source: Season, target: Season, chosen: list[Programme], refused: Refused | None = None
) -> HttpResponse:
    found = prepare(source, target, chosen, at=clock.now())
    page: dict[str, Any] = {
        "season": target,
        "source": source,
        "found": found,
        "parts": [_part(one) for one in found.programmes],
        "refusals": refused.refusals if refused else (),
        "back": _address(source, target, []),
    }
    return render(request, "planning/seasons/take_over_preview.html", page, status=422 if refused else 200)


def _part(one: ProgrammeCopy) -> dict[str, Any]:
    """A programme with its reasons, the commonest first, and the first lines of what is to be settled and to be seen."""
    settle, noted = one.to_settle, one.noted
    return {
        "one": one,
        "reasons": _counted(refusal for line in settle for refusal in line.reasons),
        "notes": _counted(refusal for line in noted for refusal in line.notes),
        "settle": [(line, line.reasons) for line in settle[:SHOWN]],
        "settle_more": len(settle) - SHOWN,
        "noted": [(line, line.notes) for line in noted[:SHOWN]],
        "noted_more": len(noted) - SHOWN,
    }


def _counted(refusals: Iterable[Refusal]) -> list[tuple[str, int]]:
    words = _sorts()
    counts = Counter(words.get(refusal.code, _("Another reason")) for refusal in refusals)
    return counts.most_common()


def _sorts() -> dict[str, str]:
    return {
        "no_day": _("No such weekday left in the phase"),
        "venue_shut": _("Venue closed on that day"),
        "outside_hours": _("Outside opening hours"),
        "venue_closed": _("Venue closed for good"),
        "room_closed": _("Room no longer used"),
        "room_taken": _("Room taken"),
        "in_the_past": _("Already past"),
        "outside_season": _("Outside the season"),
        "outside_programme": _("Outside the programme's days"),
        "no_safety_notice": _("Safety notice no longer used"),
        "activity_dropped": _("Dropped from the plan"),
        "on_a_holiday": _("On a day off"),
        "on_a_workday": _("On a working day in exchange"),
        "host_closed": _("Host no longer leads"),
        "host_taken": _("Host leads elsewhere"),
        "host_absent": _("Host away"),
        "host_not_appointed": _("Host not appointed then"),
        "host_hours": _("Not the host's hours"),
        "host_full_day": _("Host has enough"),
        "host_full_week": _("Host has enough"),
    }


def _commit(request: HttpRequest, source: Season, target: Season, chosen: list[Programme]) -> HttpResponse:
    if queries.count_sessions(chosen) > AT_ONCE and target.closed_at is None:
        job = ask_for_take_over(source=source, target=target, programmes=chosen, by=member(request))
        return redirect("people:job", job.code)
    try:
        taken = take_over_season(source=source, target=target, programmes=chosen, by=member(request), at=clock.now())
    except Refused as no:
        return _preview(request, source, target, chosen, no)
    text = ngettext(
        "%(count)s session is taken over as a draft, %(left)s left to be settled.",
        "%(count)s sessions are taken over as drafts, %(left)s left to be settled.",
        taken.sessions,
    )
    toast(request, text % {"count": taken.sessions, "left": taken.left})
    if not taken.left:
        return redirect("planning:season", target.year)
    return redirect(_address(source, target, chosen))


def _address(source: Season, target: Season, chosen: list[Programme]) -> str:
    query = urlencode([("from", source.year), *(("programme", row.pk) for row in chosen)])
    return f"{reverse('planning:season-take-over', args=[target.year])}?{query}"
