"""Long work of planning, its periodic work, what a new library system needs of it, and what planners are told."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import clock
from kit.dates import short_day
from kit.refusals import Refused, Text
from networks.engine.scopes import in_each_network
from networks.models import Network
from networks.models.scoping import current_network_id
from networks.registers import GiveUp, HandedFact, OpeningPlan, Progress, every, job, listens_inside, opens_networks
from networks.steps.outbox import post
from notifications.choices import Channel
from notifications.listeners.telling import tells
from notifications.registers import MessageKind, Recipient
from people.choices import Verb
from people.models import Person
from people.queries.rights import holders_of
from programmes.planning import messages as facts
from programmes.planning.commands.copying import TAKE_JOB, take_over_season
from programmes.planning.commands.observances import seed_observances
from programmes.planning.commands.papers import PLAN_JOB, TABLE_JOB
from programmes.planning.commands.pictures import purge_pictures
from programmes.planning.commands.reminders import remind_planners
from programmes.planning.models import Observance, Phase, Programme, Season
from programmes.planning.prints.plan_table import table_pdf
from programmes.planning.queries.plan_table import TableWish, plan_table, season_days
from programmes.planning.queries.whole_plan import count_of, plan_rows
from programmes.planning.rules.periods import read_period
from programmes.planning.sheets.whole_plan import plan_excel
from programmes.planning.steps.observances import enter_observances


@job(TAKE_JOB, title=_("Taking over from another season"), limit_seconds=900)
def take_over_job(progress: Progress, *, source: int, target: int, programmes: Sequence[int], by: int) -> None:
    """Begun anew it doubles nothing: what was taken over is known again."""
    seasons = Season.objects.in_bulk([source, target])
    chosen = list(Programme.objects.filter(season=source, pk__in=programmes, dropped_at=None).order_by("pk"))
    progress.start(total=1, note=str(_("Looking for days, rooms and hosts")))
    try:
        taken = take_over_season(
            source=seasons[source],
            target=seasons[target],
            programmes=chosen,
            by=Person.objects.get(pk=by),
            at=clock.now(),
        )
    except Refused as no:
        raise GiveUp(str(no.refusals[0])) from no
    told = _("%(count)s sessions taken over, %(left)s left to be settled.")
    progress.step(note=str(told % {"count": taken.sessions, "left": taken.left}))
    progress.result(sessions=taken.sessions, left=taken.left)


@opens_networks("planning")
def ask_for_observances(_network: Network, _plan: OpeningPlan) -> None:
    post(facts.OBSERVANCES_WANTED, payload={}, dedupe_key="opening")


@listens_inside(facts.OBSERVANCES_WANTED, name="planning.enter_observances", title=_("Enter the days of note"))
def enter_wanted(fact: HandedFact) -> None:
    enter_observances(today=clock.today(fact.network.zone))


@every(name="planning.seed_observances", at=time(4, 5))
def seed() -> None:
    in_each_network(lambda network: seed_observances(today=clock.today(network.zone)))


@every(name="planning.remind_planners", at=time(8, 0))
def remind() -> None:
    in_each_network(lambda network: remind_planners(today=clock.today(network.zone), zone=network.zone))


def _planners(fields: dict[str, str]) -> Iterator[Recipient]:
    for person in holders_of(Verb.PLAN):
        yield Recipient(person, fields)


_PHASE_EXAMPLES: dict[str, Text | int] = {
    "phase": pgettext_lazy("example", "Spring call"),
    "year": 2027,
    "day": pgettext_lazy("example", "31 May"),
    "goal": pgettext_lazy("example", "collect entries, open the readers' festival"),
}


def _of_phase(fact: HandedFact) -> Iterator[Recipient]:
    """Nobody once the phase or its season is gone."""
    rows = Phase.objects.select_related("season").filter(pk=fact.payload["phase"], season__closed_at=None)
    for phase in rows:
        goal = phase.goal or str(_("nothing is entered yet"))
        yield from _planners(
            {"phase": str(phase), "year": str(phase.season.year), "day": short_day(phase.ends_on), "goal": goal}
        )


def _of_observance(fact: HandedFact) -> Iterator[Recipient]:
    first = date.fromisoformat(fact.payload["first"])
    for row in Observance.objects.filter(pk=fact.payload["observance"], removed_at=None):
        yield from _planners({"name": row.name, "day": short_day(first)})


tells(
    MessageKind(
        key="planning.phase_begins",
        fact=facts.PHASE_BEGINS,
        title=_("A phase of the season begins"),
        body=_("%(phase)s of the season %(year)s has begun and ends on %(day)s. To be done: %(goal)s."),
        channels=(Channel.INBOX,),
        fields=("phase", "year", "day", "goal"),
        link="/plan/seasons/",
        audience=_of_phase,
        examples=_PHASE_EXAMPLES,
    )
)
tells(
    MessageKind(
        key="planning.phase_ends",
        fact=facts.PHASE_ENDS,
        title=_("A phase ends in two weeks"),
        body=_("%(phase)s of the season %(year)s ends on %(day)s. To be done by then: %(goal)s."),
        channels=(Channel.INBOX,),
        fields=("phase", "year", "day", "goal"),
        link="/plan/seasons/",
        audience=_of_phase,
        examples=_PHASE_EXAMPLES,
    )
)
tells(
    MessageKind(
        key="planning.observance_near",
        fact=facts.OBSERVANCE_NEAR,
        title=_("Nothing is planned for a day of note"),
        body=_("%(name)s is on %(day)s, and nothing is planned for it yet."),
        channels=(Channel.INBOX,),
        fields=("name", "day"),
        link="/plan/observances/",
        audience=_of_observance,
        examples={"name": pgettext_lazy("example", "World Book Day"), "day": pgettext_lazy("example", "23 April")},
    )
)

# Nobody waits at a page, so it may take its time; longer than this and the table is too much for one paper.
DRAWING_SECONDS = 240
PICTURES_KEPT = timedelta(days=7)


@job(TABLE_JOB, title=_("A plan of activities as PDF"), limit_seconds=300)
def draw_table(
    progress: Progress,
    *,
    period: dict[str, str],
    paths: Sequence[str],
    area: str,
    is_folded: bool,
    published_only: bool,
) -> None:
    at = clock.now()
    network = Network.objects.get(pk=current_network_id() or 0)
    progress.start(total=2, note=str(_("Reading the plan")))
    known = read_period(period, today=clock.today(network.zone), seasons=season_days())
    found = plan_table(TableWish(known, tuple(paths), area=area, is_folded=is_folded, published_only=published_only))
    progress.step(note=str(_("Drawing %(count)s rows") % {"count": len(found.rows)}))
    try:
        content = table_pdf(found, network=network, at=at, limit_seconds=DRAWING_SECONDS)
    except Refused as no:
        raise GiveUp(str(no.refusals[0])) from no
    progress.step()
    progress.result_file(f"{found.title}.pdf", content)


@every(name="planning.purge_pictures", at=time(3, 56))
def purge_removed_pictures() -> None:
    in_each_network(lambda _network: purge_pictures(before=clock.now() - PICTURES_KEPT))


@job(PLAN_JOB, title=_("The whole plan as Excel"), limit_seconds=600)
def write_plan(progress: Progress, *, season: int, paths: Sequence[str]) -> None:
    row = Season.objects.get(pk=season)
    title = _("The plan of %(year)s") % {"year": row.year}
    progress.start(total=count_of(row, paths=tuple(paths)), note=str(_("Writing the rows")))
    rows = (_told(progress, one) for one in plan_rows(row, paths=tuple(paths)))
    network = Network.objects.get(pk=current_network_id() or 0)
    progress.result_file(f"{title}.xlsx", plan_excel(rows, title=str(title), zone=network.zone))


def _told(progress: Progress, row: dict[str, Any]) -> dict[str, Any]:
    progress.step()
    return row
