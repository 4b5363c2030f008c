"""A household's own pages: begin, look, change who belongs to it."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refusal, Refused
from people import doors
from people.choices import FamilyVerb, MemberRole
from people.commands import families as commands
from people.forms.families import BeginForm, DistrictForm
from people.models import Member
from people.queries.families import (
    Belonging,
    belongings_of,
    children_of,
    districts,
    guardians,
    household_page,
    members_of,
)
from people.queries.household_names import names_of
from people.queries.joining import logins_offered_to, secret_of
from people.rules import families as rules


@never_cache
@require_safe
@doors.members_only
def family(request: HttpRequest) -> HttpResponse:
    """One's own household, the first of several; an own login that waits comes before it."""
    person = doors.member(request)
    if offers := logins_offered_to(person, at=clock.now()):
        return redirect("people:join", secret_of(offers[0]))
    places = belongings_of(person)
    return redirect("people:household", places[0].household.code) if places else redirect("people:family-new")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def begin(request: HttpRequest) -> HttpResponse:
    person = doors.member(request)
    form = BeginForm(request.POST or None, knows_name=bool(person.name))
    if request.method == "POST" and form.is_valid():
        try:
            household = commands.start_household(
                by=person,
                role=MemberRole(form.cleaned_data["role"]),
                relation=form.cleaned_data["relation"],
                name=form.cleaned_data.get("name", ""),
                at=clock.now(),
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            return redirect("people:child-new", household.code)
    page = {
        "form": form,
        "is_first": not belongings_of(person),
        "carers_may_begin": rules.carers_may_begin(doors.network_of(request).rules),
    }
    return render(request, "people/family/begin.html", page, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@doors.members_only
def household(request: HttpRequest, code: str) -> HttpResponse:
    person, at = doors.member(request), clock.now()
    places = belongings_of(person)
    place = next((one for one in places if one.household.code == code), None)
    if place is None:
        raise Http404
    page = household_page(place, person=person, today=clock.today(doors.network_of(request).zone), at=at)
    names = names_of([one.household for one in places])
    shown = {
        "place": place,
        "places": [(one, names[one.household.pk]) for one in places],
        "name": names[place.household.pk],
        "page": page,
        "may": {verb.value: place.may(verb) for verb in FamilyVerb},
    }
    return render(request, "people/family/household.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def district(request: HttpRequest, code: str) -> HttpResponse:
    place = doors.place_in(request, code, FamilyVerb.CHOOSE_DISTRICT)
    chosen = place.household.district_id
    form = DistrictForm(request.POST or None, districts=districts(), initial={"district": chosen or ""})
    if request.method == "POST" and form.is_valid():
        commands.choose_district(household=place.household, district=form.area, by=doors.member(request))
        messages.success(request, _("Your district is saved."))
        return redirect("people:household", code)
    page = {"place": place, "form": form}
    return render(request, "people/family/district.html", page, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def leave(request: HttpRequest, code: str) -> HttpResponse:
    place = doors.place_in(request, code, FamilyVerb.LEAVE)
    refusals = tuple(_against_leaving(place))
    is_known = bool(refusals) and request.method != "POST"
    if request.method == "POST":
        try:
            commands.leave(household=place.household, by=doors.member(request), at=clock.now())
        except Refused as no:
            refusals = no.refusals
        else:
            messages.success(request, _("You have left the family."))
            return redirect("people:me")
    page = {"place": place, "refusals": refusals, "name": _name_among(request, place)}
    return render(request, "people/family/leave.html", page, status=422 if refusals and not is_known else 200)


def _against_leaving(place: Belonging) -> Iterator[Refusal]:
    """Said before the button is pressed."""
    members, children = members_of(place.household), children_of(place.household)
    me = next(member for member in members if place.member and member.pk == place.member.pk)
    return rules.against_leaving(me, guardians=len(guardians(members)), adults=len(members), children=len(children))


def _name_among(request: HttpRequest, place: Belonging) -> str:
    """Of one's several families, which is meant."""
    mine = [one.household for one in belongings_of(doors.member(request))]
    return names_of(mine)[place.household.pk] if len(mine) > 1 else ""


# --- Members -------------------------------------------------------------------------------


@never_cache
@require_safe
@doors.members_only
def member(request: HttpRequest, code: str, member_id: int) -> HttpResponse:
    doors.place_in(request, code, FamilyVerb.CHANGE_ROLE)
    return _member_page(request, code, _member(request, code, member_id))


@require_POST
@doors.members_only
def member_role(request: HttpRequest, code: str, member_id: int) -> HttpResponse:
    place = doors.place_in(request, code, FamilyVerb.CHANGE_ROLE)
    row, by = _member(request, code, member_id), doors.member(request)
    role = request.POST.get("role")
    if role not in {MemberRole.GUARDIAN, MemberRole.CARER}:
        raise Http404
    try:
        commands.change_role(household=place.household, member_id=row.pk, role=MemberRole(role), by=by, at=clock.now())
    except Refused as no:
        return _member_page(request, code, row, no)
    messages.success(request, _("The change is saved, and the family is told."))
    return redirect("people:household", code)


@require_POST
@doors.members_only
def member_remove(request: HttpRequest, code: str, member_id: int) -> HttpResponse:
    place = doors.place_in(request, code, FamilyVerb.REMOVE_MEMBER)
    row = _member(request, code, member_id)
    try:
        commands.remove_member(household=place.household, member_id=row.pk, by=doors.member(request), at=clock.now())
    except Refused as no:
        return _member_page(request, code, row, no)
    messages.success(request, _("They no longer belong to the family and see nothing of it."))
    return redirect("people:household", code)


def _member(request: HttpRequest, code: str, member_id: int) -> Member:
    place = doors.place_in(request, code, FamilyVerb.SEE_MEMBERS)
    row = next((one for one in members_of(place.household) if one.pk == member_id), None)
    if row is None:
        raise Http404
    return row


def _against_stepping_back(row: Member) -> Iterator[Refusal]:
    """Said before a guardian makes a carer of herself."""
    members, children = members_of(row.household), children_of(row.household)
    return rules.against_leaving(row, guardians=len(guardians(members)), adults=len(members), children=len(children))


def _member_page(request: HttpRequest, code: str, row: Member, no: Refused | None = None) -> HttpResponse:
    is_me = row.person_id == doors.member(request).pk
    needed = tuple(_against_stepping_back(row)) if is_me else ()
    page = {
        "code": code,
        "member": row,
        "is_me": is_me,
        "refusals": no.refusals if no else needed,
        "is_last": bool(needed),
    }
    return render(request, "people/family/member.html", page, status=422 if no else 200)
