"""Days of note that every library system begins with. Seeding again adds what is new, and leaves what staff did."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kit.command import step
from programmes.planning.choices import ObservanceRule, ObservanceSort
from programmes.planning.models import Observance
from programmes.planning.rules import lunar
from programmes.planning.rules.observances import Days
from venues.choices import Weekday

SATURDAY, SUNDAY = 5, 6


@step
def enter_observances(*, today: date) -> int:
    """How many were new. A row that staff removed still has its seed, so it does not come back."""
    school_year = today.year if today.month >= 9 else today.year - 1
    wanted = [*_days(), *_school_year(school_year), *_school_year(school_year + 1)]
    there = set(Observance.objects.exclude(seed="").values_list("seed", flat=True))
    fresh = [Observance(**values) for values in wanted if values["seed"] not in there]
    Observance.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _days() -> list[dict[str, Any]]:
    return [
        _fixed("children_book", _("International Children's Book Day"), 4, 2, advice=_("Andersen's birthday.")),
        _week(
            "reading_week",
            _("National Reading Week"),
            4,
            3,
            advice=_("The fourth week of April. Please check the dates announced each year."),
        ),
        _fixed("book_day", _("World Book Day"), 4, 23, advice=_("The year's largest day of reading: begin early.")),
        _week(
            "library_week",
            _("Library Service Week"),
            5,
            4,
            advice=_("The last week of May. Please check the dates that the library society announces."),
        ),
        _fixed("childrens_day", _("Children's Day"), 6, 1, advice=_("Families have time; children choose.")),
        _fixed("teachers_day", _("Teachers' Day"), 9, 10, lead=30),
        _fixed(
            "white_cane", _("White Cane Day"), 10, 15, advice=_("Books in Braille and large print, films told aloud.")
        ),
        _fixed("constitution_day", _("Constitution Day"), 12, 4, lead=30),
        _lunar("lanterns", _("Lantern Festival"), 1, 15),
        _lunar("dragon_boat", _("Dragon Boat Festival"), 5, 5),
        _lunar("mid_autumn", _("Mid-Autumn Festival"), 8, 15),
        _lunar("double_ninth", _("Double Ninth Festival"), 9, 9, advice=_("Grandparents read with grandchildren.")),
    ]


def _fixed(seed: str, name: str, month: int, day: int, *, advice: str = "", lead: int = 60) -> dict[str, Any]:
    rule = {"rule": ObservanceRule.FIXED, "month": month, "day": day}
    return {"seed": seed, "name": name, "advice": advice, "lead_days": lead, **rule}


def _lunar(seed: str, name: str, month: int, day: int, *, advice: str = "") -> dict[str, Any]:
    rule = {"rule": ObservanceRule.LUNAR, "month": month, "day": day}
    return {"seed": seed, "name": name, "advice": advice, "lead_days": 45, **rule}


def _week(seed: str, name: str, month: int, nth: int, *, advice: str) -> dict[str, Any]:
    """From a Monday on. April's fourth week, counted with the days before its first Monday, begins on its third; the
    last week that May has in full, or nearly, on its fourth."""
    rule = {"rule": ObservanceRule.WEEKDAY, "month": month, "weekday": Weekday.MONDAY, "nth": nth, "length": 7}
    return {"seed": seed, "name": name, "advice": advice, "lead_days": 60, **rule}


def _school_year(year: int) -> list[dict[str, Any]]:
    """Two terms and two holidays, about as most cities have them: the winter holidays lie around the Spring Festival."""
    if year >= lunar.LAST_YEAR:
        return []
    spring_festival = lunar.new_year(year + 1)
    winter = _on_or_before(spring_festival - timedelta(days=8), SATURDAY)
    winter_ends = _on_or_after(spring_festival + timedelta(days=13), SUNDAY)
    summer = _on_or_after(date(year + 1, 7, 1), SATURDAY)
    day = timedelta(days=1)
    named = {"year": year, "next": year + 1}
    term, holiday = ObservanceSort.TERM, ObservanceSort.SCHOOL_HOLIDAY
    return [
        _dated(f"autumn_{year}", _("Autumn term %(year)s") % named, term, Days(date(year, 9, 1), winter - day)),
        _dated(f"winter_{year}", _("Winter holidays %(next)s") % named, holiday, Days(winter, winter_ends)),
        _dated(f"spring_{year}", _("Spring term %(next)s") % named, term, Days(winter_ends + day, summer - day)),
        _dated(f"summer_{year}", _("Summer holidays %(next)s") % named, holiday, Days(summer, date(year + 1, 8, 31))),
    ]


def _dated(seed: str, name: str, sort: ObservanceSort, days: Days) -> dict[str, Any]:
    return {
        "seed": seed,
        "name": name,
        "sort": sort,
        "rule": ObservanceRule.DATED,
        "starts_on": days.first,
        "ends_on": days.last,
        "length": 1,
        "lead_days": 30,
        "advice": _("Estimated. Please enter the dates that the education bureau has announced."),
    }


def _on_or_before(day: date, weekday: int) -> date:
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _on_or_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)
