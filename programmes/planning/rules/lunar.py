"""The lunar calendar from 2020 to 2060, as a small table: no package that knows it may be loaded by a web process.

Each number says, from its high bits down: the length of the leap month (1: thirty days), then of the twelve months, and
in its last digit which month the leap month follows (0: none). The table is the one that almanacs print, after
GB/T 33661-2017; a test holds its festivals against those of the package `holidays`.
"""

from datetime import date, timedelta

FIRST_YEAR = 2020
_FIRST_DAY = date(2020, 1, 25)
_MONTHS = (
    0x07954, 0x06AA0, 0x0AD50, 0x05B52, 0x04B60, 0x0A6E6, 0x0A4E0, 0x0D260, 0x0EA65, 0x0D530,
    0x05AA0, 0x076A3, 0x096D0, 0x04AFB, 0x04AD0, 0x0A4D0, 0x1D0B6, 0x0D250, 0x0D520, 0x0DD45,
    0x0B5A0, 0x056D0, 0x055B2, 0x049B0, 0x0A577, 0x0A4B0, 0x0AA50, 0x1B255, 0x06D20, 0x0ADA0,
    0x14B63, 0x09370, 0x049F8, 0x04970, 0x064B0, 0x168A6, 0x0EA50, 0x06B20, 0x1A6C4, 0x0AAE0,
    0x092E0,
)  # fmt: skip
LAST_YEAR = FIRST_YEAR + len(_MONTHS) - 1


def day_of(year: int, month: int, day: int) -> date | None:
    """A date of the lunar year that begins in `year`, never of a leap month. Day 30 of a short month is its last."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    first = new_year(year)
    lengths = _lengths(year)
    place = next(number for number, (name, is_leap, _days) in enumerate(lengths) if name == month and not is_leap)
    before = sum(days for _name, _leap, days in lengths[:place])
    return first + timedelta(days=before + min(day, lengths[place][2]) - 1)


def new_year(year: int) -> date:
    passed = sum(days for one in range(FIRST_YEAR, year) for _name, _leap, days in _lengths(one))
    return _FIRST_DAY + timedelta(days=passed)


def _lengths(year: int) -> list[tuple[int, bool, int]]:
    """Month, whether it is the leap month, and its days; in their order."""
    word = _MONTHS[year - FIRST_YEAR]
    found = []
    for month in range(1, 13):
        found.append((month, False, 30 if word & (0x10000 >> month) else 29))
        if word & 0xF == month:
            found.append((month, True, 30 if word & 0x10000 else 29))
    return found
