"""A season takes over programmes of another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kit.command import command
from kit.refusals import Refused, refuse_if
from networks.models import Job
from networks.steps.jobs import ask_for
from people.models import Person
from programmes.planning.engine.copying import TakeOver, prepare
from programmes.planning.models import Programme, Season
from programmes.planning.rules.seasons import against_changing
from programmes.planning.steps.clashes import refusing_clashes
from programmes.planning.steps.copying import take_over

# Whoever was quicker is seen at the next try; somebody who goes on and on is not waited for.
TRIES = 3
TAKE_JOB = "planning.take_over"


@dataclass(frozen=True)
class Taken:
    sessions: int
    left: int


@command
def take_over_season(
    *, source: Season, target: Season, programmes: Sequence[Programme], by: Person, at: datetime
) -> Taken:
    """What can be made is made, as drafts; again, it makes what was left and can be by now."""
    row = lock(target)
    refuse_if(against_changing(is_closed=row.closed_at is not None))
    for number in range(1, TRIES + 1):
        found = prepare(source, row, programmes, at=at)
        try:
            return _write(found, by=by, at=at)
        except Refused:
            if number == TRIES:
                raise
    raise AssertionError("The last try returns or raises.")


@command
def ask_for_take_over(*, source: Season, target: Season, programmes: Sequence[Programme], by: Person) -> Job:
    """As long work, for more sessions than a page can wait for."""
    args = {"source": source.pk, "target": target.pk, "programmes": [row.pk for row in programmes], "by": by.pk}
    return ask_for(TAKE_JOB, args=args, by=by.pk)


def lock(season: Season) -> Season:
    """Two who take over at once go one after the other, and the second finds what the first has made. Whoever plans
    something else in the season does not wait."""
    row: Season = Season.objects.select_for_update(no_key=True).get(pk=season.pk)
    return row


def _write(found: TakeOver, *, by: Person, at: datetime) -> Taken:
    with refusing_clashes():
        made = take_over(found, by=by, at=at)
    return Taken(len(made), found.to_settle)
