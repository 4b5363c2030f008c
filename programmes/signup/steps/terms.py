"""Terms go where their activity is copied to."""

from collections.abc import Mapping

from kit.command import step
from programmes.planning.models import Activity
from programmes.signup.models import Question, Terms
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
    "course",
    "approval",
    "hand_over",
    "alone_from",
    "waits",
    "answer_hours",
)


# What a question brings along to a copy of its activity; on which it hangs is told apart.
_ASKED = (
    "place",
    "kind",
    "label",
    "help",
    "is_required",
    "per_child",
    "is_guarded",
    "choices",
    "least",
    "most",
    "condition_value",
)


@step
def copy_terms(copies: Mapping[int, Activity]) -> None:
    """For planning's register of activity copiers: each copy by its source's id."""
    sources = list(Terms.objects.filter(activity__in=copies).order_by("pk"))
    made = [
        Terms(
            activity=copies[row.activity_id],
            **{name: getattr(row, name) for name in (*FIELDS, "is_closed", "asks")},
        )
        for row in sources
    ]
    Terms.objects.bulk_create(made)
    copied = dict(zip([row.pk for row in sources], made, strict=True))
    copy_circles(copied)
    _copy_questions({row.pk: copied[row.pk] for row in sources if row.asks})


def _copy_questions(terms: Mapping[int, Terms]) -> None:
    """In their order, so that each finds the copy of what it hangs on."""
    copied: dict[int, Question] = {}
    rows = Question.objects.filter(terms__in=terms, retired_at=None).order_by("place", "pk") if terms else ()
    for row in rows:
        condition = copied[row.condition_id] if row.condition_id else None
        values = {name: getattr(row, name) for name in _ASKED}
        copied[row.pk] = Question.objects.create(terms=terms[row.terms_id], condition=condition, **values)
