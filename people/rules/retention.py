"""How long data may be kept, within what the law and the service leave to a network."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal


def against_days(days: int, *, shortest: int, longest: int) -> Iterator[Refusal]:
    if not shortest <= days <= longest:
        yield Refusal(
            "out_of_bounds",
            _("This class of data is kept from %(shortest)s to %(longest)s days.")
            % {"shortest": shortest, "longest": longest},
            _("Please choose a number between these."),
            field="days",
        )
