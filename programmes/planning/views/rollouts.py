"""Roll-out in steps: spaces, rule, preview, commit. Each step is an address of its own; only the last one writes."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.refusals import Refusal, Refused
from kit.toasts import Undo, toast
from people.choices import Verb
from people.doors import member, network_of, staff_only
from people.queries.rights import rights_of
from programmes.planning import doors
from programmes.planning.choices import AdjustedDays, CellState, HostLack, Pattern
from programmes.planning.commands import rollouts as commands
from programmes.planning.engine.grid import grid_of, obstacles_of
from programmes.planning.engine.rollout import Plan, against, asked_days, plan
from programmes.planning.forms.rollouts import RuleForm
from programmes.planning.models import Activity, Host
from programmes.planning.queries.batches import made_just_now
from programmes.planning.queries.spaces import Space, by_district, spaces_within, venue_sets
from programmes.planning.rules.asking import Ask, number_of
from programmes.planning.views.rollout_state import State, numbers
from venues.choices import Equipment, VenueKind
from venues.queries.venues import districts
from venues.rules.access import ACCESS

WEEKS = 13
STEPS = ("spaces", "rule", "preview")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def rollout(request: HttpRequest, activity_id: int) -> HttpResponse:
    activity = doors.activity_to_plan(request, activity_id)
    if request.method == "POST":
        return _commit(request, State(activity, request.POST))
    state = State(activity, request.GET)
    if state.data.get("step") == "preview":
        return _preview(request, state)
    if state.data.get("step") == "rule":
        return _rule(request, state)
    return _spaces(request, state)


def in_reach(request: HttpRequest, activity: Activity) -> list[Space]:
    return spaces_within(rights_of(member(request)).paths(Verb.PLAN), activity)


# --- 1: spaces


def _spaces(request: HttpRequest, state: State) -> HttpResponse:
    everywhere = in_reach(request, state.activity)
    there = {space.venue.pk for space in everywhere}
    wish = state.wish
    fitting = [space for space in everywhere if wish.holds(space)]
    shown = [space for space in fitting if wish.district in {None, space.venue.district_id}]  # type: ignore[attr-defined]
    chosen = [key for key in state.venues if key in there]
    if (answer := _gone(state, chosen, shown)) is not None:
        return answer
    seen = {space.venue.pk for space in shown}
    page = {
        "state": state,
        "wish": wish,
        "groups": by_district(shown),
        "tiles": _tiles(fitting, chosen, wish.district),
        "shown": len(shown),
        "chosen": set(chosen),
        "unseen": state.spaces_pair(key for key in chosen if key not in seen),
        "carried": state.rule_pairs(),
        "kinds": [(kind.value, kind.label) for kind in VenueKind if any(s.venue.kind == kind for s in everywhere)],
        "access": ACCESS,
        "equipment": Equipment.choices,
        "sets": venue_sets(),
        "steps": _steps("spaces"),
    }
    return render(request, "planning/rollout_spaces.html", page)


def _gone(state: State, chosen: list[int], shown: list[Space]) -> HttpResponse | None:
    """What a button of the page asks for beyond narrowing: to choose many at once, or to go on."""
    go, _colon, value = state.data.get("go", "").partition(":")
    if go == "shown":
        return redirect(state.at_spaces(dict.fromkeys([*chosen, *(space.venue.pk for space in shown)])))
    if go == "none":
        return redirect(state.at_spaces([]))
    if go == "set":
        wanted: list[int] = next((row.venues for row in venue_sets() if str(row.pk) == value), [])
        return redirect(state.at_spaces(dict.fromkeys([*chosen, *wanted])))
    if go == "rule":
        return redirect(state.address("rule", [*state.spaces_pair(chosen), *state.rule_pairs()]))
    return None


def _tiles(fitting: list[Space], chosen: list[int], current: int | None) -> list[dict[str, Any]]:
    """Districts with how many of their fitting spaces are chosen."""
    keys, found = set(chosen), []
    for area in districts():
        there = [space for space in fitting if space.venue.district_id == area.pk]  # type: ignore[attr-defined]
        if there:
            found.append(
                {
                    "area": area,
                    "all": len(there),
                    "chosen": sum(space.venue.pk in keys for space in there),
                    "is_current": area.pk == current,
                }
            )
    return found


# --- 2: rule


def _rule(request: HttpRequest, state: State) -> HttpResponse:
    form = _form(state) if "pattern" in state.data else _fresh_form(request, state.activity)
    bound = form.is_bound
    if state.data.get("go") == "preview" and form.is_valid():
        return redirect(state.at_preview())
    if state.data.get("go") == "spaces":
        return redirect(state.at_spaces())
    status = 422 if bound and state.data.get("go") == "preview" else 200
    return _rule_page(request, state, form, status=status)


def _rule_page(request: HttpRequest, state: State, form: RuleForm, *, status: int = 200) -> HttpResponse:
    page = {
        "state": state,
        "form": form,
        "chosen": len(state.venues),
        "carried": state.spaces_pair(),
        "steps": _steps("rule"),
        "sets": venue_sets(),
    }
    return render(request, "planning/rollout_rule.html", page, status=status)


def _form(state: State) -> RuleForm:
    return RuleForm(state.data, hosts=_hosts())


def _fresh_form(request: HttpRequest, activity: Activity) -> RuleForm:
    first = _first_day(activity, clock.today(network_of(request).zone))
    programme = activity.programme
    last = min(first + timedelta(days=WEEKS * 7 - 1), max(first, min(programme.ends_on, programme.season.ends_on)))
    usual = {
        "pattern": Pattern.WEEKLY,
        "weekdays": [5],
        "every": 1,
        "times": "10:00",
        "first": first,
        "last": last,
        "skips_holidays": True,
        "adjusted": AdjustedDays.SKIP,
        "within_hours": True,
        "skips_closures": True,
        "host_lack": HostLack.SKIP,
    }
    return RuleForm(hosts=_hosts(), initial=usual)


def _first_day(activity: Activity, today: date) -> date:
    return max(today + timedelta(days=1), activity.programme.season.starts_on, activity.programme.starts_on)


def _hosts() -> list[tuple[int, str]]:
    rows = Host.objects.filter(closed_at=None).select_related("home_area").order_by("home_area__place", "name", "pk")
    return [(row.pk, f"{row.name} · {row.home_area.name}" if row.home_area else row.name) for row in rows]


# --- 3: preview


def _preview(request: HttpRequest, state: State, *, said: tuple[Refusal, ...] = ()) -> HttpResponse:
    form = _form(state)
    if not form.is_valid():
        return _rule_page(request, state, form, status=422)
    ask = _asked(request, state, form)
    days = asked_days(ask)
    refusals = tuple(against(state.activity, ask, days, confirmed=form.cleaned_data["confirmed"]))
    if refusals:
        return _refused_preview(request, state, form, refusals)
    found = plan(state.activity, ask, days, zone=network_of(request).zone, at=clock.now())
    asked = numbers([state.data.get("page", "")])
    grid = grid_of(found, page=asked[0] if asked else 1)
    page = {
        "state": state,
        "plan": found,
        "grid": grid,
        "page_links": [(number, state.at_preview(page=number)) for number in range(1, grid.pages + 1)],
        "obstacles": obstacles_of(found),
        "counts": {kind.value: found.counts[kind] for kind in CellState},
        "carried": [*state.spaces_pair(), *state.rule_pairs()],
        "said": said,
        "made_before": _made_before(state, ask, said),
        "steps": _steps("preview"),
        "unused": _unused(found),
    }
    return render(request, "planning/rollout_preview.html", page, status=422 if said else 200)


def _made_before(state: State, ask: Ask, said: tuple[Refusal, ...]) -> str:
    """Where the planner's own roll-out stands that she asked for once more."""
    is_twice = any(refusal.code == "made_already" for refusal in said)
    row = made_just_now(state.activity, ask, at=clock.now()) if is_twice else None
    return reverse("planning:rollout-made", args=[row.pk]) if row else ""


def _unused(found: Plan) -> list[str]:
    """Hosts who were named and got nothing."""
    dealt = {cell.host.pk for cell in found.made if cell.host}
    idle = [key for key in found.ask.hosts if key not in dealt]
    return list(Host.objects.filter(pk__in=idle).order_by("name").values_list("name", flat=True)) if idle else []


def _asked(request: HttpRequest, state: State, form: RuleForm) -> Ask:
    """Only spaces that lie where this person plans."""
    there = {space.venue.pk for space in in_reach(request, state.activity)}
    return form.ask(tuple(key for key in state.venues if key in there), state.out)


def _refused_preview(request: HttpRequest, state: State, form: RuleForm, refusals: tuple[Refusal, ...]) -> HttpResponse:
    """A number to be typed is asked for on a page of its own; everything else at the rule."""
    if [refusal.code for refusal in refusals] == ["asked_again"]:
        ask = _asked(request, state, form)
        number = number_of(ask, len(asked_days(ask).kept) * len(set(ask.rule.times)))
        page = {
            "state": state,
            "number": number,
            "typed": state.data.get("confirmed", ""),
            "carried": [pair for pair in [*state.spaces_pair(), *state.rule_pairs()] if pair[0] != "confirmed"],
            "steps": _steps("preview"),
            "back": state.at_rule(),
        }
        return render(request, "planning/rollout_sure.html", page, status=422)
    form.refuse(refusals)
    return _rule_page(request, state, form, status=422)


# --- 4: commit


def _commit(request: HttpRequest, state: State) -> HttpResponse:
    if state.data.get("do") != "commit":
        return redirect(state.at_preview())
    form = _form(state)
    if not form.is_valid():
        return _rule_page(request, state, form, status=422)
    try:
        row = commands.roll_out(
            activity=state.activity,
            ask=_asked(request, state, form),
            seen=state.data.get("seen", ""),
            confirmed=form.cleaned_data["confirmed"],
            zone=network_of(request).zone,
            by=member(request),
            at=clock.now(),
        )
    except Refused as no:
        return _preview(request, state, said=no.refusals)
    undo = Undo(reverse("planning:rollout-undo", args=[row.pk]), {})
    text = ngettext("%(count)s session is in the plan.", "%(count)s sessions are in the plan.", row.made)
    toast(request, text % {"count": row.made}, undo=undo)
    return redirect("planning:rollout-made", row.pk)


def _steps(now: str) -> list[tuple[str, str]]:
    words = (_("Spaces"), _("Rule"), _("Preview"), pgettext("step of a roll-out", "Commit"))
    place = STEPS.index(now)
    return [
        (word, "done" if number < place else "now" if number == place else "later") for number, word in enumerate(words)
    ]
