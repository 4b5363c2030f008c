"""Where a session is: what each kind of place needs, and how it is said."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.refusals import Refusal
from networks.models import Area
from programmes.planning.choices import PlaceKind
from programmes.planning.models import PartnerUnit, SafetyNotice, Session
from venues.models import Room, Venue


@dataclass(frozen=True)
class Where:
    """The place of a session; `area` is the venue's leaf where there is a venue."""

    kind: PlaceKind
    area: Area
    venue: Venue | None = None
    room: Room | None = None
    place_name: str = ""
    address: str = ""
    route: str = ""
    partner: PartnerUnit | None = None
    safety_notice: SafetyNotice | None = None


# Fields of Session by which its place is told apart.
PLACE_FIELDS = (
    "place_kind",
    "area",
    "venue",
    "room",
    "place_name",
    "address",
    "route",
    "partner",
    "safety_notice",
)


def in_room(room: Room) -> Where:
    """The room comes with its venue, and that with its area."""
    return Where(PlaceKind.ROOM, room.venue.area, venue=room.venue, room=room)


def where_is(session: Session) -> Where:
    """The session comes with area, venue, room, partner and notice."""
    return Where(
        PlaceKind(session.place_kind),
        session.area,
        venue=session.venue,
        room=session.room,
        place_name=session.place_name,
        address=session.address,
        route=session.route,
        partner=session.partner,
        safety_notice=session.safety_notice,
    )


def place_words(session: Session | Where) -> str:
    """The session comes with venue and room."""
    if session.venue is not None:
        return f"{session.venue.name} · {session.room.name}" if session.room is not None else session.venue.name
    kind = session.kind if isinstance(session, Where) else session.place_kind
    return online_words() if kind == PlaceKind.STREAM else session.place_name


def online_words() -> str:
    """Where there is no place to go to."""
    return pgettext("where a session is", "online")


def against_place(where: Where) -> Iterator[Refusal]:
    """What would make no place of it; the database keeps the same."""
    if where.kind in {PlaceKind.ROOM, PlaceKind.VENUE} and where.venue is None:
        yield Refusal("no_venue", _("Choose the venue."), field="venue")
    if where.kind == PlaceKind.ROOM and where.room is None:
        yield Refusal("no_room", _("Choose the room."), field="room")
    if where.kind in {PlaceKind.MEETING_POINT, PlaceKind.PARTNER} and not where.place_name.strip():
        yield Refusal("no_place_name", _("Say what the place is called."), field="place_name")
    if where.kind == PlaceKind.MEETING_POINT and where.safety_notice is None:
        yield Refusal(
            "no_safety_notice",
            _("Whoever meets outside accepts a safety notice."),
            _("Choose which one."),
            field="safety_notice",
        )
    yield from _against_closed(where)


def _against_closed(where: Where) -> Iterator[Refusal]:
    if where.venue is not None and where.venue.closed_at is not None:
        yield Refusal(
            "venue_closed",
            _("%(venue)s is closed for good.") % {"venue": where.venue.name},
            _("Choose another venue."),
            field="venue",
        )
    elif where.room is not None and where.room.closed_at is not None:
        yield Refusal(
            "room_closed",
            _("%(room)s of %(venue)s is no longer used.")
            % {"room": where.room.name, "venue": where.venue.name if where.venue else ""},
            _("Choose another room."),
            field="room",
        )
