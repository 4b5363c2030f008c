"""What the plan says at this moment, for parts of pages."""

from kit import clock
from networks.models.scoping import current_network
from programmes.planning.queries.cards import Cards, faces_of
from programmes.planning.queries.faces import DayOfFaces, by_days, colours_of
from programmes.planning.queries.finder import Aim, fitting, in_district, in_time
from programmes.planning.views.narrowing import Narrowing
from venues.queries.finder import Card, find
from venues.queries.today import midnight
from venues.rules.finding import Wish as VenueWish


def coming(aim: Aim, *, most: int) -> list[DayOfFaces]:
    """What begins today or later and was not called off; an exhibition that has been on for weeks would always be first."""
    network, at = current_network(), clock.now()
    today = clock.today(network.zone)
    rows = in_district(in_time(fitting(aim), aim.wish, at=at, zone=network.zone), aim)
    rows = rows.filter(called_off_at=None, starts_at__gte=midnight(today, network.zone)).order_by("starts_at", "pk")
    faces = faces_of(
        Cards(rows)[:most],
        at=at,
        colours=colours_of(aim.brands, network),
        districts=aim.areas,
        address=Narrowing("planning:events", aim).card_address,
    )
    return by_days(faces, today=today)


def spaces(wish: VenueWish, *, most: int) -> list[Card]:
    """Those that are open first."""
    at = clock.now()
    return [line.card(at=at) for line in find(wish, at=at, zone=current_network().zone).lines[:most]]
