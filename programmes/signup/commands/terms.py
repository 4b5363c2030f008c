"""How families come to the sessions of an activity, set by whoever plans it."""

from collections.abc import Mapping
from typing import Any

from kit import kept_pages
from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Activity
from programmes.planning.rules.programmes import against_change
from programmes.planning.steps.programmes import lock_activity
from programmes.signup.models import Terms
from programmes.signup.queries.circles import circles_of
from programmes.signup.rules.terms import against_terms
from programmes.signup.steps.circles import name_circles
from programmes.signup.steps.terms import FIELDS


@command
def set_terms(*, activity: Activity, values: Mapping[str, Any], by: Person) -> Terms:
    """`values`: fields of Terms, and `circles`; those that are missing stay. Registrations that were made under others hold."""
    home = lock_activity(activity)
    refuse_if(against_change(home.dropped_at))
    row = Terms.objects.filter(activity=home).first()
    is_new = row is None
    if row is None:
        row = Terms(activity=home)
    named = [] if is_new else circles_of(row)
    circles = list(values.get("circles", named))
    before = {name: None if is_new else getattr(row, name) for name in FIELDS}
    for name in FIELDS:
        setattr(row, name, values.get(name, getattr(row, name)))
    row.is_closed = bool(circles)
    refuse_if(against_terms(row))
    changed = {name: [before[name], getattr(row, name)] for name in FIELDS if before[name] != getattr(row, name)}
    if {circle.pk for circle in circles} != {circle.pk for circle in named}:
        changed["circles"] = [[circle.name for circle in named], [circle.name for circle in circles]]
    if not changed:
        return row
    row.save()
    name_circles(row, circles)
    note("signup.terms_set", subject=home, actor=by, values=changed)
    kept_pages.forget()
    return row
