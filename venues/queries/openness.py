"""When venues are open: the week's hours, days off, and closures, worked out by the database for all venues at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from networks.models.scoping import current_network_id
from venues.models import Venue

# A working day in exchange for a day off: a venue that keeps the calendar opens as on this weekday (Friday: many
# libraries are closed on Mondays).
WORKDAY_LIKE = 4
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Slot:
    """Open from one instant until another; slots of a venue never touch."""

    opens_at: datetime
    closes_at: datetime

    def holds(self, at: datetime) -> bool:
        return self.opens_at <= at < self.closes_at


# Wall times that a change of the clocks leaves out or repeats count as standard time, as PostgreSQL reads them; a slot
# that such a change turns round is empty. The day before the first is asked too, for slots past midnight.
SLOTS = """
WITH asked AS (
    SELECT %(start)s::timestamptz AS starts_at, %(end)s::timestamptz AS ends_at, id AS network_id, time_zone AS zone
    FROM networks_network WHERE id = %(network)s
),
chosen AS (
    SELECT venue.id, venue.on_holidays, venue.closed_at, area.path
    FROM venues_venue venue JOIN networks_area area ON area.id = venue.area_id
    WHERE venue.network_id = %(network)s AND venue.id = ANY(%(venues)s)
),
days AS (
    SELECT midnight, extract(isodow FROM midnight)::int - 1 AS weekday, special.kind
    FROM asked
    CROSS JOIN generate_series(
        date_trunc('day', asked.starts_at AT TIME ZONE asked.zone) - interval '1 day',
        asked.ends_at AT TIME ZONE asked.zone,
        interval '1 day'
    ) AS midnight
    LEFT JOIN venues_calendarday special
        ON special.network_id = asked.network_id AND special.day = midnight::date AND special.removed_at IS NULL
),
week AS (
    SELECT
        chosen.id,
        (days.midnight + make_interval(mins => hours.opens_minute)) AT TIME ZONE asked.zone AS opens_at,
        (days.midnight + make_interval(mins => hours.closes_minute)) AT TIME ZONE asked.zone AS closes_at
    FROM asked CROSS JOIN chosen CROSS JOIN days
    JOIN venues_openinghours hours ON hours.venue_id = chosen.id AND hours.weekday = CASE
        WHEN days.kind IS NULL OR chosen.on_holidays = 'as_usual' THEN days.weekday
        WHEN days.kind = 'workday' THEN %(workday_like)s
        WHEN chosen.on_holidays = 'as_sunday' THEN 6
    END
),
open AS (
    SELECT id, range_agg(tstzrange(opens_at, closes_at)) AS spans FROM week WHERE opens_at < closes_at GROUP BY id
),
shut AS (
    SELECT id, range_agg(span) AS spans FROM (
        SELECT chosen.id, tstzrange(closure.starts_at, closure.ends_at) AS span
        FROM chosen
        JOIN venues_closure closure ON closure.network_id = %(network)s AND closure.withdrawn_at IS NULL
        LEFT JOIN networks_area area ON area.id = closure.area_id
        WHERE closure.venue_id = chosen.id OR starts_with(chosen.path, area.path)
        UNION ALL
        SELECT chosen.id, tstzrange(chosen.closed_at, NULL) FROM chosen WHERE chosen.closed_at IS NOT NULL
    ) AS reasons GROUP BY id
)
SELECT open.id, lower(span), upper(span)
FROM asked CROSS JOIN open LEFT JOIN shut ON shut.id = open.id
CROSS JOIN unnest(
    (open.spans - coalesce(shut.spans, '{}')) * tstzmultirange(tstzrange(asked.starts_at, asked.ends_at))
) AS span
ORDER BY 1, 2
"""


def open_slots(venues: Iterable[Venue | int], start: datetime, end: datetime) -> dict[int, list[Slot]]:
    """The slots of each venue within [start, end), cut to it, by the venue's id. One statement for all of them."""
    ids = [venue if isinstance(venue, int) else venue.pk for venue in venues]
    slots: dict[int, list[Slot]] = {venue: [] for venue in ids}
    if not ids or start >= end:
        return slots
    with connection.cursor() as cursor:
        cursor.execute(SLOTS, _asked(ids, start, end))
        for venue, opens_at, closes_at in cursor.fetchall():
            slots[venue].append(Slot(opens_at, closes_at))
    return slots


def _asked(ids: list[int], start: datetime, end: datetime) -> dict[str, Any]:
    network = current_network_id()
    if network is None:
        raise LookupError("Opening times are asked inside a network.")
    return {"venues": ids, "start": start, "end": end, "network": network, "workday_like": WORKDAY_LIKE}


def is_open(venue: Venue | int, at: datetime) -> bool:
    return bool(open_now([venue], at))


def open_now(venues: Iterable[Venue | int], at: datetime) -> set[int]:
    """The ids of those that are open at this instant."""
    return {venue for venue, slots in open_slots(venues, at, at + MOMENT).items() if slots}
