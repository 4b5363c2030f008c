"""Days in words that are short and still say which."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import pgettext

# Days that anybody plans for. Beyond, a time zone or a day more leaves the calendar that computers know.
FIRST_YEAR, LAST_YEAR = 2000, 2100


def is_near(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR


def short_day(day: date) -> str:
    """ "5月16日": the year is left to whoever shows days of another one."""
    return date_format(day, pgettext("format of a day without its year", "j F"))
