"""The staff's list of sessions, and what is done to many of them at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.numbers import whole
from kit.refusals import Refusal, Refused
from kit.tables import BulkAction, Cell, Column, Empty, Filter, ListTable
from kit.toasts import toast
from people.choices import Verb
from people.doors import may_anywhere, member, network_of, staff_only
from people.queries.workplace import paths_in_view
from programmes.planning.choices import SessionState
from programmes.planning.commands import sessions as commands
from programmes.planning.forms.sessions import ReasonForm
from programmes.planning.models import Activity, Rollout, Session
from programmes.planning.queries import session_table as rows_of
from programmes.planning.queries.publishing import publishing_faults
from programmes.planning.rules.places import place_words
from programmes.planning.rules.sessions import against_calling_off
from programmes.planning.rules.states import state_of
from programmes.planning.rules.wording import clock_words, day_words, full_day_words
from venues.queries.venues import districts

CHIPS = {
    SessionState.DRAFT: "free",
    SessionState.PUBLIC: "open",
    SessionState.CALLED_OFF: "cancelled",
    SessionState.OVER: "full",
}
_ALL, _PAST = "all", "past"
MOST_NAMED = 12


def _title(row: Session) -> Cell:
    chips = ((_("own title"), "age"),) if row.title else ()
    return Cell(
        row.title or row.activity.title,
        href=reverse("planning:session", args=[row.code]),
        chips=chips,
    )


def _when(row: Session) -> Cell:
    return Cell(
        day_words(row.starts_at), soft=clock_words(row.starts_at, row.ends_at), title=full_day_words(row.starts_at)
    )


def _place(row: Session) -> Cell:
    return Cell(place_words(row), soft=row.district_name or "")  # type: ignore[attr-defined]


def _hosts(row: Session) -> Cell:
    names = [one.host.name for one in row.engagements.all()]
    return Cell("、".join(names[:3]) + (gettext(" and others") if len(names) > 3 else ""))


def _state(row: Session) -> Cell:
    state = state_of(row, at=clock.now())
    soft = row.call_off_reason if state == SessionState.CALLED_OFF else _("moved") if row.moved_at else ""
    return Cell(state.label, state=CHIPS[state], soft=soft)


def _places(row: Session) -> Cell:
    return Cell(row.capacity or row.activity.capacity or "")


def _asked(request: HttpRequest, name: str) -> str:
    """What the list was narrowed by, also where a bulk action hands the list's address on."""
    value = request.GET.get(name, "") or QueryDict(request.POST.get("query", "")).get(name, "")
    return value if whole(value) is not None else ""


def _activity(request: HttpRequest) -> list[tuple[str, str]]:
    """The one that a link named; there are too many to choose from."""
    key = _asked(request, "activity")
    return [(key, row.title) for row in Activity.objects.filter(pk=key)] if key else []


def _rollout(request: HttpRequest) -> list[tuple[str, str]]:
    key = _asked(request, "rollout")
    rows = Rollout.objects.select_related("activity").filter(pk=key) if key else ()
    return [(key, str(row)) for row in rows]


def _districts(request: HttpRequest) -> list[tuple[str, str]]:
    """Those that lie in her view, or that her view lies in."""
    paths = paths_in_view(request, Verb.SEE_PLAN)
    return [
        (str(key), name)
        for key, name, path in districts().values_list("pk", "name", "path")
        if any(path.startswith(one) or one.startswith(path) for one in paths)
    ]


def _narrow(rows: Any, **fields: Any) -> Any:
    return rows.filter(**fields)


SESSIONS = ListTable(
    key="planning.sessions",
    title=_("Sessions"),
    columns=(
        Column("title", _("Activity"), cell=_title, sort=("activity__title", "starts_at"), fixed=True),
        Column("programme", _("Programme"), cell=lambda row: Cell(row.activity.programme.title), shown=False),
        Column("when", _("When"), cell=_when, sort=("starts_at",)),
        Column("place", _("Where"), cell=_place, sort=("venue__name", "starts_at")),
        Column("hosts", _("Who leads it"), cell=_hosts),
        Column("state", _("State"), cell=_state),
        Column("places", _("Places"), cell=_places, number=True),
        Column("code", pgettext_lazy("of a session", "Code"), cell=lambda row: Cell(row.code), shown=False),
    ),
    filters=(
        Filter("from", _("From"), kind="date", apply=rows_of.from_day),
        Filter("until", _("Until"), kind="date", apply=rows_of.until_day),
        Filter(
            "state",
            _("State"),
            choices=SessionState.choices,
            apply=lambda rows, value: rows_of.in_state(rows, value, at=clock.now()),
        ),
        Filter("district", _("District"), choices=_districts, apply=rows_of.in_area),
        Filter("venue", _("Venue"), kind="text", apply=rows_of.in_venue),
        Filter("host", _("Host"), kind="text", apply=rows_of.led_by),
        Filter(
            "season",
            _("Season"),
            choices=lambda _request: rows_of.seasons(),
            apply=lambda rows, value: _narrow(rows, activity__programme__season=value),
        ),
        Filter(
            "programme",
            _("Programme"),
            choices=lambda request: rows_of.programmes(paths_in_view(request, Verb.SEE_PLAN)),
            apply=lambda rows, value: _narrow(rows, activity__programme=value),
        ),
        Filter(
            "activity",
            _("Activity"),
            choices=_activity,
            apply=lambda rows, value: _narrow(rows, activity=value),
            shown_to=lambda request: bool(_asked(request, "activity")),
        ),
        Filter(
            "rollout",
            _("Roll-out"),
            choices=_rollout,
            apply=lambda rows, value: _narrow(rows, rollout=value),
            shown_to=lambda request: bool(_asked(request, "rollout")),
        ),
        Filter("time", _("Past ones"), choices=((_ALL, _("past and to come")), (_PAST, _("only past")))),
    ),
    search=rows_of.with_words,
    search_label=_("Activity, venue or code"),
    sort="when",
    whole=rows_of.lines_of,
    bulk=(
        BulkAction("publish", _("Publish"), "planning:sessions-publish", icon="eye", shown_to=may_anywhere(Verb.PLAN)),
        BulkAction("change", _("Change"), "planning:sessions-change", icon="edit", shown_to=may_anywhere(Verb.PLAN)),
        BulkAction(
            "call-off",
            _("Call off"),
            "planning:sessions-call-off",
            icon="calendar-off",
            shown_to=may_anywhere(Verb.PLAN),
        ),
    ),
    empty=Empty(_("Nothing to come is planned here"), _("Sessions are entered on the page of an activity.")),
)


def sessions_in_view(request: HttpRequest, query: QueryDict, *, verb: Verb = Verb.SEE_PLAN) -> "QuerySet[Session]":
    """What begins today or later, unless the list's address asks for days or for the past."""
    rows, at = rows_of.sessions_under(paths_in_view(request, verb)), clock.now()
    if query.get("time") == _PAST:
        return rows.filter(ends_at__lte=at)
    if any(query.get(name) for name in ("time", "from", "until")) or query.get("state") == SessionState.OVER:
        return rows
    return rows.filter(starts_at__gte=rows_of.midnight(clock.today(network_of(request).zone)))


def chosen_sessions(request: HttpRequest) -> list[Session]:
    """Out of the list: the ticked ones or all that match, as far as they are hers to plan."""
    is_all = bool(request.POST.get("all"))
    query = QueryDict(request.POST.get("query", "")) if is_all else QueryDict("time=all")
    return rows_of.whole_sessions(SESSIONS.chosen(request, sessions_in_view(request, query, verb=Verb.PLAN)))


@require_safe
@staff_only(Verb.SEE_PLAN)
def sessions(request: HttpRequest) -> HttpResponse:
    page = {"table": SESSIONS.page(request, sessions_in_view(request, request.GET))}
    return render(request, "planning/sessions/list.html", page)


@require_POST
@staff_only(Verb.PLAN)
def publish(request: HttpRequest) -> HttpResponse:
    """First it is said what would become public and what cannot; then those that can do."""
    at = clock.now()
    rows = [row for row in chosen_sessions(request) if row.published_at is None]
    faults = publishing_faults(rows, at=at)
    if not rows:
        return _none(request, gettext("None of these sessions is a draft of yours."))
    if not request.POST.get("sure"):
        return _ask(request, rows, faults, verb="publish")
    ready = [row for row in rows if row.pk not in faults]
    try:
        done = commands.publish(sessions=ready, by=member(request), at=at)
    except Refused as no:
        return _none(request, " ".join(str(refusal) for refusal in no.refusals[:3]), kind="bad")
    count = len(done)
    told = ngettext("%(count)s session is public now.", "%(count)s sessions are public now.", count)
    toast(request, told % {"count": count})
    return redirect("planning:sessions")


@require_POST
@staff_only(Verb.PLAN)
def call_off(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    rows = [row for row in chosen_sessions(request) if row.called_off_at is None]
    faults = calling_off_faults(rows, at=at)
    ready = [row for row in rows if row.pk not in faults]
    if not ready:
        return _none(request, gettext("None of these sessions can be called off."))
    form = ReasonForm(request.POST if request.POST.get("sure") else None)
    if not form.is_valid():
        return _ask(request, rows, faults, verb="call-off", form=form)
    try:
        done = commands.call_off(sessions=ready, reason=form.cleaned_data["reason"], by=member(request), at=at)
    except Refused as no:
        form.refuse(no.refusals)
        return _ask(request, rows, faults, verb="call-off", form=form)
    count = len(done)
    told = ngettext("%(count)s session is called off.", "%(count)s sessions are called off.", count)
    toast(request, told % {"count": count})
    return redirect("planning:sessions")


def calling_off_faults(rows: Iterable[Session], *, at: datetime) -> dict[int, list[Refusal]]:
    """By the session's id, what stands against it besides a missing reason."""
    return {row.pk: found for row in rows if (found := list(against_calling_off(row, reason="-", at=at)))}


def _none(request: HttpRequest, text: str, *, kind: str = "warn") -> HttpResponse:
    toast(request, text, kind=kind)
    return redirect("planning:sessions")


def _ask(
    request: HttpRequest,
    rows: Sequence[Session],
    faults: dict[int, list[Refusal]],
    *,
    verb: str,
    form: ReasonForm | None = None,
) -> HttpResponse:
    """The same choice again, to say yes to. Ticked rows are named, so that nothing joins them meanwhile."""
    bad = [(row, faults[row.pk]) for row in rows if row.pk in faults]
    page = {
        "verb": verb,
        "rows": rows,
        "ready": len(rows) - len(bad),
        "bad": bad[:MOST_NAMED],
        "more": max(0, len(bad) - MOST_NAMED),
        "form": form,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "planning/sessions/many.html", page, status=status)
