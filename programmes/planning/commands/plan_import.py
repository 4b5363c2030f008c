"""A table of sessions is taken in as a whole, or not at all."""

from datetime import datetime

from django.utils.translation import gettext as _

from kit.command import command
from kit.refusals import Refusal, Refused
from kit.sheets import Fate, Sheet
from networks.models import Area
from networks.steps.journal import note
from people.choices import Verb
from people.models import Person
from people.queries.rights import rights_of
from programmes.planning.queries.plan_import import Judged, Meant, judge_plan
from programmes.planning.steps.clashes import refusing_clashes
from programmes.planning.steps.sessions import SessionPlan, make_sessions
from programmes.planning.steps.sessions_many import change_sessions, lock_sessions


@command
def import_plan(*, sheet: Sheet, by: Person, at: datetime) -> dict[Fate, int]:
    """Judged once more, with the sessions held: what was shown before is not trusted."""
    paths = rights_of(by).paths(Verb.PLAN)
    _hold(judge_plan(sheet, paths=paths, at=at))
    judged = judge_plan(sheet, paths=paths, at=at)
    if not judged.preview.is_clean:
        raise Refused(_meanwhile())
    changes = [change for one in judged.of(Fate.CHANGED) if (change := one.change) is not None]
    plans = [_plan(one) for one in judged.of(Fate.MADE)]
    # A room that one session leaves may be the one that another takes: looked at when all is written.
    with refusing_clashes(lambda: [_meanwhile()]):
        change_sessions(changes, by=by, at=at)
        make_sessions(plans, by=by, at=at)
    counts = judged.preview.counts
    if judged.preview.has_work:
        values = {fate.value: counts[fate] for fate in (Fate.MADE, Fate.CHANGED)}
        note("planning.plan_imported", subject=Area.objects.get(parent=None), actor=by, values=values)
    return counts


def _hold(judged: Judged) -> None:
    lock_sessions(one.session.pk for one in judged.of(Fate.CHANGED) if one.session is not None)


def _plan(one: Meant) -> SessionPlan:
    if one.activity is None or one.span is None or one.where is None:
        raise LookupError("A row that makes a session says what, when and where.")
    return SessionPlan(
        one.activity, one.span.starts_at, one.where, ends_at=one.span.ends_at, hosts=one.hosts or (), own=one.own
    )


def _meanwhile() -> Refusal:
    return Refusal(
        "changed_meanwhile",
        _("Something has changed since you looked: some rows cannot be taken any more."),
        _("Nothing was written. Look at the rows below."),
    )
