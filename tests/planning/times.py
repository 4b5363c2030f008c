"""A fixed week to plan in: Saturday, 15 May 2027, seen from the first of that month."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2027, 5, 1, 9, 0, tzinfo=ZONE)
SATURDAY = datetime(2027, 5, 15, 10, 0, tzinfo=ZONE)
SUNDAY = SATURDAY + timedelta(days=1)
NEXT = SATURDAY + timedelta(days=7)
HOUR = timedelta(hours=1)
