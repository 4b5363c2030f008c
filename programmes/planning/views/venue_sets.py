"""Sets of venues: kept from a roll-out, renamed, deleted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kit.refusals import Refused
from kit.toasts import Undo, toast
from people.choices import Verb
from people.doors import member, staff_only
from programmes.planning import doors
from programmes.planning.commands import venue_sets as commands
from programmes.planning.queries.rollouts import chosen_venues
from programmes.planning.queries.spaces import venue_sets
from programmes.planning.views.rollout_state import numbers


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def sets(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _keep(request)
    rows = venue_sets()
    names = {venue.pk: venue.name for venue in chosen_venues({key for row in rows for key in row.venues})}
    lines = [(row, [names[key] for key in row.venues if key in names]) for row in rows]
    return render(request, "planning/venue_sets.html", {"lines": lines})


def _keep(request: HttpRequest) -> HttpResponse:
    venues = [venue.pk for venue in chosen_venues(numbers(request.POST.get("spaces", "").split(".")))]
    try:
        row = commands.keep_set(name=request.POST.get("name", "")[:40], venues=venues, by=member(request))
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        text = ngettext("“%(name)s” holds %(count)s venue.", "“%(name)s” holds %(count)s venues.", len(row.venues))
        toast(request, text % {"name": row.name, "count": len(row.venues)})
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else reverse("planning:venue-sets")


@require_POST
@staff_only(Verb.PLAN)
def change(request: HttpRequest, set_id: int) -> HttpResponse:
    """Renamed or deleted, as the button says."""
    row = doors.venue_set(set_id)
    if request.POST.get("do") == "delete":
        back = {"name": row.name, "spaces": ".".join(str(key) for key in row.venues)}
        commands.delete_set(row=row, by=member(request))
        text = _("The set “%(name)s” is deleted; what was planned with it stays.") % {"name": row.name}
        toast(request, text, undo=Undo(reverse("planning:venue-sets"), back))
        return redirect("planning:venue-sets")
    try:
        commands.rename_set(row=row, name=request.POST.get("name", "")[:40], by=member(request))
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        toast(request, _("The set is called “%(name)s”.") % {"name": row.name})
    return redirect("planning:venue-sets")
