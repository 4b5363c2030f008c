"""How many SMS went out, by day, month and kind."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from kit.refusals import Text
from networks.models import Network
from notifications.choices import Channel, Need
from notifications.models import Delivery, SmsCount
from notifications.registers import kinds
from notifications.rules import spending as rules

DAYS, MONTHS = 31, 12


@dataclass(frozen=True)
class Spent:
    what: Text | date
    sent: int
    parts: int
    yuan: str


def parts_on(day: date) -> int:
    total: int = SmsCount.objects.filter(day=day).aggregate(total=Sum("parts", default=0))["total"]
    return total


def has_to_wait(delivery: Delivery, *, at: datetime) -> bool:
    """The day's SMS are used up, and this is neither necessary nor urgent. Hands that send at once may pass by a little."""
    kind = kinds.get(delivery.kind)
    if delivery.channel != Channel.SMS or kind is None or kind.is_urgent or kind.need is Need.NECESSARY:
        return False
    network = delivery.network
    return parts_on(at.astimezone(network.zone).date()) >= rules.parts_a_day(network.rules)


def by_day(network: Network, *, today: date) -> list[Spent]:
    rows = SmsCount.objects.filter(day__gt=today - timedelta(days=DAYS)).values("day")
    found = rows.annotate(all_sent=Sum("sent"), all_parts=Sum("parts")).order_by("-day")
    return [_spent(row["day"], row, network) for row in found]


def by_month(network: Network, *, today: date) -> list[Spent]:
    first = (today.replace(day=1) - timedelta(days=28 * (MONTHS - 1))).replace(day=1)
    rows = SmsCount.objects.filter(day__gte=first).annotate(month=TruncMonth("day")).values("month")
    found = rows.annotate(all_sent=Sum("sent"), all_parts=Sum("parts")).order_by("-month")
    return [_spent(row["month"], row, network) for row in found]


def by_kind(network: Network, *, today: date) -> list[Spent]:
    """Of this month, the dearest first."""
    rows = SmsCount.objects.filter(day__gte=today.replace(day=1)).values("kind")
    found = rows.annotate(all_sent=Sum("sent"), all_parts=Sum("parts")).order_by("-all_parts", "kind")
    return [_spent(kinds[row["kind"]].called if row["kind"] in kinds else row["kind"], row, network) for row in found]


def _spent(what: Text | date, row: dict[str, int], network: Network) -> Spent:
    return Spent(what, row["all_sent"], row["all_parts"], rules.yuan(row["all_parts"], rules=network.rules))
