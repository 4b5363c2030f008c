"""When families are reminded of a session, and thanked for it."""

from datetime import datetime, time, timedelta

# From this hour of the evening before; who signs up later knows it well enough.
EVENING, BEDTIME = time(18), time(21)
# Thanks come by day, an hour after the end, and not when a day has gone by.
MORNING = time(9)
AFTER, AT_LATEST = timedelta(hours=1), timedelta(days=1)


def evening_before(starts_at: datetime) -> datetime:
    """`starts_at` in the library's zone."""
    return datetime.combine(starts_at.date() - timedelta(days=1), EVENING, starts_at.tzinfo)


def is_time_to_remind(now: datetime) -> bool:
    return EVENING <= now.time() < BEDTIME


def is_time_to_thank(now: datetime) -> bool:
    return MORNING <= now.time() < BEDTIME


def tomorrow(now: datetime) -> tuple[datetime, datetime]:
    """From its midnight to the next."""
    first = now.date() + timedelta(days=1)
    return (
        datetime.combine(first, time(), now.tzinfo),
        datetime.combine(first + timedelta(days=1), time(), now.tzinfo),
    )
