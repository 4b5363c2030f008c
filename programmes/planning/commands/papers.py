"""Papers that take longer than a page does are asked for as long work."""

from kit.command import command
from networks.models import Job
from networks.steps.jobs import ask_for
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Season
from programmes.planning.queries.plan_table import TableWish

TABLE_JOB = "planning.table_pdf"
PLAN_JOB = "planning.plan_excel"


@command
def ask_for_table(wish: TableWish, *, by: Person) -> Job:
    args = {
        "period": wish.period.query,
        "paths": list(wish.paths),
        "area": wish.area,
        "is_folded": wish.is_folded,
        "published_only": wish.published_only,
    }
    return ask_for(TABLE_JOB, args=args, by=by.pk)


@command
def ask_for_plan(season: Season, *, paths: tuple[str, ...], by: Person) -> Job:
    note("planning.plan_taken_out", subject=season, actor=by)
    return ask_for(PLAN_JOB, args={"season": season.pk, "paths": list(paths)}, by=by.pk)


@command
def note_taken_out(season: Season, *, rows: int, by: Person) -> None:
    note("planning.plan_taken_out", subject=season, actor=by, values={"rows": rows})
