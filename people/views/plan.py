"""工作台: where staff begin."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit import clock
from kit.navigation import staff
from kit.waiting import waiting
from people.doors import member, members_only, network_of
from people.queries.rights import rights_of, roles_and_areas


@require_safe
@members_only
def plan(request: HttpRequest) -> HttpResponse:
    """What waits, and every page of staff that this person may open; for somebody without a role there is none."""
    person = member(request)
    if not rights_of(person):
        raise PermissionDenied
    groups = [
        (group, ways)
        for group, links in staff.groups(request)
        if (ways := [link for link in links if not link.is_current])
    ]
    page = {
        "person": person,
        "today": clock.today(network_of(request).zone),
        "lines": waiting.for_request(request),
        "groups": groups,
        "held": roles_and_areas(person),
        "second_factor_needed": settings.SECOND_FACTOR_NEEDED,
    }
    return render(request, "people/plan.html", page)
