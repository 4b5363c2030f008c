"""What is on in an area on a day: by venue and room, with opening hours, gaps and closures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from networks.models import Network
from programmes.planning.choices import SessionState
from programmes.planning.models import Engagement, Session
from programmes.planning.queries.brands import looks
from programmes.planning.queries.rollouts import in_order, rooms_of
from programmes.planning.queries.session_table import midnight
from programmes.planning.rules.states import state_of
from programmes.planning.rules.wording import clock_words
from venues.models import Closure, Room, Venue
from venues.queries.closures import closures_of
from venues.queries.openness import Slot, open_slots
from venues.queries.venues import under, venues_within
from venues.rules.words import slots_text

A_DAY = timedelta(days=1)
# Shown even where nothing is on so early or late.
FIRST_HOUR, LAST_HOUR = 8, 20
HUES = 24
# Quarters of an hour that a block needs so that its words can be read.
FOR_WORDS = 8
_SAID = (
    "code",
    "starts_at",
    "ends_at",
    "title",
    "published_at",
    "called_off_at",
    "place_name",
    "activity__title",
    "activity__programme__brand_id",
    "venue__name",
    "venue__slug",
    "room__name",
    "room__capacity",
)


@dataclass(frozen=True)
class Block:
    """A session; `hue` is a place on the colour wheel, one of `HUES`."""

    session: Session
    state: SessionState
    hue: int
    hosts: str

    @cached_property
    def address(self) -> str:
        return reverse("planning:session", args=[self.session.code])

    @property
    def title(self) -> str:
        return self.session.title or self.session.activity.title

    @cached_property
    def time(self) -> str:
        return clock_words(self.session.starts_at, self.session.ends_at)

    @property
    def place(self) -> str:
        return self.session.room.name if self.session.room else self.session.place_name


@dataclass(frozen=True)
class Band:
    """A stretch of a day in quarters of an hour from its first shown hour; `word` says what it is."""

    start: int
    length: int
    word: str = ""


@dataclass(frozen=True)
class Bar:
    """A block where it stands in its row. A short one is given room for its words: `part` of eight is its own time."""

    block: Block
    start: int
    length: int
    part: int


@dataclass(frozen=True)
class Row:
    """A room, or the venue as a whole where `room` is None."""

    room: Room | None
    bars: list[Bar]


@dataclass(frozen=True)
class VenueDay:
    venue: Venue
    rows: list[Row]
    open: list[Band]
    shut: list[Band]
    hours: str


@dataclass(frozen=True)
class Day:
    """`quiet`: venues without a session, by name. `elsewhere`: sessions outside venues."""

    day: date
    hours: list[int]
    now: int | None
    districts: list[tuple[str, list[VenueDay]]]
    quiet: list[Venue]
    elsewhere: list[Block]
    blocks: list[Block] = field(default_factory=list)

    @property
    def quarters(self) -> int:
        return len(self.hours) * 4


@dataclass(frozen=True)
class Window:
    """Which hours of the day are drawn."""

    day: date
    first: int
    last: int

    def band(self, starts_at: datetime, ends_at: datetime, word: str = "") -> Band | None:
        """Cut to what is drawn; a quarter at least."""
        start = max(0, self._quarter(starts_at))
        end = min((self.last - self.first) * 4, -(-self._minutes(ends_at) // 15))
        return Band(start, max(1, end - start), word) if end > start else None

    def _minutes(self, at: datetime) -> int:
        return int((at - midnight(self.day)).total_seconds() // 60) - self.first * 60

    def _quarter(self, at: datetime) -> int:
        return self._minutes(at) // 15


def day_of(paths: Iterable[str], day: date, *, network: Network, at: datetime, with_quiet: bool = False) -> Day:
    """Nine statements."""
    start, end = midnight(day), midnight(day + A_DAY)
    wanted = tuple(paths)
    blocks = blocks_between(wanted, start, end, network=network, at=at)
    venues = in_order(venues_within(wanted).filter(closed_at=None))
    busy = {block.session.venue_id for block in blocks}
    shown = venues if with_quiet else [venue for venue in venues if venue.pk in busy]
    window = _window(day, blocks)
    days = _venue_days(shown, blocks, window, start, end)
    return Day(
        day,
        list(range(window.first, window.last)),
        _now(window, at),
        grouped(days),
        [] if with_quiet else [venue for venue in venues if venue.pk not in busy],
        [block for block in blocks if block.session.venue_id is None],
        blocks,
    )


def blocks_between(
    paths: tuple[str, ...], start: datetime, end: datetime, *, network: Network, at: datetime
) -> list[Block]:
    """In the order of time; three statements."""
    known = looks(network)
    found = []
    for row in _rows_between(paths, start, end):
        look = known.get(row.activity.programme.brand_id or 0)
        hue = look.hue if look else network.brand_hue
        hosts = "、".join(one.host.name for one in row.engagements.all())
        found.append(Block(row, state_of(row, at=at), hue * HUES // 360, hosts))
    return found


def _rows_between(paths: tuple[str, ...], start: datetime, end: datetime) -> list[Session]:
    """Only what a block says, since there are hundreds; those that began before come last."""
    hosts = Engagement.objects.select_related("host").only("session_id", "host__name").order_by("pk")
    rows: QuerySet[Session] = (
        Session.objects.filter(under(paths), starts_at__lt=end, ends_at__gt=start)
        .select_related("activity__programme", "venue", "room")
        .only(*_SAID)
        .prefetch_related(Prefetch("engagements", hosts))
    )
    found = rows.order_by("starts_at", "venue__number", "pk")
    return sorted(found, key=lambda row: row.starts_at < start)


def grouped(days: Iterable[VenueDay]) -> list[tuple[str, list[VenueDay]]]:
    found: dict[str, list[VenueDay]] = defaultdict(list)
    for one in days:
        found[one.venue.district_name or ""].append(one)  # type: ignore[attr-defined]
    return list(found.items())


def _window(day: date, blocks: Iterable[Block]) -> Window:
    """Whole hours, wide enough for every session that begins and ends on this day."""
    spans = [
        (timezone.localtime(block.session.starts_at), timezone.localtime(block.session.ends_at)) for block in blocks
    ]
    inside = [(first, last) for first, last in spans if first.date() == last.date() == day]
    first = min([FIRST_HOUR, *(first.hour for first, _last in inside)])
    last = max([LAST_HOUR, *(last.hour + bool(last.minute) for _first, last in inside)])
    return Window(day, first, last)


def _now(window: Window, at: datetime) -> int | None:
    if timezone.localtime(at).date() != window.day:
        return None
    band = window.band(at, at + timedelta(minutes=1))
    return band.start if band else None


def _venue_days(
    venues: Sequence[Venue], blocks: Iterable[Block], window: Window, start: datetime, end: datetime
) -> list[VenueDay]:
    rooms = rooms_of(venue.pk for venue in venues)
    slots = open_slots([venue.pk for venue in venues], start, end)
    closures = closures_of(venues, start, end)
    there: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.session.venue_id is not None:
            there[block.session.venue_id].append(block)
    return [
        VenueDay(
            venue,
            _rows(rooms.get(venue.pk, []), there[venue.pk], window),
            _bands(window, slots[venue.pk]),
            _shut(window, closures[venue.pk]),
            slots_text([(slot.opens_at, slot.closes_at) for slot in slots[venue.pk]], day=window.day),
        )
        for venue in venues
    ]


def _rows(rooms: Sequence[Room], blocks: Sequence[Block], window: Window) -> list[Row]:
    """Rooms in use, those that closed meanwhile and still hold something, and the venue itself where it is used whole."""
    known: dict[int, Room] = {room.pk: room for room in rooms}
    for block in blocks:
        if block.session.room is not None:
            known.setdefault(block.session.room.pk, block.session.room)
    found = [
        Row(room, _bars([one for one in blocks if one.session.room_id == key], window)) for key, room in known.items()
    ]
    whole = [one for one in blocks if one.session.room_id is None]
    return [*found, Row(None, _bars(whole, window))] if whole or not found else found


def _bars(blocks: Iterable[Block], window: Window) -> list[Bar]:
    pairs = [(block, window.band(block.session.starts_at, block.session.ends_at)) for block in blocks]
    end = (window.last - window.first) * 4
    return [_bar(block, band, end) for block, band in pairs if band is not None]


def _bar(block: Block, band: Band, end: int) -> Bar:
    length = min(max(band.length, FOR_WORDS), end - band.start)
    return Bar(block, band.start, length, -(-band.length * 8 // length))


def _bands(window: Window, slots: Iterable[Slot]) -> list[Band]:
    found = [window.band(slot.opens_at, slot.closes_at) for slot in slots]
    return [band for band in found if band is not None]


def _shut(window: Window, closures: Iterable[Closure]) -> list[Band]:
    """Without an end: to the day's end."""
    last = midnight(window.day + A_DAY)
    found = [window.band(one.starts_at, one.ends_at or last, one.reason) for one in closures]
    return [band for band in found if band is not None]
