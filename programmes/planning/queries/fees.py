"""Who leads sessions for a fee, and what is planned for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from networks.models import Network
from people.queries.workplace import within
from programmes.planning.choices import FeeTitle
from programmes.planning.models import Engagement, Host, Session
from programmes.planning.rules.fees import counted, planned_fee, rates_of


@dataclass(frozen=True)
class FeeLine:
    """One engagement. `fee` is None while it is still to be agreed; `is_own`: it was agreed for this session."""

    engagement: Engagement
    lessons: Decimal
    rate: Decimal | None
    fee: Decimal | None
    is_own: bool

    @property
    def pk(self) -> int:
        return int(self.engagement.pk)

    @property
    def host(self) -> Host:
        host: Host = self.engagement.host
        return host

    @property
    def session(self) -> Session:
        session: Session = self.engagement.session
        return session

    @property
    def starts_at(self) -> datetime:
        return timezone.localtime(self.session.starts_at)

    @property
    def host_name(self) -> str:
        return str(self.host.name)


def fee_lines(network: Network, *, paths: Iterable[str], since: datetime, until: datetime) -> list[FeeLine]:
    """Sessions of programmes under these paths, by time. Lessons count over all that a host does in a half-day."""
    rows = Engagement.objects.filter(
        ~Q(host__fee_title=FeeTitle.NONE) | Q(fee__isnull=False),
        live=True,
        session__called_off_at=None,
        session__starts_at__gte=since,
        session__starts_at__lt=until,
    ).select_related("host", "session__activity__programme__season", "session__venue")
    every = list(rows.order_by("session__starts_at", "pk"))
    shown = set(
        rows.filter(within("session__activity__programme__area__path", tuple(paths))).values_list("pk", flat=True)
    )
    counts, rates = _lessons(every), rates_of(network.rules)
    return [_line(row, counts[row.pk], rates) for row in every if row.pk in shown]


def _lessons(rows: list[Engagement]) -> dict[int, Decimal]:
    by_host: dict[int, list[Engagement]] = {}
    for row in rows:
        by_host.setdefault(row.host_id, []).append(row)
    found: dict[int, Decimal] = {}
    for mine in by_host.values():
        spans = [(timezone.localtime(row.session.starts_at), timezone.localtime(row.session.ends_at)) for row in mine]
        found.update(zip((row.pk for row in mine), counted(spans), strict=True))
    return found


def _line(row: Engagement, lessons: Decimal, rates: Mapping[FeeTitle, Decimal]) -> FeeLine:
    title = row.host.fee_title
    rate = rates.get(FeeTitle(title))
    return FeeLine(row, lessons, rate, planned_fee(title, lessons, own=row.fee, rates=rates), row.fee is not None)


def sum_of(lines: Iterable[FeeLine]) -> tuple[Decimal, int]:
    """What is planned, and how many are still to be agreed."""
    fees: list[Any] = [line.fee for line in lines]
    return sum((fee for fee in fees if fee is not None), Decimal(0)), sum(fee is None for fee in fees)
