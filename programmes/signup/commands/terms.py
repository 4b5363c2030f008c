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
from programmes.signup.rules.terms import against_terms
from programmes.signup.steps.terms import FIELDS


@command
def set_terms(*, activity: Activity, values: Mapping[str, Any], by: Person) -> Terms:
    """`values`: fields of Terms; those that are missing stay. Registrations that were made under others hold."""
    home = lock_activity(activity)
    refuse_if(against_change(home.dropped_at))
    row = Terms.objects.filter(activity=home).first()
    is_new = row is None
    if row is None:
        row = Terms(activity=home)
    before = {name: None if is_new else getattr(row, name) for name in FIELDS}
    for name, value in values.items():
        setattr(row, name, value)
    refuse_if(against_terms(row))
    changed = {name: [before[name], getattr(row, name)] for name in FIELDS if before[name] != getattr(row, name)}
    if not changed:
        return row
    row.save()
    note("signup.terms_set", subject=home, actor=by, values=changed)
    kept_pages.forget()
    return row
