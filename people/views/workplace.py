"""What belongs to the staff's frame: the search over everything, the help, and the area to work in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import navigation
from kit.tables import words_of
from people.choices import Role, Verb
from people.doors import member, members_only
from people.queries.rights import rights_of
from people.queries.workplace import SESSION_KEY, area_to_work_in

_A_SOURCE = 8
_LONGEST = 60


@never_cache
@require_safe
@members_only
def search(request: HttpRequest) -> HttpResponse:
    _any_role(request)
    words = words_of(request.GET.get("q", ""))[:_LONGEST]
    found = navigation.search.find(request, words, limit=_A_SOURCE) if words else []
    families = reverse("people:families") if rights_of(member(request)).may(Verb.SEE_PEOPLE) else ""
    return render(request, "people/search.html", {"words": words, "found": found, "families": families})


@require_safe
@members_only
def help_page(request: HttpRequest) -> HttpResponse:
    _any_role(request)
    roles = [role.label for role in Role if role in rights_of(member(request)).roles]
    return render(request, "people/help.html", {"roles": roles, "groups": navigation.staff.groups(request)})


@require_POST
@members_only
def area(request: HttpRequest) -> HttpResponse:
    """Keeps the area in the session; anything that the person's rights do not reach means all of them."""
    _any_role(request)
    chosen = area_to_work_in(request, request.POST.get("area", ""))
    if chosen is None:
        request.session.pop(SESSION_KEY, None)
    else:
        request.session[SESSION_KEY] = chosen.pk
    target = request.POST.get("next", "")
    return redirect(target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "people:plan")


def _any_role(request: HttpRequest) -> None:
    if not rights_of(member(request)):
        raise PermissionDenied
