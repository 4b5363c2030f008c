"""What SMS cost, and how many may go out in a day. For those who answer for the bill; readers see no prices."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from notifications.choices import SMS_PARTS_A_DAY, SMS_PRICE

MORNING = time(8)


def price(rules: Mapping[str, Any]) -> int:
    """Of one part, in thousandths of a yuan."""
    return _whole(rules.get("sms_price"), SMS_PRICE)


def parts_a_day(rules: Mapping[str, Any]) -> int:
    return _whole(rules.get("sms_parts_a_day"), SMS_PARTS_A_DAY)


def yuan(parts: int, *, rules: Mapping[str, Any]) -> str:
    return f"{parts * price(rules) / 1000:,.2f}"


def next_morning(at: datetime) -> datetime:
    """`at` in the library's zone."""
    return datetime.combine(at.date() + timedelta(days=1), MORNING, at.tzinfo)


def _whole(value: Any, default: int) -> int:
    return value if type(value) is int and value >= 0 else default
