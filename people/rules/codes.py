"""Sign-in codes: what was typed, how often, how long."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kit.limits import Limit
from kit.refusals import Refusal

DIGITS = 6
TRIES = 5
LIFE = timedelta(minutes=5)
DEMO_CODE = "123456"

# Strict for one number, since each code costs money and rings a phone.
BETWEEN_CODES = Limit(1, 30)
PER_NUMBER = (BETWEEN_CODES, Limit(5, 3600), Limit(10, 86_400))
# Generous for one address: a library's Wi-Fi, or a whole carrier, is one address.
PER_ADDRESS = (Limit(200, 60), Limit(2_000, 3600))

SMS_A_DAY = 5_000
SILENT_DAYS = 180


@dataclass(frozen=True)
class CodeState:
    """What is known of the code that a browser is waiting for."""

    sent_at: datetime
    tries: int
    is_for_this_page: bool


def tidy(typed: str) -> str:
    """Full-width digits, spaces and dashes are as good as plain digits."""
    return "".join(each for each in unicodedata.normalize("NFKC", typed) if each.isdecimal())


def against_state(state: CodeState, *, at: datetime) -> Iterator[Refusal]:
    """What stands against trying a code at all; nothing typed is looked at."""
    if not state.is_for_this_page:
        yield Refusal(
            "other_tab",
            _("You asked for another code in the meantime."),
            _("Use the newest one, for the number shown here."),
            field="code",
        )
    elif state.tries >= TRIES:
        yield Refusal(
            "used_up",
            _("The code was wrong five times, so it no longer counts."),
            _("Ask for a new one."),
            field="code",
        )
    elif at - state.sent_at > LIFE:
        yield Refusal(
            "expired", _("This code was good for 5 minutes and has run out."), _("Ask for a new one."), field="code"
        )


def against_code(typed: str, *, expected: str, tries_left: int) -> Iterator[Refusal]:
    """`tries_left` after this one."""
    code = tidy(typed)
    if len(code) != DIGITS:
        yield Refusal(
            "incomplete", _("The code has 6 digits."), _("It is in the newest message from us."), field="code"
        )
    elif code != expected:
        yield Refusal(
            "wrong",
            _("This is not the code we sent."),
            ngettext_lazy("You can try %d more time.", "You can try %d more times.") % tries_left
            if tries_left
            else _("Ask for a new one."),
            field="code",
        )


def counts_as_try(typed: str) -> bool:
    """A code that is too short was not meant as an answer."""
    return len(tidy(typed)) == DIGITS


def is_silent(*, last_seen_on: date, today: date, network_rules: Mapping[str, Any]) -> bool:
    """Carriers hand a number on after 90 days or more: after so long a code alone proves nothing about the old account."""
    return today - last_seen_on > timedelta(days=silent_days(network_rules))


def silent_days(network_rules: Mapping[str, Any]) -> int:
    return _whole(network_rules.get("silent_days"), SILENT_DAYS)


def sms_a_day(network_rules: Mapping[str, Any]) -> int:
    return _whole(network_rules.get("sms_a_day"), SMS_A_DAY)


def _whole(value: Any, default: int) -> int:
    return value if type(value) is int and value > 0 else default
