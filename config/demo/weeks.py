"""Weeks as venues keep them: for each weekday from Monday, its slots in minutes from midnight."""

Slot = tuple[int, int]
Week = tuple[tuple[Slot, ...], ...]


def _at(clock_time: str) -> int:
    hours, minutes = clock_time.split(":")
    return int(hours) * 60 + int(minutes)


def week(*days: str) -> Week:
    """Seven days as "9:00-12:00 13:30-17:00"; an hour above 24 is past midnight, an empty day is closed."""
    return tuple(
        tuple((_at(start), _at(end)) for start, _dash, end in (slot.partition("-") for slot in day.split()))
        for day in days
    )


LIBRARY = week(*["9:00-20:30"] * 5, *["9:00-18:00"] * 2)
CITY = week("14:00-21:00", *["9:00-21:00"] * 6)
BRANCH = week("", *["9:00-17:30"] * 6)
ROUND_THE_CLOCK = week(*["0:00-24:00"] * 7)
SCENIC = week(*["8:30-17:30"] * 7)
NIGHT = week(*["10:00-22:00"] * 4, "10:00-26:00", "10:00-26:00", "10:00-22:00")
WAITING_ROOM = week(*["8:00-12:00 13:30-17:00"] * 5, "8:00-12:00", "")

EVERY_DAY = week(*["9:00-21:00"] * 7)

# How children's reading spaces differ; dealt out in turn.
SPACES = (
    week("", *["9:00-17:00"] * 6),
    week("", *["9:30-12:00 13:30-18:00"] * 4, *["9:00-18:00"] * 2),
    week("", *["10:00-20:30"] * 6),
    week(*["9:00-21:00"] * 7),
    week("", "", *["13:00-20:00"] * 3, *["9:00-20:00"] * 2),
    week("", *["9:00-17:30"] * 5, ""),
    week("", *["9:00-11:30 14:00-17:30"] * 6),
    week(*["15:00-20:30"] * 5, *["9:00-20:30"] * 2),
    week("", *["9:00-17:00"] * 3, "9:00-20:30", *["9:00-17:00"] * 2),
)
