"""Money as a plan: what a programme and its activities, and all of a season, are to cost and have cost."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from programmes.planning.models import Activity, Programme, Season


@dataclass(frozen=True)
class Money:
    """`budget`: of the programme itself, else what its activities plan. `planned`: by its activities."""

    budget: Decimal
    planned: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        return self.budget - self.spent

    @property
    def is_over(self) -> bool:
        """More planned or spent than there is."""
        return max(self.planned, self.spent) > self.budget


def money_of(programme: Programme) -> Money:
    """The programme comes from `all_programmes`."""
    planned: Decimal = programme.activities_budget  # type: ignore[attr-defined]
    spent: Decimal = programme.activities_spent  # type: ignore[attr-defined]
    budget = planned if programme.budget is None else programme.budget
    return Money(budget, planned, spent + (programme.spent or 0))


def money_of_programmes(programmes: "QuerySet[Programme]") -> Money:
    """Two statements, however many. Dropped ones plan nothing, but what they spent is gone."""
    rows = list(programmes.order_by().values_list("pk", "budget", "spent", "dropped_at"))
    sums = {
        key: (budget or Decimal(0), spent or Decimal(0))
        for key, budget, spent in Activity.objects.filter(programme__in=[key for key, *_others in rows])
        .order_by()
        .values_list("programme")
        .annotate(Sum("budget"), Sum("spent"))
    }
    nothing = (Decimal(0), Decimal(0))
    going = [(key, budget) for key, budget, _spent, dropped_at in rows if dropped_at is None]
    return Money(
        sum((sums.get(key, nothing)[0] if budget is None else budget for key, budget in going), Decimal(0)),
        sum((sums.get(key, nothing)[0] for key, _budget in going), Decimal(0)),
        sum((sums.get(key, nothing)[1] + (spent or 0) for key, _budget, spent, _at in rows), Decimal(0)),
    )


def money_of_season(season: Season) -> Money:
    return money_of_programmes(Programme.objects.filter(season=season))
