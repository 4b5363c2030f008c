"""What the plan says at this moment, for parts of pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from kit import clock
from networks.models import Area
from networks.models.scoping import current_network
from programmes.planning.queries.cards import Cards, faces_of, lines_of
from programmes.planning.queries.faces import DayOfFaces, by_days, colours_of
from programmes.planning.queries.finder import Aim, fitting, in_district, time_of
from programmes.planning.rules.cards import folded
from programmes.planning.rules.finding import Wish, words_of
from programmes.planning.views.narrowing import Narrowing
from venues.queries.finder import Card, find
from venues.queries.today import midnight
from venues.queries.venues import districts
from venues.rules.finding import Wish as VenueWish

# So many sessions are looked at to find the first cards; a card may stand for a hundred.
LOOKED_AT = 400


@dataclass(frozen=True)
class Times:
    """The first sessions of a thing, folded as in the lists. `has_more`: there are others after them."""

    days: list[DayOfFaces]
    has_more: bool

    @property
    def first(self) -> date | None:
        return self.days[0].day if self.days else None

    @property
    def are_all_off(self) -> bool:
        faces = [face for day in self.days for face in day.faces]
        return bool(faces) and not self.has_more and all(face.is_off for face in faces)


def coming(aim: Aim, *, most: int) -> list[DayOfFaces]:
    """What begins today or later and was not called off; an exhibition that has been on for weeks would always be first."""
    network, at = current_network(), clock.now()
    today = clock.today(network.zone)
    rows = in_district(fitting(aim, at=at), aim).filter(time_of(aim.wish, at=at, zone=network.zone))
    rows = rows.filter(called_off_at=None, starts_at__gte=midnight(today, network.zone)).order_by("starts_at", "pk")
    faces = faces_of(
        Cards(rows)[:most],
        at=at,
        colours=colours_of(aim.brands, network),
        districts=aim.areas,
        address=Narrowing("planning:events", aim).card_address,
    )
    return by_days(faces, today=today)


def times_of(rows: Any, *, colours: Mapping[int, str], most: int) -> Times:
    """`rows`: public sessions, those called off among them. Three statements, and one more where a card is for many."""
    network, at = current_network(), clock.now()
    lines = lines_of(rows.order_by("starts_at", "pk")[:LOOKED_AT])
    cards = folded(lines)
    areas = list(districts()) if cards else []
    faces = faces_of(cards[:most], at=at, colours=colours, districts=areas, address=_in_district)
    has_more = len(cards) > most or len(lines) == LOOKED_AT
    return Times(by_days(faces, today=clock.today(network.zone)), has_more)


def spaces(wish: VenueWish, *, most: int) -> list[Card]:
    """Those that are open first."""
    at = clock.now()
    return [line.card(at=at) for line in find(wish, at=at, zone=current_network().zone).lines[:most]]


def _in_district(title: str, day: date, area: Area) -> str:
    return f"{reverse('planning:events')}{Wish(words=words_of(title), day=day, district=area.pk).query()}"
