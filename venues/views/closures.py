"""Closures: listed, entered after a look at what they take away, withdrawn, restored and ended."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock
from kit.refusals import Refused
from kit.toasts import Undo, toast
from networks.models import Area
from people.choices import Verb
from people.doors import member, network_of, staff_only
from people.queries.rights import rights_of
from venues import doors
from venues.commands import closures as commands
from venues.forms import ClosureForm
from venues.models import Closure, Venue
from venues.queries.impact import Impact, impact_of, venues_of
from venues.queries.venues import all_venues, venues_within
from venues.registers import Occupancy, occupancies_of
from venues.views.lists import VENUES, lines_in_view

MOST_SHOWN = 8


@dataclass(frozen=True)
class Target:
    """Some venues, or an area with all that lie under it."""

    venues: list[Venue]
    area: Area | None = None
    fields: list[tuple[str, str]] = field(default_factory=list)

    @property
    def back(self) -> str:
        if self.area is None and len(self.venues) == 1:
            return reverse("venues:venue", args=[self.venues[0].slug])
        return reverse("venues:closures")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.TEND_VENUES)
def add(request: HttpRequest) -> HttpResponse:
    target = _target(request)
    today = clock.today(network_of(request).zone)
    if request.method != "POST":
        return _page(request, target, ClosureForm(today=today, initial={"first_day": today, "is_public": True}))
    form = ClosureForm(request.POST, today=today)
    if not form.is_valid():
        return _page(request, target, form, status=422)
    plan, seen = _plan(request, form), _mark(request, target)
    if not request.POST.get("sure") or request.POST.get("seen") != seen:
        taken = occupancies_of(target.venues, max(plan.starts_at, clock.now()), plan.ends_at)
        return _page(request, target, form, impact=_impact(request, target, plan), seen=seen, taken=taken)
    try:
        made = _enter(request, target, plan)
    except Refused as no:
        form.refuse(no.refusals)
        return _page(request, target, form, status=422)
    undo = Undo(reverse("venues:closures-withdraw"), {"closures": ",".join(str(row.pk) for row in made)})
    toast(request, _told(target), undo=undo)
    return redirect(target.back)


def _enter(request: HttpRequest, target: Target, plan: commands.ClosurePlan) -> Sequence[Closure]:
    by, at = member(request), clock.now()
    if target.area is not None:
        return [commands.close_area(area=target.area, plan=plan, by=by, at=at)]
    return commands.close_venues(venues=target.venues, plan=plan, by=by, at=at)


@require_POST
@staff_only(Verb.TEND_VENUES)
def many(request: HttpRequest) -> HttpResponse:
    """From the list: the ticked venues, or all that match."""
    chosen = VENUES.chosen(request, lines_in_view(request))
    venues = [line.venue for line in chosen if line.venue.closed_at is None]
    if not venues:
        toast(request, _("Tick the venues first."), kind="warn")
        return redirect("venues:venues")
    today = clock.today(network_of(request).zone)
    form = ClosureForm(today=today, initial={"first_day": today, "is_public": True})
    return _page(request, _of_venues(venues), form)


def _target(request: HttpRequest) -> Target:
    typed = request.POST if request.method == "POST" else request.GET
    if area_id := typed.get("area", ""):
        area = doors.area_to_close(request, area_id)
        return Target(venues_of(area), area, [("area", area_id)])
    if slug := typed.get("venue", ""):
        return _of_venues([doors.venue_to_tend(request, slug)])
    keys = {int(one) for one in typed.get("chosen", "").split(",") if one.isascii() and one.isdigit()}
    rows = list(all_venues().filter(pk__in=keys, closed_at=None).order_by("name"))
    if not rows or len(rows) != len(keys):
        raise Http404
    rights = rights_of(member(request))
    if not all(rights.may(Verb.TEND_VENUES, path=venue.area.path) for venue in rows):
        raise PermissionDenied
    return _of_venues(rows)


def _of_venues(venues: list[Venue]) -> Target:
    return Target(venues, None, [("chosen", ",".join(str(venue.pk) for venue in venues))])


def _plan(request: HttpRequest, form: ClosureForm) -> commands.ClosurePlan:
    starts_at, ends_at = form.span(network_of(request).zone)
    data = form.cleaned_data
    return commands.ClosurePlan(starts_at, ends_at, data["reason"], is_public=data["is_public"], note=data["note"])


def _impact(request: HttpRequest, target: Target, plan: commands.ClosurePlan) -> Impact:
    return impact_of(
        target.venues,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        at=clock.now(),
        zone=network_of(request).zone,
    )


def _mark(request: HttpRequest, target: Target) -> str:
    """Of what was looked at: a yes counts only for the very dates and venues that the look was for."""
    names = ("first_day", "first_time", "last_day", "last_time", "until_further_notice")
    typed = [request.POST.get(name, "") for name in names]
    return sha256(repr((target.fields, typed, len(target.venues))).encode()).hexdigest()[:16]


def _page(
    request: HttpRequest,
    target: Target,
    form: ClosureForm,
    *,
    impact: Impact | None = None,
    seen: str = "",
    taken: Sequence[Occupancy] = (),
    status: int = 200,
) -> HttpResponse:
    page = {
        "target": target,
        "form": form,
        "impact": impact,
        "losses": impact.losses[:MOST_SHOWN] if impact else [],
        "more": max(0, impact.venues - MOST_SHOWN) if impact else 0,
        "seen": seen,
        "taken": taken,
    }
    return render(request, "venues/closure.html", page, status=status)


def _told(target: Target) -> str:
    if target.area is not None:
        return _("The closure of %(area)s is entered.") % {"area": target.area.name}
    count = len(target.venues)
    return ngettext(
        "The closure of %(count)s venue is entered.", "The closures of %(count)s venues are entered.", count
    ) % {"count": count}


@require_POST
@staff_only(Verb.TEND_VENUES)
def withdraw(request: HttpRequest) -> HttpResponse:
    rows = doors.closures_to_tend(request, request.POST.get("closures", "").split(","))
    commands.withdraw_closures(closures=rows, by=member(request), at=clock.now())
    undo = Undo(reverse("venues:closures-restore"), {"closures": request.POST["closures"]})
    toast(request, _("The closure is withdrawn; readers see the usual hours again."), undo=undo)
    return redirect(_back(request))


@require_POST
@staff_only(Verb.TEND_VENUES)
def restore(request: HttpRequest) -> HttpResponse:
    rows = doors.closures_to_tend(request, request.POST.get("closures", "").split(","))
    commands.restore_closures(closures=rows, by=member(request), at=clock.now())
    toast(request, _("The closure holds again."))
    return redirect(_back(request))


@require_POST
@staff_only(Verb.TEND_VENUES)
def end_now(request: HttpRequest) -> HttpResponse:
    [row] = doors.closures_to_tend(request, [request.POST.get("closures", "")])
    at: datetime = clock.now()
    try:
        commands.end_closure(closure=row, ends_at=at, by=member(request), at=at)
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        toast(request, _("The closure ends now; readers see the usual hours again."))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The venue's page, if the button stood there."""
    slug = request.POST.get("venue", "")
    found = venues_within(rights_of(member(request)).paths(Verb.TEND_VENUES)).filter(slug=slug) if slug else None
    if found is not None and found.exists():
        return reverse("venues:venue", args=[slug])
    return reverse("venues:closures")
