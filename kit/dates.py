"""Days in words that are short and still say which."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import pgettext


def short_day(day: date) -> str:
    """ "5月16日": the year is left to whoever shows days of another one."""
    return date_format(day, pgettext("format of a day without its year", "j F"))
