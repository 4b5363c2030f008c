"""The public notice of days off in China, from the package `holidays`."""

import re
from datetime import date

from django.utils.translation import gettext as _

from venues.rules.calendar import Notice, filled

# "休息日（由 2026-10-10 调休）": off in exchange for that day.
_EXCHANGED = re.compile(r"(\d{4}-\d{2}-\d{2})")
_REMARK = re.compile(r"[（(].*?[）)]")
# New Year's Eve belongs to the Spring Festival, as the notice has it.
_SAME = {"农历除夕": "春节"}


def public_notice(year: int) -> Notice:
    """What is known of a year: after its notice has come out all of it, before that the days that the law fixes.

    It loads 45 MB, so it is called by the relay and by commands of the shell alone.
    """
    # Loaded here, because a web process would carry it for nothing.
    from holidays.countries.china import China

    known = China(years=[year], language="zh_CN")
    off = {day: known[day] for day in sorted(known)}
    names = _named(off)
    exchanged = {
        date.fromisoformat(found[1]): names[day] for day, name in off.items() if (found := _EXCHANGED.search(name))
    }
    worked = {day: _("%(name)s, worked in exchange") % {"name": name} for day, name in exchanged.items()}
    return filled(Notice(names, worked))


def _named(off: dict[date, str]) -> dict[date, str]:
    """Days off in exchange bear the name of the holiday that they lengthen: the one before, else the one after."""
    bare = {day: _REMARK.sub("", name) for day, name in off.items() if not _EXCHANGED.search(name)}
    own = {day: _SAME.get(name, name) for day, name in bare.items()}
    return {day: own.get(day) or _nearest(day, own) for day in off}


def _nearest(day: date, own: dict[date, str]) -> str:
    return own[min(own, key=lambda other: (abs((other - day).days), other > day))]
