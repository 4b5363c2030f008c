"""Readers find a venue: one list of all, narrowed here. A network has a hundred or two of them, not a million."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from networks.models import Area
from venues.choices import OpenState
from venues.models import Venue
from venues.queries.openness import Slot, open_now, open_slots
from venues.queries.today import Today, midnight, today_of
from venues.queries.venues import districts
from venues.rules.access import Access, access_of
from venues.rules.finding import NOW, SUNDAY, Wish
from venues.rules.words import coming_sunday, day_text, instant_text, slots_text

CHIPS = {
    OpenState.OPEN: "open",
    OpenState.ALWAYS: "open",
    OpenState.SHUT: "full",
    OpenState.PAUSED: "few",
    OpenState.GONE: "cancelled",
}
_RANK = {OpenState.OPEN: 0, OpenState.ALWAYS: 0, OpenState.SHUT: 1, OpenState.PAUSED: 2, OpenState.GONE: 3}


@dataclass(frozen=True)
class Card:
    venue: Venue
    district: str
    state: OpenState
    chip: str
    hours: str
    note: str
    access: list[Access]


@dataclass(frozen=True)
class Line:
    """A venue that was found. Its words are made when it is shown: a page shows two dozen of all."""

    venue: Venue
    area: Area | None
    today: Today
    sunday: date
    on_sunday: list[Slot] | None

    def card(self, *, at: datetime) -> Card:
        return Card(
            venue=self.venue,
            district=self.area.name if self.area else "",
            state=self.today.state,
            chip=CHIPS[self.today.state],
            hours=self._hours(at),
            note=note_text(self.today, at=at),
            access=access_of(self.venue),
        )

    def _hours(self, at: datetime) -> str:
        if self.on_sunday is None or self.sunday == timezone.localtime(at).date():
            return today_text(self.today, at=at)
        text = slots_text([(slot.opens_at, slot.closes_at) for slot in self.on_sunday], day=self.sunday)
        return _("Sunday, %(day)s: %(hours)s") % {"day": day_text(self.sunday), "hours": text}


@dataclass(frozen=True)
class Findings:
    """`districts`: with how many fit in each, wherever the reader looks now."""

    lines: list[Line]
    districts: list[tuple[Area, int]]
    district: Area | None
    kinds: set[str]
    everywhere: int
    open_now: int


def find(wish: Wish, *, at: datetime, zone: ZoneInfo) -> Findings:
    """Four statements, and one more where Sunday is asked."""
    areas = list(districts())
    rows = [(venue, _district(venue, areas)) for venue in _public()]
    fitting = [(venue, area) for venue, area in rows if wish.fits(venue, district=area.name if area else "")]
    today = today_of([venue for venue, _area in fitting], at=at, zone=zone)
    sunday = coming_sunday(at.astimezone(zone).date())
    on_sunday = _slots_on(sunday, [venue for venue, _area in fitting], zone) if wish.when == SUNDAY else {}
    timely = [(venue, area) for venue, area in fitting if _is_timely(wish, venue, today, on_sunday)]
    district = next((area for area in areas if area.pk == wish.district), None)
    shown = [(venue, area) for venue, area in timely if district is None or area == district]
    shown.sort(key=lambda pair: (_RANK[today[pair[0].pk].state], pair[1].place if pair[1] else 99, pair[0].number))
    counts = Counter(area.pk for _venue, area in timely if area)
    return Findings(
        lines=[Line(venue, area, today[venue.pk], sunday, on_sunday.get(venue.pk)) for venue, area in shown],
        districts=[(area, counts[area.pk]) for area in areas],
        district=district,
        kinds={venue.kind for venue, _area in rows},
        everywhere=len(timely),
        open_now=sum(today[venue.pk].is_open for venue, _area in shown),
    )


def venues_by_district(areas: list[Area], *, at: datetime) -> tuple[list[tuple[Area, int]], int]:
    """For a front page: these districts with how many venues readers find there, and how many of all are open now."""
    rows = _public()
    counts = Counter(area.pk for venue in rows if (area := _district(venue, areas)))
    return [(area, counts[area.pk]) for area in areas], len(open_now(rows, at))


def _public() -> list[Venue]:
    return list(Venue.objects.filter(is_public=True, closed_at=None).select_related("area").order_by("number", "name"))


def _district(venue: Venue, areas: list[Area]) -> Area | None:
    return next((area for area in areas if venue.area.path.startswith(area.path)), None)


def _slots_on(day: date, venues: list[Venue], zone: ZoneInfo) -> dict[int, list[Slot]]:
    return open_slots(venues, midnight(day, zone), midnight(day + timedelta(days=1), zone))


def _is_timely(wish: Wish, venue: Venue, today: dict[int, Today], on_sunday: dict[int, list[Slot]]) -> bool:
    if wish.when == NOW:
        return today[venue.pk].is_open
    return bool(on_sunday[venue.pk]) if wish.when == SUNDAY else True


def today_text(today: Today, *, at: datetime) -> str:
    """Today's hours, or that there are none."""
    day = timezone.localtime(at).date()
    text = slots_text([(slot.opens_at, slot.closes_at) for slot in today.slots], day=day)
    if today.state == OpenState.ALWAYS:
        return ""
    return _("Today %(hours)s") % {"hours": text} if text else _("Closed today")


def note_text(today: Today, *, at: datetime) -> str:
    """What comes next: when it closes or opens again, or why it is closed."""
    if today.closure is not None:
        return today.closure.reason if today.closure.is_public else ""
    if today.state == OpenState.SHUT and today.next_at is not None:
        return _("opens %(when)s") % {"when": instant_text(today.next_at, at=at)}
    return ""
