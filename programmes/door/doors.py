"""How a request comes to the desk. To whoever receives nobody there, a session's door is not there."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from people.doors import member, person_of
from people.models import Child, Device
from people.queries.devices import device_of
from people.queries.families import live_children
from people.queries.rights import rights_of
from programmes.planning.models import Session
from programmes.planning.queries.session_table import sessions_within
from programmes.signup.models import Registration, Seat
from programmes.signup.queries.families import registrations
from programmes.signup.queries.fetching import comers_of
from programmes.signup.queries.told import ATTENDING


def attends(request: HttpRequest) -> bool:
    """For menus."""
    person = person_of(request)
    return person is not None and any(rights_of(person).may(verb) for verb in ATTENDING)


def desk_paths(request: HttpRequest) -> tuple[str, ...]:
    """Areas whose sessions she lets families in to; 403 where none is."""
    rights = rights_of(member(request))
    paths = tuple({path for verb in ATTENDING for path in rights.paths(verb)})
    if not paths:
        raise PermissionDenied
    return paths


def session_at_door(request: HttpRequest, code: str) -> Session:
    """One that is public. Its area decides who may open its door."""
    # Nobody asks at a door who leads the session.
    rows = sessions_within(["/"]).prefetch_related(None)
    session: Session | None = rows.filter(code=code, published_at__isnull=False).first()
    if session is None or not attends_at(request, session):
        raise Http404
    return session


def attends_at(request: HttpRequest, session: Session) -> bool:
    rights = rights_of(member(request))
    return any(rights.may(verb, path=session.area.path) for verb in ATTENDING)


def registration_at_door(session: Session, code: str) -> Registration:
    row: Registration | None = registrations().filter(session=session, code=code).first()
    if row is None:
        raise Http404
    return row


def seat_at_door(session: Session, seat_id: int) -> Seat:
    rows = Seat.objects.select_related("registration").filter(session=session, ended_at=None)
    seat: Seat | None = rows.filter(pk=seat_id).first()
    if seat is None:
        raise Http404
    seat.session = session
    return seat


def fetcher_at_door(registration: Registration, *, fetcher: int | None, person: int | None) -> None:
    """Somebody who may fetch the children of this registration; anybody else is not there."""
    comers, _is_said = comers_of([registration])[registration.pk]
    if not any((one.fetcher, one.person) == (fetcher, person) for one in comers):
        raise Http404


def sibling_at_door(registration: Registration, code: str) -> Child:
    """A child of the family that stands there."""
    rows = live_children().filter(household=registration.household_id, code=code)
    child: Child | None = rows.first() if registration.household_id is not None else None
    if child is None:
        raise Http404
    return child


def device_at_hand(request: HttpRequest) -> Device | None:
    """The browser that asks, where its owner signed in on it with a code."""
    return device_of(member(request), secret=request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))
