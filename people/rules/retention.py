"""How long data may be kept, within what the law and the service leave to a network."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal

# When the clock turns each night, as the library's day goes.
NIGHTLY = time(3, 20)


def goes_on(since: datetime, *, days: int, zone: tzinfo) -> date:
    """The day of the first night on which the clock finds that the days are over."""
    over = (since + timedelta(days=days)).astimezone(zone)
    return over.date() if over.time() < NIGHTLY else over.date() + timedelta(days=1)


def against_days(days: int, *, shortest: int, longest: int) -> Iterator[Refusal]:
    if not shortest <= days <= longest:
        yield Refusal(
            "out_of_bounds",
            _("This class of data is kept from %(shortest)s to %(longest)s days.")
            % {"shortest": shortest, "longest": longest},
            _("Please choose a number between these."),
            field="days",
        )
