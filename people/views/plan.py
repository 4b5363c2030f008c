"""工作台: where staff begin."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit.navigation import staff
from people.choices import Role
from people.doors import member, members_only
from people.queries.rights import rights_of


@require_safe
@members_only
def plan(request: HttpRequest) -> HttpResponse:
    """Every page of staff that this person may open; for somebody without a role there is none."""
    person = member(request)
    rights = rights_of(person)
    if not rights:
        raise PermissionDenied
    links = [link for link in staff.links(request) if not link.is_current]
    roles = [role.label for role in Role if role in rights.roles]
    page = {
        "person": person,
        "links": links,
        "roles": roles,
        "second_factor_needed": settings.SECOND_FACTOR_NEEDED,
    }
    return render(request, "people/plan.html", page)
