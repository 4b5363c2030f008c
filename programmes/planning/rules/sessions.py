"""What speaks against a session: its room, its hours, its state."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.refusals import Refusal
from programmes.planning.choices import LocalField, PlaceKind
from programmes.planning.models import Activity, Session
from programmes.planning.rules.hosts import title_of
from programmes.planning.rules.inherited import FIELDS, value_of
from programmes.planning.rules.places import Where, place_words
from programmes.planning.rules.times import against_planning
from programmes.planning.rules.wording import span_words
from venues.choices import Equipment
from venues.models import Closure, Room
from venues.queries.openness import Slot

# A planner may say "anyway" to these: they are habits, hours and days, which the plan may depart from. A branch may not.
DOUBTS = frozenset(
    {
        "outside_hours",
        "venue_shut",
        "host_hours",
        "host_absent",
        "host_full_day",
        "host_full_week",
        "host_not_appointed",
        "outside_programme",
        "too_many_places",
    }
)
# What a session may say itself.
OWN_FIELDS = (*FIELDS, "notice")
# What stands behind each thing that a branch may be allowed to change.
LOCAL = {
    LocalField.TIME: frozenset({"starts_at", "ends_at"}),
    LocalField.PLACE: frozenset({"room"}),
    LocalField.HOSTS: frozenset({"hosts"}),
    LocalField.CAPACITY: frozenset({"capacity"}),
    LocalField.TEXT: frozenset({"title", "summary", "notice"}),
}
LONGEST_IN_ONE_SLOT = timedelta(hours=24)


def is_doubt(refusal: Refusal) -> bool:
    return refusal.code in DOUBTS


def room_taken(where: Where, other: Session) -> Refusal:
    """`other` comes with its activity, venue and room."""
    return Refusal(
        "room_taken",
        _("%(room)s is taken at that time: %(title)s, %(time)s.")
        % {
            "room": place_words(where),
            "title": title_of(other),
            "time": span_words(other.starts_at, other.ends_at),
        },
        _("Choose another room, or another time."),
        field="room",
    )


def room_asked_twice(where: Where, starts_at: datetime, ends_at: datetime) -> Refusal:
    return Refusal(
        "room_taken",
        _("Two of these sessions would be in %(room)s at once: %(time)s.")
        % {"room": place_words(where), "time": span_words(starts_at, ends_at)},
        _("Choose another room or another time for one of them."),
        field="room",
    )


def against_hours(
    slots: Iterable[Slot], closures: Sequence[Closure], *, where: Where, starts_at: datetime, ends_at: datetime
) -> Iterator[Refusal]:
    """`slots`: when the venue is open around that time; `closures`: those of the venue in it."""
    last = starts_at if ends_at - starts_at > LONGEST_IN_ONE_SLOT else ends_at
    if any(slot.opens_at <= starts_at < slot.closes_at and last <= slot.closes_at for slot in slots):
        return
    words = {"venue": where.venue.name if where.venue else "", "time": span_words(starts_at, ends_at)}
    hit = [one for one in closures if one.starts_at < ends_at and (one.ends_at is None or one.ends_at > starts_at)]
    if hit:
        yield Refusal(
            "venue_shut",
            _("%(venue)s is closed then: %(reason)s") % (words | {"reason": hit[0].reason}),
            field="day",
        )
    else:
        yield Refusal("outside_hours", _("%(venue)s is not open all of %(time)s.") % words, field="day")


def room_warnings(activity: Activity, room: Room, *, capacity: int | None) -> Iterator[Refusal]:
    """Worth a word, never a no. `capacity`: the places of the session."""
    needed = max(activity.room_capacity or 0, capacity or 0)
    if needed > room.capacity:
        yield Refusal(
            "room_small",
            ngettext(
                "%(room)s holds %(most)s person, %(needed)s are expected.",
                "%(room)s holds %(most)s people, %(needed)s are expected.",
                room.capacity,
            )
            % {"room": room.name, "most": room.capacity, "needed": needed},
            field="room",
        )
    missing = [one for one in activity.equipment if one not in room.equipment]
    if missing:
        labels = dict(Equipment.choices)
        yield Refusal(
            "room_lacks",
            _("%(room)s has no: %(equipment)s")
            % {"room": room.name, "equipment": "、".join(str(labels.get(one, one)) for one in missing)},
            field="room",
        )


def against_places(room: Room, places: int | None) -> Iterator[Refusal]:
    """`places`: those of the session itself; what the activity offers everywhere is only worth a warning."""
    if places is not None and places > room.capacity:
        yield Refusal(
            "too_many_places",
            ngettext(
                "%(room)s holds %(most)s person; %(places)s places are more.",
                "%(room)s holds %(most)s people; %(places)s places are more.",
                room.capacity,
            )
            % {"room": room.name, "most": room.capacity, "places": places},
            field="capacity",
        )


def against_change(session: Session, *, moves: bool, at: datetime) -> Iterator[Refusal]:
    if session.called_off_at is not None:
        yield Refusal("called_off", _("This session was called off."), _("Restore it first, then it can be changed."))
    if moves and session.ends_at <= at:
        yield Refusal("over", _("This session is over; its time and place stay as they were."))


def against_local(activity: Activity, touched: Collection[str]) -> Iterator[Refusal]:
    """What a branch may change of its own sessions is what the planner allowed."""
    allowed: set[str] = set()
    for name in activity.local_fields:
        allowed |= LOCAL.get(LocalField(name), frozenset())
    if set(touched) - allowed:
        yield Refusal(
            "not_for_branches",
            _("The planner of %(activity)s keeps this for all places alike.") % {"activity": activity.title},
            _("Ask the planner, or leave it as it is."),
        )


def against_publishing(session: Session, *, at: datetime) -> Iterator[Refusal]:
    """The session comes with activity, programme, season, venue and room."""
    yield from against_planning(session.activity)
    if session.called_off_at is not None:
        yield Refusal("called_off", _("This session was called off."), _("Restore it first."))
    if session.ends_at <= at:
        yield Refusal("over", _("This session is over; readers could not come any more."))
    if session.room is not None and session.room.closed_at is not None:
        yield Refusal("room_closed", _("%(room)s is no longer used.") % {"room": place_words(session)})
    elif session.venue is not None and session.venue.closed_at is not None:
        yield Refusal("venue_closed", _("%(venue)s is closed for good.") % {"venue": session.venue.name})
    if session.place_kind == PlaceKind.STREAM and not value_of(session, "stream_url"):
        yield Refusal(
            "no_stream", _("It is only a stream, and has no address yet."), _("Enter the address of the stream.")
        )


def called_off_already() -> list[Refusal]:
    return [Refusal("called_off_already", _("This session was called off already."))]


def against_calling_off(session: Session, *, reason: str, at: datetime) -> Iterator[Refusal]:
    if not reason.strip():
        yield Refusal("no_reason", _("Say why it is called off."), _("Readers see this line."), field="reason")
    if session.called_off_at is not None:
        yield from called_off_already()
    elif session.ends_at <= at:
        yield Refusal("over", _("This session is over; it can no longer be called off."))


def against_restoring(session: Session, *, at: datetime) -> Iterator[Refusal]:
    if session.called_off_at is None:
        yield Refusal("not_called_off", _("This session was not called off."))
    if session.ends_at <= at:
        yield Refusal("over", _("This session would be over already."))


def against_deleting(session: Session) -> Iterator[Refusal]:
    if session.published_at is not None:
        yield Refusal(
            "published",
            _("Readers have seen this session, so it is not deleted."),
            _("Call it off instead; its page then says so."),
        )


def said_before(session: Session) -> dict[str, Any]:
    """What readers had been told of time and place. The session comes with venue and room."""
    return {
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "place": place_words(session),
        "venue": session.venue_id,
        "room": session.room_id,
    }
