"""Readers search the whole site. What there is to find each room knows itself: kit.readers_search."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from cms.on_now import coming
from kit import clock, limits
from kit.finder import Pill
from kit.limits import Limit
from kit.markup import NOTHING
from kit.readers_search import Found, Group, Source, readers_search
from kit.refusals import Text
from kit.searching import LONGEST, Asked, words_in
from people.doors import network_of
from programmes.planning.queries.finder import Aim, aim_at
from programmes.planning.rules.finding import WEEK, Wish

# Of a kind; where nothing holds all of the words, of what is near to them; lines of a suggestion, the last of which leads to all.
MOST, MOST_NEAR, MOST_LINES, MOST_OF_ONE = 6, 3, 8, 3
MOST_THIS_WEEK = 6
# From one address: a whole library types behind its Wi-Fi.
SUGGESTIONS = Limit(240, 60)


@dataclass(frozen=True)
class Line:
    title: SafeString
    line: Text
    address: str
    piece: SafeString = NOTHING


@dataclass(frozen=True)
class Kind:
    """`everything`: where all of it stands, if more of it was found than is shown here."""

    source: Source
    count: int
    lines: list[Line]
    everything: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Never kept for others: there are as many of it as words. Without words, and where nothing is found, it leads on."""
    typed = _typed(request)
    asked = Asked(words_in(typed), clock.now())
    groups = readers_search.find(asked, limit=MOST)
    near = [] if groups else readers_search.find(asked.nearly(), limit=MOST_NEAR)
    context = {
        "typed": typed[:LONGEST],
        "is_cut": len(typed) > LONGEST,
        "has_words": bool(asked.words),
        "is_bare": not typed,
        "count": sum(group.count for group in groups),
        "kinds": [_kind(group, asked, typed) for group in groups],
        "near": [_kind(group, asked.nearly(), "") for group in _nearest(near)],
        **({} if groups else _ways_on()),
    }
    return render(request, "cms/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """A part of a page, for whoever is still typing."""
    address = get_adapter(request).get_client_ip(request)
    limits.take_or_raise(f"suggest:{network_of(request).pk}:{address}", SUGGESTIONS)
    typed = _typed(request)
    asked = Asked(words_in(typed), clock.now())
    groups = readers_search.find(asked, limit=MOST_LINES)
    best = _mixed(groups)[: MOST_LINES - 1]
    context = {
        "lines": [(kind, Line(one.marked_title(asked), one.line, one.address)) for kind, one in best],
        "count": sum(group.count for group in groups),
        "everything": f"{reverse('cms-search')}?{urlencode({'q': typed[:LONGEST]})}",
    }
    answer = render(request, "cms/suggest.html", context)
    answer["Cache-Control"] = "private, max-age=60"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _typed(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\0", "").split())


def _kind(group: Group, asked: Asked, typed: str) -> Kind:
    lines = [Line(one.marked_title(asked), one.line, one.address, one.marked_piece(asked)) for one in group.found]
    everything = group.source.everything
    leads_on = everything is not None and typed and group.count > len(lines)
    return Kind(group.source, group.count, lines, everything(typed[:LONGEST]) if everything and leads_on else "")


def _mixed(groups: list[Group]) -> list[tuple[Text, Found]]:
    """The best of all kinds: no more than a few of one kind before the others had their turn, and each title once."""
    pairs = []
    for group in groups:
        once = {one.title: one for one in reversed(group.found)}
        ranked = [one for one in group.found if once[one.title] is one]
        pairs += [(place >= MOST_OF_ONE, one.rank, one.is_over, group, one) for place, one in enumerate(ranked)]
    pairs.sort(key=lambda pair: (*pair[:3], pair[3].source.place))
    return [(group.source.title, one) for *_order, group, one in pairs]


def _nearest(groups: list[Group]) -> list[Group]:
    """Of what holds some of the pieces, that with the most, and what comes close to it."""
    most = max((group.found[0].score for group in groups), default=0)
    close = [replace(group, found=[one for one in group.found if one.score * 2 >= most]) for group in groups]
    return [group for group in close if group.found]


def _ways_on() -> dict[str, Any]:
    aim: Aim = aim_at(Wish(when=WEEK))
    events = reverse("planning:events")
    return {
        "days": coming(aim, most=MOST_THIS_WEEK),
        "week": f"{events}{aim.wish.query()}",
        "districts": [
            Pill(f"district-{area.pk}", area.name, f"{events}{Wish(district=area.pk).query()}", "pin")
            for area in aim.areas
        ],
    }
