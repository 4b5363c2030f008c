"""What is over stays to be found: by the months in which it began."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from programmes.planning.queries.finder import ONE_DAY, Aim, fitting, in_district
from programmes.planning.rules.finding import month_end
from venues.queries.today import midnight


@dataclass(frozen=True)
class Month:
    first: date
    count: int


def over(at: datetime) -> Q:
    return Q(ends_at__lte=at)


def begun_in(first: date, *, zone: ZoneInfo) -> Q:
    return Q(starts_at__gte=midnight(first, zone), starts_at__lt=midnight(month_end(first) + ONE_DAY, zone))


def months_of(aim: Aim, *, at: datetime, zone: ZoneInfo) -> list[Month]:
    """Those in which something began that is over, the newest first. One statement."""
    rows = in_district(fitting(aim, at=at), aim).filter(over(at)).order_by()
    months = rows.values(first=TruncMonth("starts_at", tzinfo=zone)).annotate(count=Count("pk"))
    return sorted((Month(row["first"].date(), row["count"]) for row in months), key=lambda one: one.first, reverse=True)
