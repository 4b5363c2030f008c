"""Today in an area, by venue, for whoever runs its sessions; and tomorrow in short."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from programmes.planning.choices import Moment, SessionState
from programmes.planning.models import Session
from programmes.planning.queries.session_table import midnight, sessions_within
from programmes.planning.registers import event_joins
from programmes.planning.rules.inherited import value_of
from programmes.planning.rules.places import place_words
from programmes.planning.rules.states import state_of
from programmes.planning.rules.today import moment_words, moments
from programmes.planning.rules.told import moved_word
from programmes.planning.rules.wording import clock_words, day_words
from venues.models import Venue

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Card:
    """A session of today. `words` say how near it is; `facts` and `ways` come from the rooms above."""

    session: Session
    state: SessionState
    moment: Moment
    words: str
    facts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    ways: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(value_of(self.session, "title"))

    @property
    def starts(self) -> str:
        return f"{timezone.localtime(self.session.starts_at):%H:%M}"

    @property
    def ends(self) -> str:
        """Of what ends on another day, that day."""
        first, last = timezone.localtime(self.session.starts_at), timezone.localtime(self.session.ends_at)
        return f"{last:%H:%M}" if first.date() == last.date() else day_words(last)

    @property
    def place(self) -> str:
        """Beneath its venue's name only the room needs saying."""
        if self.session.venue is None:
            return place_words(self.session)
        return self.session.room.name if self.session.room else ""

    @property
    def hosts(self) -> str:
        return hosts_words(self.session)

    @property
    def moved(self) -> str:
        return moved_word(self.session)

    @property
    def may_be_told(self) -> bool:
        """Readers know of it, and it is not behind: what is called off is told, too."""
        return self.session.published_at is not None and self.moment != Moment.OVER

    @property
    def has_ways(self) -> bool:
        return self.may_be_told or self.session.room_id is not None or bool(self.ways)


@dataclass(frozen=True)
class Place:
    """A venue and its sessions of today; without one, what is on outside venues."""

    venue: Venue | None
    district: str
    sessions: list[Session]


@dataclass(frozen=True)
class PlaceToday:
    """With its cards: those that are behind lie apart."""

    place: Place
    ahead: list[Card]
    behind: list[Card]

    @property
    def venue(self) -> Venue | None:
        return self.place.venue

    @property
    def count(self) -> int:
        return sum(row.called_off_at is None for row in self.place.sessions)

    @cached_property
    def has_now(self) -> bool:
        return any(card.moment == Moment.NOW for card in self.ahead)

    @cached_property
    def next_start(self) -> str:
        return next((card.starts for card in self.ahead if card.moment == Moment.NEXT), "")


@dataclass(frozen=True)
class Line:
    """A session in one line: of tomorrow, or one that began on another day and goes on."""

    session: Session
    when: str
    state: SessionState

    @property
    def title(self) -> str:
        return str(value_of(self.session, "title"))

    @property
    def place(self) -> str:
        return place_words(self.session)


@dataclass(frozen=True)
class Today:
    """`running`: what began before today, such as an exhibition."""

    day: date
    places: list[Place]
    running: list[Line]
    tomorrow: list[Line]

    @property
    def count(self) -> int:
        return sum(row.called_off_at is None for place in self.places for row in place.sessions)

    def now_count(self, at: datetime) -> int:
        rows = [row for place in self.places for row in place.sessions if row.called_off_at is None]
        return sum(row.starts_at <= at < row.ends_at for row in rows)


def today_of(paths: Iterable[str], day: date, *, at: datetime) -> Today:
    """Two statements, whatever is on."""
    start, end = midnight(day), midnight(day + A_DAY)
    rows = list(
        sessions_within(paths)
        .select_related(*event_joins)
        .filter(starts_at__lt=end + A_DAY, ends_at__gt=start)
        .order_by("starts_at", "room__name", "pk")
    )
    today = [row for row in rows if start <= row.starts_at < end]
    running = [row for row in rows if row.starts_at < start and row.called_off_at is None]
    return Today(
        day,
        _places(today, at),
        [Line(row, day_words(row.ends_at), state_of(row, at=at)) for row in running],
        [Line(row, _clock(row), state_of(row, at=at)) for row in rows if row.starts_at >= end],
    )


def cards_of(
    place: Place,
    facts: dict[int, list[tuple[str, dict[str, Any]]]],
    ways: dict[int, list[tuple[str, dict[str, Any]]]],
    *,
    at: datetime,
) -> PlaceToday:
    """No statement."""
    known = moments(place.sessions, at=at)
    cards = [
        Card(
            row,
            state_of(row, at=at),
            known[row.pk],
            moment_words(row, known[row.pk], at=at),
            facts.get(row.pk, []),
            ways.get(row.pk, []),
        )
        for row in place.sessions
    ]
    gone = (Moment.OVER, Moment.OFF)
    return PlaceToday(
        place,
        [card for card in cards if card.moment not in gone],
        [card for card in cards if card.moment in gone],
    )


def named(places: Sequence[Place], words: str) -> list[Place]:
    """Those whose venue or district holds every word."""
    asked = words.casefold().split()
    return [one for one in places if all(word in f"{one.venue or ''} {one.district}".casefold() for word in asked)]


def hosts_words(session: Session) -> str:
    """Those who lead it now, in a session that comes with its engagements."""
    return "、".join(one.host.name for one in session.engagements.all() if one.live)


def _clock(session: Session) -> str:
    """Of what goes on for days, when it begins."""
    first, last = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    is_long = first.date() != last.date()
    return f"{first:%H:%M}" if is_long else clock_words(session.starts_at, session.ends_at)


def _places(rows: Iterable[Session], at: datetime) -> list[Place]:
    """Those with something still to see to first; by district and name, what is outside venues last."""
    found: dict[int | None, Place] = {}
    for row in rows:
        district = getattr(row, "district_name", None) or ""
        place = found.setdefault(row.venue_id, Place(row.venue, district if row.venue else "", []))
        place.sessions.append(row)

    def order(place: Place) -> tuple[bool, bool, str, str]:
        is_over = all(row.called_off_at is not None or row.ends_at <= at for row in place.sessions)
        return is_over, place.venue is None, place.district, place.venue.name if place.venue else ""

    return sorted(found.values(), key=order)
