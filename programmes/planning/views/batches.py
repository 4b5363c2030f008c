"""Roll-outs afterwards: listed, looked at, taken back, published."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.tables import Cell, Column, Empty, Filter, ListTable
from kit.toasts import toast
from people.choices import Verb
from people.doors import member, staff_only
from people.queries.workplace import paths_in_view
from programmes.planning import doors
from programmes.planning.commands import rollouts as commands
from programmes.planning.forms.rollouts import times_text
from programmes.planning.models import Session
from programmes.planning.queries.batches import Batch, batch_of, rollouts_within
from programmes.planning.rules.wording import day_words, full_day_words
from venues.choices import Weekday

MOST_SHOWN = 60


def _state(row: Any) -> Cell:
    if row.undone_at:
        return Cell(_("taken back"), state="cancelled")
    if row.public:
        return Cell(_("%(count)s public") % {"count": row.public}, state="open")
    return Cell(_("drafts"), state="waiting")


def _span(row: Any) -> Cell:
    return Cell(f"{day_words(row.first)} – {day_words(row.last)}" if row.first else "")


ROLLOUTS = ListTable(
    key="planning.rollouts",
    title=gettext_lazy("Roll-outs"),
    columns=(
        Column(
            "activity",
            gettext_lazy("Activity"),
            cell=lambda row: Cell(
                row.activity.title,
                href=reverse("planning:rollout-made", args=[row.pk]),
                soft=row.activity.programme.title,
            ),
            sort=("activity__title",),
            fixed=True,
        ),
        Column("state", gettext_lazy("State"), cell=_state),
        Column("made", gettext_lazy("Sessions made"), cell=lambda row: Cell(row.made), number=True, sort=("made",)),
        Column("span", gettext_lazy("From – until"), cell=_span),
        Column("changed", gettext_lazy("Changed since"), cell=lambda row: Cell(row.changed or ""), number=True),
        Column("off", gettext_lazy("Called off"), cell=lambda row: Cell(row.off or ""), number=True),
        Column("at", gettext_lazy("Made on"), cell=lambda row: Cell(full_day_words(row.made_at)), sort=("made_at",)),
    ),
    filters=(
        Filter(
            "state",
            gettext_lazy("State"),
            choices=(("there", gettext_lazy("in the plan")), ("undone", gettext_lazy("taken back"))),
            apply=lambda rows, value: rows.filter(undone_at__isnull=value == "there"),
        ),
    ),
    search=lambda rows, words: rows.filter(activity__title__icontains=words),
    search_label=gettext_lazy("Activity"),
    empty=Empty(
        gettext_lazy("No roll-out yet"),
        gettext_lazy("A roll-out begins on an activity's page: choose spaces, a rule, look, commit."),
    ),
)


@require_safe
@staff_only(Verb.PLAN)
def rollouts(request: HttpRequest) -> HttpResponse:
    rows = rollouts_within(paths_in_view(request, Verb.PLAN))
    return render(request, "planning/rollouts.html", {"table": ROLLOUTS.page(request, rows)})


@require_safe
@staff_only(Verb.PLAN)
def made(request: HttpRequest, rollout_id: int) -> HttpResponse:
    row = doors.rollout_to_plan(request, rollout_id)
    return _page(request, batch_of(row, at=clock.now()))


def _page(request: HttpRequest, batch: Batch, *, refusals: Any = (), status: int = 200) -> HttpResponse:
    sessions = (
        Session.objects.filter(rollout=batch.row)
        .select_related("venue", "room")
        .prefetch_related("engagements__host")
        .order_by("starts_at", "venue__number", "pk")[:MOST_SHOWN]
    )
    page = {
        "batch": batch,
        "refusals": refusals,
        "sessions": sessions,
        "more": max(0, batch.drafts + batch.public + batch.off - MOST_SHOWN),
        "rule": rule_words(batch),
        "change": f"{reverse('planning:sessions-change')}?rollout={batch.row.pk}",
        "call_off": _("Change or call off several"),
    }
    return render(request, "planning/rollout_made.html", page, status=status)


def rule_words(batch: Batch) -> str:
    """ "每周，周六，10:00、14:30"."""
    rule = batch.ask.rule
    days = "、".join(str(Weekday(day).label) for day in rule.weekdays)
    parts = [str(rule.pattern.label), days, times_text(rule.times)]
    return " · ".join(part for part in parts if part)


@require_POST
@staff_only(Verb.PLAN)
def undo(request: HttpRequest, rollout_id: int) -> HttpResponse:
    row = doors.rollout_to_plan(request, rollout_id)
    try:
        commands.undo_rollout(rollout=row, by=member(request), at=clock.now())
    except Refused as no:
        return _page(request, batch_of(row, at=clock.now()), refusals=no.refusals, status=422)
    toast(request, _("The roll-out is taken back; its sessions are gone."))
    return redirect("planning:rollout-made", row.pk)


@require_POST
@staff_only(Verb.PLAN)
def publish(request: HttpRequest, rollout_id: int) -> HttpResponse:
    row = doors.rollout_to_plan(request, rollout_id)
    try:
        count = commands.publish_rollout(rollout=row, by=member(request), at=clock.now())
    except Refused as no:
        return _page(request, batch_of(row, at=clock.now()), refusals=no.refusals, status=422)
    text = ngettext("%(count)s session is public now.", "%(count)s sessions are public now.", count)
    toast(request, text % {"count": count})
    return redirect("planning:rollout-made", row.pk)
