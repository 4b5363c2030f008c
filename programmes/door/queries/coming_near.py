"""What comes next near home, for a family that is in: in its district, with places free, for children of its age."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from networks.models import Network
from people.models import Child
from people.queries.families import Belonging, live_children
from programmes.planning.choices import PlaceKind
from programmes.planning.models import Brand, Session
from programmes.planning.queries.faces import DayOfFaces, by_days, colours_of, face, for_faces, public_sessions
from programmes.planning.queries.finder import district_of
from programmes.planning.rules.inherited import value_of
from programmes.signup.choices import Way, Window
from programmes.signup.models import Registration
from programmes.signup.queries.standing import standing_in
from programmes.signup.rules.party import against_age
from venues.queries.venues import districts

SHOWN = 3
# So far ahead, and of what comes first so many are looked at.
AHEAD = timedelta(days=30)
_LOOKED_AT = 60


def coming_near(session: Session, places: Sequence[Belonging], *, network: Network, at: datetime) -> list[DayOfFaces]:
    """After this session, by days. `places`: of whoever is signed in as that family; without any nothing is known of its
    children, and what is for the ages of this session is shown. Five statements at most.
    """
    areas = list(districts())
    home = next((place.household.district for place in places if place.household.district is not None), None)
    near = home or district_of(session.area.path, areas)
    rows = public_sessions().filter(
        called_off_at=None, starts_at__gt=max(at, session.ends_at), starts_at__lt=at + AHEAD
    )
    if near is not None:
        rows = rows.filter(area__path__startswith=near.path)
    homes = [place.household for place in places]
    mine = Registration.objects.filter(household__in=homes, ended_at=None).values("session")
    rows = rows.exclude(place_kind=PlaceKind.STREAM).exclude(pk__in=mine)
    children = _children(places)
    fitting = (
        one for one in for_faces(rows).order_by("starts_at", "pk")[:_LOOKED_AT] if _fits(one, session, children, at)
    )
    chosen = _first_of_each(fitting)
    if not chosen:
        return []
    colours = colours_of(Brand.objects.all(), network)
    today = at.astimezone(network.zone).date()
    return by_days([face(one, at=at, colours=colours, districts=areas) for one in chosen], today=today)


def _children(places: Sequence[Belonging]) -> list[Child]:
    """A young person's own login is about that child alone."""
    own = [place.child for place in places if place.child is not None]
    homes = [place.household for place in places if place.child is None]
    return [*own, *live_children().filter(household__in=homes)] if homes else own


def _fits(session: Session, after: Session, children: Sequence[Child], at: datetime) -> bool:
    return _takes(session, at) and _is_of_age(session, after, children)


def _takes(session: Session, at: datetime) -> bool:
    """Open to all, and one can come: by signing up now, or without."""
    standing = standing_in(session)
    if standing is None or standing.terms.is_closed:
        return False
    if standing.terms.way == Way.FREE:
        return True
    return standing.signs_up and not standing.is_full and standing.window(at) == Window.OPEN


def _is_of_age(session: Session, after: Session, children: Sequence[Child]) -> bool:
    if children:
        return any(next(against_age(child, session), None) is None for child in children)
    first, last = _ages(session)
    from_months, to_months = _ages(after)
    return first <= to_months and last >= from_months


def _ages(session: Session) -> tuple[int, int]:
    """In months; an open end is no limit."""
    first, last = value_of(session, "from_months"), value_of(session, "to_months")
    return first or 0, 10_000 if last is None else last


def _first_of_each(sessions: Iterable[Session]) -> list[Session]:
    """Not the same activity three times."""
    found: dict[int, Session] = {}
    for one in sessions:
        found.setdefault(one.activity_id, one)
        if len(found) == SHOWN:
            break
    return list(found.values())
