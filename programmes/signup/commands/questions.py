"""What an activity asks of those who sign up, kept by whoever plans it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from kit import kept_pages
from kit.command import command, step
from kit.refusals import Refusal, Refused, refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Activity
from programmes.planning.rules.programmes import against_change
from programmes.planning.steps.programmes import lock_activity
from programmes.signup.models import Question, Terms
from programmes.signup.queries.questions import is_answered, questions_of
from programmes.signup.rules.questions import against_question, against_retiring

# What the editor sets; `condition` by the question's id.
FIELDS = (
    "kind",
    "label",
    "help",
    "is_required",
    "per_child",
    "is_guarded",
    "choices",
    "least",
    "most",
    "condition_id",
    "condition_value",
)


@command
def add_question(*, activity: Activity, values: Mapping[str, Any], by: Person) -> Question:
    """At the end."""
    terms = _terms(activity)
    others = questions_of(activity)
    last = Question.objects.filter(terms=terms).aggregate(last=Max("place"))["last"]
    row = Question(terms=terms, place=(last or 0) + 1, **values)
    refuse_if(against_question(row, others))
    row.save(force_insert=True)
    _now_asks(terms)
    note("signup.question_added", subject=activity, actor=by, values={"question": row.label})
    return row


@command
def change_question(*, question: Question, values: Mapping[str, Any], by: Person, at: datetime) -> Question:
    """Where somebody has answered, the answered words stay and a new version is asked from now on. One that is for few
    from now on is so for what was answered before.
    """
    activity = question.terms.activity
    terms = _terms(activity)
    others = [one for one in questions_of(activity) if one.pk != question.pk]
    row = _live(question)
    if all(getattr(row, name) == values[name] for name in FIELDS):
        return row
    for name in FIELDS:
        setattr(row, name, values[name])
    refuse_if(against_question(row, others))
    found = _version(row, at=at) if is_answered(row) else row
    if found is row:
        row.save()
    if found.is_guarded:
        _guard_versions(found)
    _now_asks(terms)
    note("signup.question_changed", subject=activity, actor=by, values={"question": found.label})
    return found


@step
def _version(row: Question, *, at: datetime) -> Question:
    """`row` with its new values, which go to a row of their own; what hung on it hangs on the new one."""
    new = Question(terms_id=row.terms_id, place=row.place, **{name: getattr(row, name) for name in FIELDS})
    Question.objects.filter(pk=row.pk).update(retired_at=at)
    new.replaces_id = row.pk
    new.save(force_insert=True)
    Question.objects.filter(condition=row.pk, retired_at=None).update(condition=new)
    return new


@step
def _guard_versions(row: Question) -> None:
    """Those that it replaced, back to the first."""
    before = row.replaces_id
    while before is not None:
        Question.objects.filter(pk=before).update(is_guarded=True)
        before = Question.objects.values_list("replaces_id", flat=True).get(pk=before)


@command
def move_question_up(*, question: Question, by: Person) -> None:
    """Before the one that comes before it; the first stays."""
    activity = question.terms.activity
    _terms(activity)
    rows = questions_of(activity)
    here = next((number for number, one in enumerate(rows) if one.pk == question.pk), 0)
    if here == 0:
        return
    row, before = rows[here], rows[here - 1]
    row.place, before.place = before.place, row.place
    for one in (row, before):
        refuse_if(against_question(one, [other for other in rows if other.pk != one.pk]))
        one.save(update_fields=["place"])
    note("signup.question_moved", subject=activity, actor=by, values={"question": row.label})


@command
def retire_question(*, question: Question, by: Person, at: datetime) -> None:
    """It is asked no more; what was answered stays."""
    activity = question.terms.activity
    terms = _terms(activity)
    row = _live(question)
    row.retired_at = at
    refuse_if(against_retiring(row, questions_of(activity)))
    row.save(update_fields=["retired_at"])
    _now_asks(terms)
    note("signup.question_retired", subject=activity, actor=by, values={"question": row.label})


@step
def _terms(activity: Activity) -> Terms:
    """One person at a time changes what an activity asks."""
    home = lock_activity(activity)
    refuse_if(against_change(home.dropped_at))
    row: Terms | None = Terms.objects.filter(activity=home).first()
    if row is None:
        raise Refused(
            Refusal("no_terms", _("It is not said yet how families come."), _("Please set that first; then ask."))
        )
    return row


@step
def _live(question: Question) -> Question:
    row: Question | None = Question.objects.filter(pk=question.pk, retired_at=None).first()
    if row is None:
        raise Refused(Refusal("gone", _("Somebody has just changed this question."), _("Please open the page again.")))
    return row


@step
def _now_asks(terms: Terms) -> None:
    terms.asks = Question.objects.filter(terms=terms, retired_at=None).exists()
    terms.save(update_fields=["asks"])
    kept_pages.forget()
