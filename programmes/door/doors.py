"""How a request comes to the desk. To whoever receives nobody there, a session's door is not there.

A door is kept by a person with the right, or by a joined device that is nobody's account: `keeper_of` says by whom.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from kit import clock
from people.choices import Verb
from people.doors import member, person_of
from people.models import Child, Device, Person
from people.queries.devices import device_of
from people.queries.families import live_children
from people.queries.rights import rights_of
from people.rules.names import masked
from programmes.door.choices import DeskDeviceState
from programmes.door.models import DeskDevice, DiaryPhoto, PrintedCode, Screen
from programmes.door.queries.desk_devices import desk_device_of, desk_devices_within, state_of
from programmes.door.queries.leaving import hands_over
from programmes.door.queries.self_check_in import printed_codes_within, screen_of_secret, screens_within
from programmes.door.rules.calling import ON_A_DEVICE, TO_STAFF, Manner
from programmes.door.rules.desk_devices import HEARD_FOR
from programmes.door.rules.diary import may_begin
from programmes.planning.models import Session
from programmes.planning.queries.session_table import sessions_within
from programmes.signup.doors import sight_of
from programmes.signup.models import Registration, Seat
from programmes.signup.queries.coming import Sight, registrations_to
from programmes.signup.queries.fetching import comers_of
from programmes.signup.queries.told import ATTENDING
from venues.models import Venue
from venues.queries.venues import venues_within


@dataclass(frozen=True)
class Keeper:
    """Who keeps a door: `person`, or else `desk_device`."""

    person: Person | None = None
    desk_device: DeskDevice | None = None

    @property
    def manner(self) -> Manner:
        """How people are named to it."""
        return ON_A_DEVICE if self.desk_device is not None else TO_STAFF

    @property
    def called(self) -> str:
        """As others read who let somebody in."""
        return masked(self.person.name) if self.person is not None else str(self.desk_device or "")

    @property
    def paths(self) -> tuple[str, ...]:
        """Areas whose sessions it lets families in to."""
        if self.desk_device is not None:
            return (self.desk_device.area.path,)
        if self.person is None:
            return ()
        rights = rights_of(self.person)
        return tuple({path for verb in ATTENDING for path in rights.paths(verb)})

    def keeps(self, session: Session, *, at: datetime, path: str = "") -> bool:
        """A device keeps the doors of a day on that day alone, while it is good. `path`: of the session's area, where that is at hand."""
        if not (path or session.area.path).startswith(self.paths):
            return False
        if self.desk_device is None:
            return True
        return at < self.desk_device.expires_at and _day(session.starts_at) <= _day(at) <= _day(session.ends_at)

    def kept(self, session: Session, *, at: datetime) -> bool:
        """A door at which it stood, or may have stood: a device on its days, since it joined."""
        if self.desk_device is None or not session.area.path.startswith(self.paths):
            return self.keeps(session, at=at)
        joined_at = self.desk_device.joined_at or at
        return _day(session.starts_at) <= _day(at) and _day(joined_at) <= _day(session.ends_at)


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def keeper_of(request: HttpRequest) -> Keeper | None:
    """Whoever is signed in and may; else the device, while it is good; else whoever is signed in. None: nobody at all.

    Asked once for a request.
    """
    if not hasattr(request, "_keeper"):
        request._keeper = _keeper_of(request)  # type: ignore[attr-defined]  # noqa: SLF001
    kept: Keeper | None = request._keeper  # type: ignore[attr-defined]  # noqa: SLF001
    return kept


def _keeper_of(request: HttpRequest) -> Keeper | None:
    person = person_of(request)
    if person is None or not attends(request):
        row = joined_here(request)
        if row is not None:
            return Keeper(desk_device=row) if state_of(row, at=clock.now()) == DeskDeviceState.JOINED else None
    return Keeper(person=person) if person is not None else None


def bringer_of(request: HttpRequest) -> Keeper | None:
    """The same; and a device whose time is over, but for a while, for what it answered before: it has no hand but its own."""
    kept = keeper_of(request)
    row = joined_here(request) if kept is None else None
    if row is None or row.revoked_at is not None or clock.now() >= row.expires_at + HEARD_FOR:
        return kept
    return Keeper(desk_device=row)


def joined_here(request: HttpRequest) -> DeskDevice | None:
    """The desk device that this browser is or was, whatever its state."""
    return desk_device_of(request.COOKIES.get(settings.DESK_DEVICE_COOKIE_NAME, ""))


def keeper(request: HttpRequest) -> Keeper:
    """Of a request that `keepers_only` let in."""
    found = keeper_of(request)
    if found is None:
        raise PermissionDenied
    return found


def bringer(request: HttpRequest) -> Keeper:
    """Of a request that `bringers_only` let in."""
    found = bringer_of(request)
    if found is None:
        raise PermissionDenied
    return found


def attends(request: HttpRequest) -> bool:
    """For menus."""
    person = person_of(request)
    return person is not None and any(rights_of(person).may(verb) for verb in ATTENDING)


def desk_paths(request: HttpRequest) -> tuple[str, ...]:
    """Areas whose sessions the keeper lets families in to; 403 where none is."""
    paths = keeper(request).paths
    if not paths:
        raise PermissionDenied
    return paths


def session_at_door(request: HttpRequest, code: str) -> Session:
    """One that is public. Its area decides who may open its door; a device opens those of today."""
    session = _public(code, Session.objects.select_related("activity", "area", "venue", "room"))
    if session is None or not keeper(request).keeps(session, at=clock.now()):
        raise Http404
    return session


def session_told_of(bringer: Keeper, code: str) -> Session:
    """What a device answered without a network it brings back on a later day as well."""
    session = _public(code, Session.objects.select_related("activity", "area", "venue", "room"))
    if session is None or not bringer.kept(session, at=clock.now()):
        raise Http404
    return session


def _public(code: str, rows: "QuerySet[Session]") -> Session | None:
    return rows.filter(code=code, published_at__isnull=False).first()


def session_at_way_out(request: HttpRequest, code: str) -> Session:
    """A device signs out where everybody leaves as they came; it hands no child over."""
    session = session_at_door(request, code)
    if keeper(request).desk_device is not None and hands_over(session):
        raise Http404
    return session


def session_of_staff(request: HttpRequest, code: str) -> Session:
    """The same for whoever is signed in alone: on a joined device her own rights count, and not the device's."""
    session = _public(code, sessions_within(["/"]).prefetch_related(None))
    if session is None or not attends_at(request, session):
        raise Http404
    return session


def attends_at(request: HttpRequest, session: Session) -> bool:
    """Whoever is signed in; on pages of staff."""
    rights = rights_of(member(request))
    return any(rights.may(verb, path=session.area.path) for verb in ATTENDING)


def sight_at_door(request: HttpRequest, session: Session) -> Sight:
    """A device sees no telephone; that there is something to know it is told by `Keeper.manner`."""
    if keeper(request).desk_device is not None:
        return Sight(telephones=False, needs=True)
    return sight_of(request, session)


def registration_at_door(session: Session, code: str) -> Registration:
    row: Registration | None = registrations_to(session).filter(code=code).first()
    if row is None:
        raise Http404
    row.session = session
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


def sibling_at_door(request: HttpRequest, registration: Registration, code: str) -> Child:
    """A child of the family that stands there; to whom families are not named, no such child is there."""
    rows = live_children().filter(household=registration.household_id, code=code)
    is_told = keeper(request).manner.names_families and registration.household_id is not None
    child: Child | None = rows.first() if is_told else None
    if child is None:
        raise Http404
    return child


def phone_at_hand(request: HttpRequest) -> Device | None:
    """The browser that asks, where its owner signed in on it with a code."""
    kept = keeper_of(request)
    person = kept.person if kept is not None else None
    return (
        device_of(person, secret=request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")) if person is not None else None
    )


def any_seat_at_door(session: Session, seat_id: int) -> Seat | None:
    """Also one that was given back meanwhile; None: of another session."""
    seat: Seat | None = Seat.objects.select_related("registration").filter(session=session, pk=seat_id).first()
    if seat is not None:
        seat.session = session
    return seat


# --- Devices, for whoever looks after them ---------------------------------------------------


def attending_paths(request: HttpRequest) -> tuple[str, ...]:
    """Areas whose devices she makes and revokes: a person's right alone. 403 where she has none."""
    paths = Keeper(person=member(request)).paths
    if not paths:
        raise PermissionDenied
    return paths


def desk_device_to_tend(request: HttpRequest, device_id: int) -> DeskDevice:
    row: DeskDevice | None = desk_devices_within(attending_paths(request)).filter(pk=device_id).first()
    if row is None:
        raise Http404
    return row


# --- Screens and printed codes ---------------------------------------------------------------


def venue_to_tend(request: HttpRequest, slug: str) -> Venue:
    """One at which she lets families in."""
    row: Venue | None = venues_within(attending_paths(request)).filter(slug=slug, closed_at=None).first()
    if row is None:
        raise Http404
    return row


def screen_to_tend(request: HttpRequest, screen_id: int) -> Screen:
    row: Screen | None = screens_within(attending_paths(request)).filter(pk=screen_id).first()
    if row is None:
        raise Http404
    return row


def printed_code_to_tend(request: HttpRequest, code_id: int) -> PrintedCode:
    row: PrintedCode | None = printed_codes_within(attending_paths(request)).filter(pk=code_id).first()
    if row is None:
        raise Http404
    return row


def screen_on_the_wall(secret: str) -> Screen:
    """Whoever has its address has the screen; nobody signs in on it."""
    row = screen_of_secret(secret)
    if row is None:
        raise Http404
    return row


# --- After the session ----------------------------------------------------------------------


def session_that_was(request: HttpRequest, code: str) -> Session:
    """One that took place, or takes place now: neither what is called off nor what is to come has a diary."""
    session = session_of_staff(request, code)
    if session.called_off_at is not None or not may_begin(session.starts_at, at=clock.now()):
        raise Http404
    return session


def plans_at(request: HttpRequest, session: Session) -> bool:
    return rights_of(member(request)).may(Verb.PLAN, path=session.area.path)


def session_that_was_planned(request: HttpRequest, code: str) -> Session:
    """For whoever reads what others wrote: with the right to plan there; 403 to those who only run it."""
    session = session_that_was(request, code)
    if not plans_at(request, session):
        raise PermissionDenied
    return session


def photo_of_session(session: Session, photo_id: int) -> DiaryPhoto:
    photo: DiaryPhoto | None = DiaryPhoto.objects.filter(pk=photo_id, diary__session=session).first()
    if photo is None:
        raise Http404
    return photo
