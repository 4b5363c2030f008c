"""The list of programmes as a table."""

from typing import Any

from django.utils.translation import gettext as _

from kit.sheets import Column
from programmes.planning.models import Programme
from programmes.planning.queries.money import money_of


def columns() -> tuple[Column, ...]:
    return (
        Column("title", _("Programme"), width=28),
        Column("season", _("Season"), width=10),
        Column("brand", _("Brand"), width=18),
        Column("kind", _("Kind")),
        Column("area", _("Whose plan"), width=14),
        Column("starts_on", _("From"), width=12),
        Column("ends_on", _("Until"), width=12),
        Column("activities", _("Activities"), width=8),
        Column("sessions", _("Sessions"), width=8),
        Column("department", _("Department"), width=16),
        Column("in_charge", _("In charge"), width=12),
        Column("budget_source", _("Where the money comes from"), width=24),
        Column("budget", _("Budget, in yuan"), width=14),
        Column("spent", _("Spent so far, in yuan"), width=14),
        Column("state", _("State"), width=10),
    )


def row_of(row: Programme) -> dict[str, Any]:
    """The row comes from `all_programmes`."""
    money = money_of(row)
    return {
        "title": row.title,
        "season": row.season.year,
        "brand": row.brand.name if row.brand else "",
        "kind": str(row.get_kind_display()),
        "area": row.area.name,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "activities": row.activity_count,  # type: ignore[attr-defined]
        "sessions": row.session_count,  # type: ignore[attr-defined]
        "department": row.department,
        "in_charge": row.in_charge,
        "budget_source": row.budget_source,
        "budget": money.budget,
        "spent": money.spent,
        "state": _("dropped") if row.dropped_at else "",
    }
