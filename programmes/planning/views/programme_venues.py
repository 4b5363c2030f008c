"""The venues of a programme, such as those of a readers' festival: chosen, put in order, one of them the main one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from kit.refusals import Refused
from kit.tables import words_of
from kit.toasts import toast
from people.doors import member, members_only
from programmes.planning import doors
from programmes.planning.commands import programme_venues as commands
from programmes.planning.models import ProgrammeVenue
from programmes.planning.queries.venues import venue_of_key, venues_to_choose

MOST_SHOWN = 12
DOINGS = {
    "put": commands.put_venue,
    "remove": commands.take_venue_out,
    "main": commands.make_main,
    "forward": commands.move_venue_forward,
}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def venues(request: HttpRequest, programme_id: int) -> HttpResponse:
    row = doors.programme_to_plan(request, programme_id)
    here, words = reverse("planning:programme-venues", args=[row.pk]), words_of(request.GET.get("q", ""))
    if request.method == "POST":
        doing, venue = DOINGS.get(request.POST.get("do", "")), venue_of_key(request.POST.get("venue", ""))
        if doing is not None and venue is not None:
            try:
                doing(programme=row, venue=venue, by=member(request))
            except Refused as no:
                toast(request, "".join(str(refusal) for refusal in no.refusals), kind="bad")
        return redirect(f"{here}?{urlencode({'q': words})}" if words else here)
    lines = (
        ProgrammeVenue.objects.filter(programme=row).select_related("venue__area").order_by("-is_main", "place", "pk")
    )
    there = [line.venue_id for line in lines]
    found = list(venues_to_choose(words, without=there)[: MOST_SHOWN + 1])
    page = {
        "programme": row,
        "lines": lines,
        "words": words,
        "found": found[:MOST_SHOWN],
        "has_more": len(found) > MOST_SHOWN,
        "here": here,
    }
    return render(request, "planning/programmes/venues.html", page)
