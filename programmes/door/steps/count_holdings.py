"""What this room keeps of those who count heads; of those who are counted nothing is known but that they came."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.registers.holdings import Holding, Owner, Retention, holdings
from people.steps.holdings.words import SERVICE
from programmes.door.models import Tally


def _rows() -> "QuerySet[Tally]":
    """Those that still say who counted."""
    rows: QuerySet[Tally] = Tally.objects.filter(by__isnull=False)
    return rows


def _erase(owner: Owner, _at: datetime) -> int:
    gone: int = _rows().filter(by__in=owner.persons).update(by=None)
    return gone


def over_before(before: datetime) -> "QuerySet[Tally]":
    return _rows().filter(headcount__session__ends_at__lt=before).order_by("headcount__session__ends_at", "pk")


def _purge(before: datetime, most: int, _at: datetime) -> int:
    """The numbers stay."""
    keys = list(over_before(before).values_list("pk", flat=True)[:most])
    gone: int = Tally.objects.filter(pk__in=keys).update(by=None)
    return gone


holdings.add(
    Holding(
        key="door.tallies",
        title=_("Head counts"),
        what=_("Which of the staff counted how many at a session. Nothing of those who were counted."),
        why=_("So that a number that looks wrong can be asked about."),
        basis=SERVICE,
        who_sees=_("The staff of the session."),
        models=("door.Tally",),
        rows=_rows,
        erase=_erase,
        retention=Retention(
            days=365,
            shortest=30,
            longest=1095,
            since=_("the end of the session"),
            since_field="headcount__session__ends_at",
            due=over_before,
            purge=_purge,
        ),
        place=39,
        shown=33,
    )
)
