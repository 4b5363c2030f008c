"""Families for staff: found by something whole, opened for a reason, mended with one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock, limits
from kit.refusals import Refused
from people import doors
from people.choices import Verb
from people.commands import mending
from people.commands import reader_numbers as number_commands
from people.commands.readings import open_family
from people.forms.families import DetailsForm
from people.forms.staff_families import FamilySearchForm, MendForm, OpenFamilyForm
from people.models import Household
from people.queries.families import child_card, children_of, member_line, members_of
from people.queries.family_search import MOST, Found, find_families
from people.queries.rights import rights_of
from people.rules.searching import read
from people.steps.children import Details
from people.views import opened, searched

# Whoever leafs through families by guessing is stopped; a busy desk is not.
_SEARCHES = limits.Limit(most=60, seconds=600)


@never_cache
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
@doors.staff_only(Verb.SEE_PEOPLE)
def families(request: HttpRequest) -> HttpResponse:
    """The words are posted: a number in an address would stand in logs and histories. The results have an address."""
    rights = rights_of(doors.member(request))
    by_name = rights.is_citywide(Verb.SEE_PEOPLE)
    if request.method == "POST":
        form = FamilySearchForm(request.POST, by_name=by_name)
        if not form.is_valid():
            return _search_page(request, form)
        limits.take_or_raise(f"families:{doors.member(request).pk}", _SEARCHES)
        return redirect(f"{reverse('people:families')}?found={searched.keep(request, form.typed)}")
    key = request.GET.get("found", "")
    typed = searched.found(request, key) if key else None
    if typed is None:
        return _search_page(request, FamilySearchForm(by_name=by_name), is_over=bool(key))
    form = FamilySearchForm(typed, by_name=by_name)
    return _search_page(request, form, found=_found(request, form) if form.is_valid() else None)


def _found(request: HttpRequest, form: FamilySearchForm) -> list[Found]:
    wanted, words = read(form.cleaned_data["words"])
    return find_families(wanted, words, year=form.cleaned_data.get("year"), network=doors.network_of(request))


def _search_page(
    request: HttpRequest, form: FamilySearchForm, *, found: list[Found] | None = None, is_over: bool = False
) -> HttpResponse:
    page = {
        "form": form,
        "found": found,
        "is_over": is_over,
        "is_full": found is not None and len(found) == MOST,
        "may_mend": rights_of(doors.member(request)).may(Verb.MEND_FAMILIES),
    }
    return render(request, "people/families/search.html", page, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.staff_only(Verb.SEE_PEOPLE)
def record(request: HttpRequest, code: str) -> HttpResponse:
    """For a quarter of an hour after a reason was given; looking again within it leaves no further line."""
    household = doors.household(request, code)
    if opened.is_open(request, household.code):
        return _record_page(request, household)
    form = OpenFamilyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        open_family(household=household, children=children_of(household), by=doors.member(request), reason=form.reason)
        opened.mark(request, household.code)
        return redirect("people:family-record", code)
    page = {"form": form, "household": household, "children": len(children_of(household))}
    return render(request, "people/families/open.html", page, status=422 if form.is_bound else 200)


def _record_page(request: HttpRequest, household: Household, no: Refused | None = None) -> HttpResponse:
    today = clock.today(doors.network_of(request).zone)
    page = {
        "household": household,
        "cards": [child_card(child, today) for child in children_of(household)],
        "members": [member_line(member, doors.member(request)) for member in members_of(household)],
        "until": opened.until(request, household.code),
        "may_mend": rights_of(doors.member(request)).may(Verb.MEND_FAMILIES),
        "refusals": no.refusals if no else (),
    }
    return render(request, "people/families/record.html", page, status=422 if no else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.staff_only(Verb.MEND_FAMILIES)
def mend(request: HttpRequest, code: str, child_code: str) -> HttpResponse:
    household = doors.household(request, code)
    child = doors.child_of(household, child_code)
    if not opened.is_open(request, household.code):
        return redirect("people:family-record", code)
    today = clock.today(doors.network_of(request).zone)
    initial = {name: getattr(child, name) for name in Details.__dataclass_fields__}
    form: DetailsForm = MendForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            mending.mend_child(
                child=child,
                details=form.details,
                by=doors.member(request),
                reason=form.cleaned_data["reason"],
                today=today,
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            messages.success(request, _("The change is saved."))
            return redirect("people:family-record", code)
    page = {"form": form, "household": household, "child": child}
    return render(request, "people/families/mend.html", page, status=422 if form.is_bound else 200)


@require_POST
@doors.staff_only(Verb.SEE_PEOPLE)
def check_number(request: HttpRequest, code: str, number_id: int) -> HttpResponse:
    """The member of staff has the card in hand."""
    household = doors.household(request, code)
    row = doors.reader_number_of(household, number_id)
    if not opened.is_open(request, household.code):
        return redirect("people:family-record", code)
    try:
        number_commands.check_number(row=row, by=doors.member(request), at=clock.now())
    except Refused as no:
        return _record_page(request, household, no)
    messages.success(request, _("The reader number is checked."))
    return redirect("people:family-record", code)


@require_POST
@doors.staff_only(Verb.MEND_FAMILIES)
def dismiss(request: HttpRequest, code: str, member_id: int) -> HttpResponse:
    household = doors.household(request, code)
    if not opened.is_open(request, household.code):
        return redirect("people:family-record", code)
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        messages.error(request, _("Please give the reason."))
        return redirect("people:family-record", code)
    try:
        mending.dismiss_member(
            household=household, member_id=member_id, by=doors.member(request), reason=reason, at=clock.now()
        )
    except Refused as no:
        return _record_page(request, household, no)
    messages.success(request, _("They no longer belong to the family and see nothing of it."))
    return redirect("people:family-record", code)
