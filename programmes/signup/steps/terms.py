"""Terms go where their activity is copied to."""

from collections.abc import Mapping

from kit.command import step
from programmes.planning.models import Activity
from programmes.signup.models import Terms
from programmes.signup.steps.circles import copy_circles

FIELDS = (
    "way",
    "opens_days",
    "opens_at",
    "closes_hours",
    "cancel_hours",
    "most_children",
    "most_sessions",
    "cap_period",
    "cap_of",
    "approval",
    "waits",
    "answer_hours",
)


@step
def copy_terms(copies: Mapping[int, Activity]) -> None:
    """For planning's register of activity copiers: each copy by its source's id."""
    rows = list(Terms.objects.filter(activity__in=copies).order_by("pk"))
    made = [
        Terms(activity=copies[row.activity_id], **{name: getattr(row, name) for name in (*FIELDS, "is_closed")})
        for row in rows
    ]
    Terms.objects.bulk_create(made)
    copy_circles({row.pk: copy for row, copy in zip(rows, made, strict=True)})
