"""One member of staff, and what can be done about each role."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.toasts import Undo, toast
from people import doors
from people.choices import Role, Verb
from people.commands import appointments as commands
from people.forms.staff import AppointForm, PostForm
from people.models import Person
from people.queries import staff_page as queries
from people.queries.rights import rights_of
from people.queries.staff import areas_to_choose
from people.rules.appointing import roles_to_give

_ANSWERS = {"withdraw": commands.withdraw, "remind": commands.remind}


def told(request: HttpRequest, no: Refused) -> None:
    toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")


def _post_choices(by: Person) -> dict[str, Any]:
    rights = rights_of(by)
    return {"roles": roles_to_give(rights), "areas": areas_to_choose(rights.paths(Verb.APPOINT_KEEPERS))}


@never_cache
@require_safe
@doors.staff_only(Verb.APPOINT_KEEPERS)
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    return _page(request, person_id, PostForm(**_post_choices(doors.member(request))))


def _page(request: HttpRequest, person_id: int, form: PostForm) -> HttpResponse:
    by, at = doors.member(request), clock.now()
    found, rights = doors.staff_member(request, person_id), rights_of(by)
    page = {
        "who": found,
        "form": form,
        "roles": queries.role_lines(found, rights),
        "offers": queries.offer_lines(found, rights, at=at),
        "past": queries.past_grants(found, rights.paths(Verb.APPOINT_KEEPERS), at=at),
        "devices": queries.bound_devices(found, at=at),
        "history": queries.history_of(found),
        "is_oneself": found.pk == by.pk,
    }
    page["may_leave"] = not page["is_oneself"] and any(line.can_end for line in page["roles"])  # type: ignore[attr-defined]
    return render(request, "people/staff/person.html", page, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.staff_only(Verb.APPOINT_KEEPERS)
def appoint(request: HttpRequest) -> HttpResponse:
    """Invite by number. `?area=` and `?role=` fill the form, as a venue's page asks."""
    by = doors.member(request)
    asked = {"area": request.GET.get("area", ""), "role": request.GET.get("role", Role.KEEPER.value)}
    form = AppointForm(request.POST or None, initial=asked, **_post_choices(by))
    if form.is_bound and form.is_valid():
        try:
            made = commands.appoint(
                network=doors.network_of(request),
                phone=form.cleaned_data["phone"],
                name=form.cleaned_data["name"],
                role=form.wanted_role,
                area=form.place,
                by=by,
                at=clock.now(),
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("%s is invited by SMS. The role begins when they accept.") % form.cleaned_data["name"])
            return redirect("people:staff-person", made.person_id)
    return render(request, "people/staff/appoint.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@doors.staff_only(Verb.APPOINT_KEEPERS)
def give(request: HttpRequest, person_id: int) -> HttpResponse:
    """A further role, offered as the first was."""
    by, found = doors.member(request), doors.staff_member(request, person_id)
    form = PostForm(request.POST, **_post_choices(by))
    if form.is_valid():
        try:
            commands.offer_to(person=found, role=form.wanted_role, area=form.place, by=by, at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("Invited. The role begins when it is accepted."))
            return redirect("people:staff-person", person_id)
    return _page(request, person_id, form)


@require_POST
@doors.staff_only(Verb.APPOINT_KEEPERS)
def end(request: HttpRequest, grant_id: int) -> HttpResponse:
    grant = doors.grant_in_reach(request, grant_id)
    by, at = doors.member(request), clock.now()
    try:
        if request.POST.get("undo"):
            commands.take_back_ending(grant, by=by, at=at)
            toast(request, _("The role goes on."))
        else:
            commands.end(grant, by=by, at=at)
            undo = Undo(reverse("people:staff-role-end", args=[grant.pk]), {"undo": "1"})
            toast(request, _("%s: the role has ended.") % Role(grant.role).label, undo=undo)
    except Refused as no:
        told(request, no)
    return redirect("people:staff-person", grant.person_id)


@require_POST
@doors.staff_only(Verb.APPOINT_KEEPERS)
def answer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Take an invitation back, or send its message again."""
    offer, do = doors.offer_in_reach(request, offer_id), _ANSWERS.get(request.POST.get("do", ""))
    if do is None:
        raise Http404
    try:
        do(offer, by=doors.member(request), at=clock.now())
    except Refused as no:
        told(request, no)
        return redirect("people:staff-person", offer.person_id)
    if do is commands.remind:
        toast(request, _("The message went out again; it is open for 14 days."))
        return redirect("people:staff-person", offer.person_id)
    toast(request, _("The invitation is withdrawn."))
    return redirect("people:staff")
