"""What a venue's next session can be, and what it will most likely be: the last one once more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from programmes.planning.models import Activity, Engagement, Host, ProgrammeVenue, Session
from programmes.planning.rules.quick import may_take_place
from venues.models import Room, Venue
from venues.queries.venues import venues_within

A_WEEK = timedelta(days=7)
# Weeks ahead in which a free one is looked for.
WEEKS = 12


@dataclass(frozen=True)
class QuickOffers:
    """`here`: activities that took place in this venue; `others`: those that may. Hosts who led here stand apart."""

    venue: Venue
    rooms: list[Room]
    here: list[Activity]
    others: list[Activity]
    hosts_here: list[Host]
    hosts: list[Host]

    @property
    def activities(self) -> list[Activity]:
        return [*self.here, *self.others]


def venues_to_add_to(paths: Iterable[str]) -> list[Venue]:
    """Those with a room, by district and name."""
    rooms = Room.objects.filter(venue=OuterRef("pk"), closed_at=None)
    rows: Any = venues_within(paths).filter(Exists(rooms), closed_at=None)
    return list(rows.order_by("district_place", "name"))


def quick_offers(venue: Venue, *, planned: Iterable[str], at: datetime) -> QuickOffers:
    """Four statements. `planned`: where the asker plans programmes herself."""
    here = Session.objects.filter(activity=OuterRef("pk"), venue=venue, called_off_at=None)
    home = ProgrammeVenue.objects.filter(programme=OuterRef("programme"), venue=venue)
    rows = (
        Activity.objects.select_related("programme__season", "programme__area")
        .filter(dropped_at=None, programme__dropped_at=None, programme__season__closed_at=None)
        .filter(programme__season__ends_on__gte=timezone.localtime(at).date())
        .annotate(was_here=Exists(here), is_home=Exists(home))
        .order_by("title", "programme__season__year", "pk")
    )
    paths = tuple(planned)
    found = [one for one in rows if one.was_here or may_take_place(one, venue, is_home=one.is_home, planned=paths)]
    led = Engagement.objects.filter(host=OuterRef("pk"), session__venue=venue, live=True)
    hosts = list(Host.objects.filter(closed_at=None).annotate(was_here=Exists(led)).order_by("name", "pk"))
    return QuickOffers(
        venue,
        list(Room.objects.select_related("venue__area").filter(venue=venue, closed_at=None).order_by("name", "pk")),
        [one for one in found if one.was_here],
        [one for one in found if not one.was_here],
        [one for one in hosts if one.was_here],
        [one for one in hosts if not one.was_here],
    )


def last_session(offers: QuickOffers, *, at: datetime) -> Session | None:
    """The newest that has begun, else the first to come, of what can take place there again."""
    hosts = Engagement.objects.select_related("host").order_by("pk")
    rows = (
        Session.objects.filter(venue=offers.venue, activity__in=offers.activities, called_off_at=None)
        .exclude(room=None)
        .select_related("activity")
        .prefetch_related(Prefetch("engagements", hosts))
    )
    return (
        rows.filter(starts_at__lte=at).order_by("-starts_at", "pk").first()
        or rows.filter(starts_at__gt=at).order_by("starts_at", "pk").first()
    )


def free_week(session: Session, *, at: datetime) -> datetime:
    """The same hour some weeks later: the next one to come in which its room is not taken. One statement."""
    start, length = session.starts_at + A_WEEK, session.ends_at - session.starts_at
    while start <= at:
        start += A_WEEK
    taken = list(
        Session.objects.filter(
            room=session.room_id, called_off_at=None, starts_at__lt=start + WEEKS * A_WEEK, ends_at__gt=start
        ).values_list("starts_at", "ends_at")
    )
    weeks = (start + A_WEEK * number for number in range(WEEKS))
    free = (one for one in weeks if not any(first < one + length and one < last for first, last in taken))
    return next(free, start)
