"""What hangs on venues, rooms and areas: said before they close."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import ngettext

from kit import clock
from kit.refusals import Refusal
from networks.models import Area
from programmes.planning.models import Session
from programmes.planning.rules.hosts import title_of
from programmes.planning.rules.wording import span_words
from venues.models import Room, Venue
from venues.registers import Occupancy

MOST_NAMED = 6


def occupancy_of(venues: Sequence[Venue], start: datetime, end: datetime | None) -> Occupancy:
    """Sessions that fall into a time, drafts too. Two statements, however many venues."""
    rows = _planned(start).filter(venue__in=[venue.pk for venue in venues])
    if end is not None:
        rows = rows.filter(starts_at__lt=end)
    count = rows.count()
    label = ngettext("%(count)s session falls into it.", "%(count)s sessions fall into it.", count) % {"count": count}
    lines = [(_words(row), reverse("planning:session", args=[row.code])) for row in rows[:MOST_NAMED]] if count else []
    days = {"from": _day(start), **({"until": _day(end)} if end is not None else {})}
    if len(venues) == 1:
        days["venue"] = venues[0].name
    return Occupancy(count, label, lines, f"{reverse('planning:sessions')}?{urlencode(days)}")


def sessions_hanging_on_place(venue: Venue, room: Room | None, at: datetime) -> Iterator[Refusal]:
    """Why a venue cannot close for good, or a room go out of use."""
    rows = _planned(at).filter(Q(room=room) if room is not None else Q(venue=venue))
    count = rows.count()
    if not count:
        return
    place = room.name if room is not None else venue.name
    words = {"count": count, "place": place, "next": _words(rows[0])}
    yield Refusal(
        "sessions_to_come",
        ngettext(
            "%(count)s session is still planned in %(place)s: %(next)s.",
            "%(count)s sessions are still planned in %(place)s, the next of them %(next)s.",
            count,
        )
        % words,
        ngettext(
            "Move it or call it off first, on the list of sessions.",
            "Move them or call them off first, on the list of sessions.",
            count,
        ),
        link=f"{reverse('planning:sessions')}?{urlencode({'venue': venue.name})}",
    )


def sessions_hanging_on_area(area: Area) -> Iterator[Refusal]:
    """Meeting points and partners' places; sessions in venues hang on those."""
    count = _planned(clock.now()).filter(area__path__startswith=area.path, venue=None).count()
    if count:
        yield Refusal(
            "sessions_to_come",
            ngettext(
                "%(count)s session outside venues is still planned in it.",
                "%(count)s sessions outside venues are still planned in it.",
                count,
            )
            % {"count": count},
            ngettext("Move it or call it off first.", "Move them or call them off first.", count),
            link=f"{reverse('planning:sessions')}?{urlencode({'district': area.pk})}",
        )


def _planned(start: datetime) -> "QuerySet[Session]":
    rows: QuerySet[Session] = Session.objects.select_related("activity", "venue").filter(
        called_off_at=None, ends_at__gt=start
    )
    return rows.order_by("starts_at", "pk")


def _words(row: Session) -> str:
    return f"{title_of(row)} · {span_words(row.starts_at, row.ends_at)} · {row.venue.name if row.venue else row.place_name}"


def _day(instant: datetime) -> str:
    return f"{timezone.localtime(instant):%Y-%m-%d}"
