"""The one place that asks what time it is. Call it at the edge and hand the instant down as `at`."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today(zone: ZoneInfo) -> date:
    return now().astimezone(zone).date()
