"""What a session can be given: rooms, venues, hosts, units, notices; and at a time, which of them are free."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from kit.refusals import Refusal
from networks.choices import AreaKind
from networks.models import Area
from programmes.planning.models import Activity, Host, PartnerUnit, SafetyNotice
from programmes.planning.queries.availability import HostTime, host_faults
from programmes.planning.queries.judging import Wish, judge
from programmes.planning.rules.places import in_room
from programmes.planning.rules.times import taken_time
from venues.models import Room, Venue
from venues.queries.venues import DISTRICTS, all_venues, under


@dataclass
class Offers:
    """`venues` come with the name of their district; `room_faults` and `host_faults` by id, once a time is known."""

    venues: list[Venue]
    rooms: list[Room]
    areas: list[Area]
    hosts: list[Host]
    partners: list[PartnerUnit]
    notices: list[SafetyNotice]
    room_faults: dict[int, list[Refusal]] = field(default_factory=dict)
    host_faults: dict[int, list[Refusal]] = field(default_factory=dict)
    is_timed: bool = False


def offers_under(paths: Iterable[str], *, hosts: Sequence[Host] = (), only: Venue | None = None) -> Offers:
    """Six statements. `hosts` who lead no longer are offered where they lead already; `only`: no other venue's rooms."""
    allowed = list(paths)
    there: Any = all_venues().filter(under(allowed), closed_at=None)
    venues = [] if only else list(there.order_by("district_place", "name"))
    rooms = Room.objects.filter(closed_at=None, venue__closed_at=None).select_related("venue__area")
    rooms = rooms.filter(venue=only) if only else rooms.filter(under(allowed, path="venue__area__path"))
    areas = Area.objects.filter(kind__in=(AreaKind.CITY, *DISTRICTS), closed_at=None)
    return Offers(
        venues,
        list(rooms.order_by("venue__name", "name")),
        list(areas.filter(under(allowed, path="path")).order_by("place", "pk")),
        list(Host.objects.filter(Q(closed_at=None) | Q(pk__in=[host.pk for host in hosts])).order_by("name", "pk")),
        list(PartnerUnit.objects.filter(closed_at=None).order_by("name")),
        list(SafetyNotice.objects.filter(closed_at=None).order_by("title", "-version")),
    )


def time_offers(
    offers: Offers, *, activity: Activity, starts_at: datetime, ends_at: datetime, session: int | None, at: datetime
) -> None:
    """Finds out which rooms and hosts are free then, and why the others are not, all at once."""
    wishes = [Wish(room.pk, activity, starts_at, ends_at, in_room(room), session=session) for room in offers.rooms]
    for key, judged in judge(wishes, at=at).items():
        found = [one for one in (*judged.refusals, *judged.doubts, *judged.warnings) if one.code in _OF_ROOMS]
        if found:
            offers.room_faults[key] = found
    takes = taken_time(activity, starts_at, ends_at)
    pairs = [HostTime(host.pk, host, starts_at, ends_at, takes=takes, session=session) for host in offers.hosts]
    offers.host_faults = host_faults(pairs)
    offers.is_timed = True


_OF_ROOMS = frozenset({"room_taken", "venue_shut", "outside_hours", "room_small", "room_lacks"})
