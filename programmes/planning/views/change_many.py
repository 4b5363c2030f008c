"""Many sessions changed at once: chosen in a list or out of a roll-out, looked at, then all of them or those that can."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.refusals import Refusal, Refused
from kit.toasts import toast
from networks.models import Area
from people.choices import Verb
from people.doors import member, staff_only
from programmes.planning import doors
from programmes.planning.commands import sessions as commands
from programmes.planning.forms.change_many import ManyForm, What
from programmes.planning.models import Host, Rollout, Session
from programmes.planning.queries.changing import ChangeLine, change_lines, leading, sessions_of_rollout
from programmes.planning.views.rollout_state import numbers
from programmes.planning.views.session_list import MOST_NAMED, calling_off_faults, chosen_sessions
from venues.choices import Weekday
from venues.queries.venues import districts

MOST = 2_000
MOST_SHOWN = 150


@dataclass(frozen=True)
class Choice:
    """The sessions that are meant; out of a roll-out, narrowed by district and weekday. `too_many`: how many were
    asked for, where that is more than can be changed at once; then `sessions` is empty."""

    sessions: list[Session]
    rollout: Rollout | None = None
    district: int | None = None
    weekday: int | None = None
    too_many: int = 0

    @property
    def keys(self) -> str:
        return ".".join(str(row.pk) for row in self.sessions)

    @property
    def back(self) -> str:
        if self.rollout is not None:
            return reverse("planning:rollout-made", args=[self.rollout.pk])
        return reverse("planning:sessions")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def change(request: HttpRequest) -> HttpResponse:
    choice = _choice(request)
    if not choice.sessions and choice.rollout is None:
        toast(request, _too_many(choice) or _("Tick the sessions first."), kind="warn")
        return redirect(choice.back)
    if not request.POST.get("do"):
        return _page(request, choice, _form(choice))
    form = _form(choice, request.POST)
    if not form.is_valid():
        return _page(request, choice, form, status=422)
    if form.is_off:
        return _call_off(request, choice, form)
    lines = change_lines(form.changes(choice.sessions), at=clock.now())
    if request.POST["do"] == "commit":
        return _commit(request, choice, form, lines)
    return _page(request, choice, form, lines=lines)


def _choice(request: HttpRequest) -> Choice:
    """What was ticked in the list comes as the list sends it; from look to look they are carried as `sessions`."""
    typed = request.POST if request.method == "POST" else request.GET
    asked = numbers([typed.get("rollout", "")])
    rollout = doors.rollout_to_plan(request, asked[0]) if asked else None
    carried = numbers(typed.get("sessions", "").split("."))
    district, weekday = _narrowed(typed) if rollout is not None else (None, None)
    keys = carried
    if rollout is not None and not carried:
        paths = [district.path] if district else []
        keys = sessions_of_rollout(rollout.pk, at=clock.now(), paths=paths, weekday=weekday)
    elif request.method == "POST" and not carried:
        keys = [row.pk for row in chosen_sessions(request)]
    too_many = len(keys) if len(keys) > MOST else 0
    rows = doors.sessions_to_plan(request, keys) if keys and not too_many else []
    return Choice(rows, rollout, district.pk if district else None, weekday, too_many)


def _narrowed(typed: Any) -> tuple[Area | None, int | None]:
    wanted = numbers([typed.get("district", "")])
    areas = [area for area in districts() if area.pk in wanted]
    days = [day for day in numbers([typed.get("weekday", "")]) if day in Weekday.values]
    return areas[0] if areas else None, days[0] if days else None


def _too_many(choice: Choice) -> str:
    if not choice.too_many:
        return ""
    text = _("These are %(count)s sessions; %(most)s at most are changed at once. Nothing was changed: choose fewer.")
    return text % {"count": f"{choice.too_many:,}", "most": f"{MOST:,}"}


def _form(choice: Choice, data: Any = None) -> ManyForm:
    hosts = list(Host.objects.filter(closed_at=None).order_by("name", "pk"))
    return ManyForm(data, hosts=hosts, leading=leading(choice.sessions), initial={"what": What.TIME})


def _call_off(request: HttpRequest, choice: Choice, form: ManyForm) -> HttpResponse:
    """Looked at first, too: readers of public sessions are told. Those that cannot are named, and left as they are."""
    at = clock.now()
    faults = calling_off_faults(choice.sessions, at=at)
    ready = [row for row in choice.sessions if row.pk not in faults]
    if request.POST["do"] != "commit" or not ready:
        status = 200 if ready or request.POST["do"] != "commit" else 422
        return _page(request, choice, form, off=faults, status=status)
    try:
        rows = commands.call_off(sessions=ready, reason=form.cleaned_data["reason"], by=member(request), at=at)
    except Refused as no:
        return _page(request, choice, form, off=faults, said=no.refusals, status=422)
    text = ngettext("%(count)s session is called off.", "%(count)s sessions are called off.", len(rows))
    toast(request, text % {"count": len(rows)})
    return redirect(choice.back)


def _commit(request: HttpRequest, choice: Choice, form: ManyForm, lines: list[ChangeLine]) -> HttpResponse:
    anyway = bool(request.POST.get("anyway"))
    wanted = lines
    if request.POST.get("which") == "able":
        wanted = [line for line in lines if line.is_free or (anyway and line.is_doubtful)]
    if not wanted:
        none = Refusal("none_can", _("None of these sessions can be changed that way."))
        return _page(request, choice, form, lines=lines, said=(none,), status=422)
    try:
        rows = commands.change_many(
            changes=[line.change for line in wanted], by=member(request), at=clock.now(), anyway=anyway
        )
    except Refused as no:
        return _page(request, choice, form, lines=lines, said=no.refusals, status=422)
    text = ngettext("%(count)s session is changed.", "%(count)s sessions are changed.", len(rows))
    toast(request, text % {"count": len(rows)})
    return redirect(choice.back)


def _page(
    request: HttpRequest,
    choice: Choice,
    form: ManyForm,
    *,
    lines: list[ChangeLine] | None = None,
    off: dict[int, list[Refusal]] | None = None,
    said: tuple[Refusal, ...] = (),
    status: int = 200,
) -> HttpResponse:
    found, faults = lines or [], off or {}
    bad = [(row, faults[row.pk]) for row in choice.sessions if row.pk in faults]
    page = {
        "choice": choice,
        "too_many": _too_many(choice),
        "form": form,
        "lines": found[:MOST_SHOWN],
        "more": max(0, len(found) - MOST_SHOWN),
        "is_looked_at": lines is not None,
        "is_off": off is not None,
        "off_ready": len(choice.sessions) - len(bad),
        "off_bad": bad[:MOST_NAMED],
        "off_more": max(0, len(bad) - MOST_NAMED),
        "public": sum(row.published_at is not None for row in choice.sessions),
        "free": sum(line.is_free for line in found),
        "doubtful": sum(line.is_doubtful for line in found),
        "blocked": sum(bool(line.judgement.refusals) for line in found),
        "said": said[:5],
        "districts": districts() if choice.rollout is not None else [],
        "weekdays": Weekday.choices,
    }
    return render(request, "planning/sessions_change.html", page, status=status)
