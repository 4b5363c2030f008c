"""A week or a month of which one day lies open: which day, and what is on then."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from networks.models import Network
from programmes.planning.models import Session
from programmes.planning.queries.cards import faces_of, lines_of
from programmes.planning.queries.faces import colours_of
from programmes.planning.queries.finder import new_first, on_days
from programmes.planning.queries.month import Square
from programmes.planning.rules.cards import folded
from programmes.planning.rules.told import near_words
from programmes.planning.views.narrowing import Narrowing

# So many of a day are shown below its week or month; all of them have a list of their own.
MOST = 30


def chosen(day: date | None, squares: Sequence[Square], *, today: date) -> Square:
    """The day that was asked for, else today, else the first on which there is something."""
    known = {square.day: square for square in squares if not square.is_other}
    if found := known.get(day or today) or known.get(today):
        return found
    return next((square for square in known.values() if square.count), next(iter(known.values())))


def lead(squares: Iterable[Square], narrowing: Narrowing) -> None:
    for square in squares:
        square.href = narrowing.href(day=square.day)


def below(
    rows: "QuerySet[Session]", square: Square, narrowing: Narrowing, *, network: Network, at: datetime
) -> dict[str, Any]:
    """For `planning/public/_open_day.html`; `rows`: those of which some are on that day."""
    zone: ZoneInfo = network.zone
    aim, of_day = narrowing.aim, rows.filter(on_days(square.day, square.day, zone=zone))
    cards = folded(lines_of(new_first(of_day, square.day, zone)))
    faces = faces_of(
        cards[:MOST],
        at=at,
        colours=colours_of(aim.brands, network),
        districts=aim.areas,
        address=narrowing.card_address,
    )
    return {
        "open_day": square,
        "near": near_words(square.day, at.astimezone(zone).date()),
        "faces": faces,
        "has_more": len(cards) > MOST,
        "all_of_day": Narrowing("planning:events", aim).href(day=square.day),
    }


def tabs(narrowing: Narrowing, current: str, *, day: date | None, today: date) -> dict[str, Any]:
    """From one way to look at sessions to another, with all that is chosen but the time. `day`: what is looked at, if that is
    one day.
    """

    def page(url_name: str, *kept: tuple[str, str], **time: date) -> str:
        aim = replace(narrowing.aim, wish=narrowing.wish.timeless)
        return Narrowing(url_name, aim, kept).href(**time)

    month = ("m", f"{day:%Y-%m}") if day else None
    return {
        "current": current,
        "pages": {
            "day": page("planning:events", day=day or today),
            "week": page("planning:week", day=day) if day else page("planning:week"),
            "month": page("planning:month", month) if month else page("planning:month"),
            "list": page("planning:events"),
            "past": page("planning:past"),
        },
    }
