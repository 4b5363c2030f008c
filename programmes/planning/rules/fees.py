"""What hosts get, as a plan: by lessons of 45 minutes and the rate of their title.

After 《中央和国家机关培训费管理办法》(财行[2016]540号): after tax, a lesson of an academician is at most 1,500 yuan, of
somebody with a senior title 1,000, with an associate senior title 500; at most four lessons count a half-day.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.planning.choices import FeeTitle

LESSON_MINUTES = 45
MOST_A_HALF_DAY = Decimal(4)
LARGEST = Decimal(100_000)
# As people write them in the network's rule.
TITLES = {
    "院士": FeeTitle.ACADEMICIAN,
    "正高": FeeTitle.SENIOR,
    "副高": FeeTitle.ASSOCIATE,
    "其他": FeeTitle.OTHER,
}
USUAL = {"院士": "1500", "正高": "1000", "副高": "500"}
Span = tuple[datetime, datetime]
Half = tuple[date, bool]


def rates_of(rules: Mapping[str, Any]) -> dict[FeeTitle, Decimal]:
    """Yuan a lesson by title. What is no number counts as not set; a title without a rate is agreed each time."""
    typed = rules.get("fee_rates", USUAL)
    pairs = typed.items() if isinstance(typed, dict) else USUAL.items()
    return {TITLES[name]: rate for name, text in pairs if name in TITLES and (rate := _yuan(text)) is not None}


def _yuan(text: Any) -> Decimal | None:
    try:
        value = Decimal(str(text).strip().replace(",", "").removesuffix("元"))
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value <= LARGEST else None


def against_fee(fee: Decimal | None) -> Iterator[Refusal]:
    if fee is not None and not 0 <= fee <= LARGEST:
        yield Refusal(
            "no_such_fee", _("A fee lies between 0 and %(most)s yuan.") % {"most": f"{LARGEST:,}"}, field="reason"
        )


def lessons(minutes: int) -> Decimal:
    """To a hundredth."""
    return (Decimal(minutes) / LESSON_MINUTES).quantize(Decimal("0.01"), ROUND_HALF_UP)


def counted(spans: Sequence[Span]) -> list[Decimal]:
    """Lessons of each of one host's sessions, in the host's own time zone, as far as its half-days have room."""
    left: dict[Half, Decimal] = {}
    found = [Decimal(0)] * len(spans)
    for number in sorted(range(len(spans)), key=lambda one: spans[one]):
        for half, minutes in _halves(*spans[number]):
            room = left.setdefault(half, MOST_A_HALF_DAY)
            taken = min(lessons(minutes), room)
            left[half] = room - taken
            found[number] += taken
    return found


def _halves(starts_at: datetime, ends_at: datetime) -> list[tuple[Half, int]]:
    """Parted at noon and at midnight."""
    found = []
    while starts_at < ends_at:
        is_afternoon = starts_at.hour >= 12
        day = starts_at.date() + timedelta(days=1) if is_afternoon else starts_at.date()
        edge = datetime.combine(day, time(0) if is_afternoon else time(12), tzinfo=starts_at.tzinfo)
        until = min(edge, ends_at)
        found.append(((starts_at.date(), is_afternoon), int((until - starts_at).total_seconds() // 60)))
        starts_at = until
    return found


def planned_fee(
    title: str, count: Decimal, *, own: Decimal | None, rates: Mapping[FeeTitle, Decimal]
) -> Decimal | None:
    """A sum that was agreed counts before the rate. None: still to be agreed."""
    if own is not None:
        return own
    if title == FeeTitle.NONE:
        return Decimal(0)
    rate = rates.get(FeeTitle(title))
    return None if rate is None else (rate * count).quantize(Decimal("0.01"))
