"""Numbers that went from one account to another, for staff."""

from django.db.models import QuerySet

from people.models import FormerNumber


def former_numbers() -> "QuerySet[FormerNumber]":
    """Those not given back yet, newest first."""
    rows: QuerySet[FormerNumber] = FormerNumber.objects.select_related("network", "person", "taken_by").filter(
        given_back_at=None
    )
    return rows.order_by("-taken_at", "-pk")
