"""Children of a household: added once, mended, given a reader number, and one day an own login."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock
from kit.refusals import Refused
from people import doors
from people.choices import FamilyVerb
from people.commands import children as commands
from people.commands import reader_numbers as number_commands
from people.commands import young
from people.forms.families import ChildForm, DetailsForm, ReaderNumberForm, YoungLoginForm
from people.models import Child
from people.queries.consents import is_given, questions
from people.queries.endings import Ending, endings
from people.queries.families import child_card
from people.registers import CHILD_DATA, OWN_LOGIN, reader_number_checks
from people.rules import families as rules
from people.steps.children import Details


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def add(request: HttpRequest, code: str) -> HttpResponse:
    place = doors.place_in(request, code, FamilyVerb.ADD_CHILD)
    today = clock.today(doors.network_of(request).zone)
    form = ChildForm(request.POST or None, today=today, asked=questions([CHILD_DATA]), as_role=place.role)
    if request.method == "POST" and form.is_valid():
        answers = [commands.Answer(*one) for one in form.consent_answers()]
        try:
            child = commands.add_child(
                household=place.household,
                details=form.details,
                answers=answers,
                by=doors.member(request),
                at=clock.now(),
                today=today,
                another=form.cleaned_data["another"],
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            messages.success(request, _("%(name)s is in your family now.") % {"name": child.name})
            return redirect("people:household", code)
    page = {"place": place, "form": form}
    return render(request, "people/family/child_new.html", page, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def change(request: HttpRequest, code: str, child_code: str) -> HttpResponse:
    place, child = doors.child_in(request, code, child_code, FamilyVerb.CHANGE_CHILD)
    today = clock.today(doors.network_of(request).zone)
    initial = {name: getattr(child, name) for name in Details.__dataclass_fields__}
    form = DetailsForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_child(
                household=place.household, child=child, details=form.details, by=doors.member(request), today=today
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            messages.success(request, _("The change is saved."))
            return redirect("people:household", code)
    page = {
        "place": place,
        "form": form,
        "card": child_card(child, today, ending=_ending(request, child)),
        **_ways(request, child),
    }
    return render(request, "people/family/child.html", page, status=422 if form.is_bound else 200)


def _ending(request: HttpRequest, child: Child) -> Ending | None:
    return endings([child], at=clock.now(), zone=doors.network_of(request).zone).get(child.pk)


def _ways(request: HttpRequest, child: Child) -> dict[str, object]:
    """What else can be done for this child; the own login only from the age that the library set."""
    network = doors.network_of(request)
    refusals = rules.against_own_login(child, today=clock.today(network.zone), network_rules=network.rules)
    return {"may_have_login": not list(refusals)}


# --- Reader numbers ------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def reader_number(request: HttpRequest, code: str, child_code: str) -> HttpResponse:
    place, child = doors.child_in(request, code, child_code, FamilyVerb.GIVE_READER_NUMBER)
    row = getattr(child, "reader_number", None)
    form = ReaderNumberForm(request.POST or None, initial={"number": row.number if row else ""})
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        try:
            number_commands.give_childs_number(
                household=place.household,
                child=child,
                number=number,
                is_checked=_is_checked(request, number, child.name),
                by=doors.member(request),
                at=clock.now(),
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            _say_saved(request, number)
            return redirect("people:child", code, child_code)
    page = {
        "form": form,
        "holder": child.name,
        "row": row,
        "code": code,
        "child": child,
        "ending": _ending(request, child),
    }
    return render(request, "people/family/reader_number.html", page, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def own_reader_number(request: HttpRequest) -> HttpResponse:
    person = doors.member(request)
    row = getattr(person, "reader_number", None)
    form = ReaderNumberForm(request.POST or None, initial={"number": row.number if row else ""})
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        is_checked = _is_checked(request, number, person.name)
        try:
            number_commands.give_own_number(person=person, number=number, is_checked=is_checked, at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            _say_saved(request, number)
            return redirect("people:me")
    page = {"form": form, "holder": "", "row": row, "code": "", "child": None}
    return render(request, "people/family/reader_number.html", page, status=422 if form.is_bound else 200)


def _say_saved(request: HttpRequest, number: str) -> None:
    messages.success(request, _("The reader number is saved.") if number else _("The reader number is removed."))


def _is_checked(request: HttpRequest, number: str, name: str) -> bool:
    """Asked before the transaction; a number that the library does not know waits for staff like any other."""
    return bool(number) and reader_number_checks.ask(doors.network_of(request), number=number, name=name) is True


# --- A young person's own login ------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def own_login(request: HttpRequest, code: str, child_code: str) -> HttpResponse:
    place, child = doors.child_in(request, code, child_code, FamilyVerb.OPEN_YOUNG_LOGIN)
    network, at = doors.network_of(request), clock.now()
    asked = [] if is_given(place.household, OWN_LOGIN, child, at=at) else questions([OWN_LOGIN])
    form = YoungLoginForm(request.POST or None, network=network, asked=asked, as_role=place.role)
    form.fields["phone"].label = _("The young person's own mobile number")
    if request.method == "POST" and form.is_valid():
        answers = form.consent_answers()
        try:
            young.offer_login(
                household=place.household,
                child=child,
                phone=form.cleaned_data["phone"],
                answers=answers,
                by=doors.member(request),
                at=at,
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            messages.success(request, _("We have sent a message to this number. It waits for three days."))
            return redirect("people:child", code, child_code)
    page = {
        "place": place,
        "child": child,
        "form": form,
        "ending": _ending(request, child),
        **_ways(request, child),
    }
    return render(request, "people/family/own_login.html", page, status=422 if form.is_bound else 200)


@require_POST
@doors.members_only
def own_login_end(request: HttpRequest, code: str, child_code: str) -> HttpResponse:
    place, child = doors.child_in(request, code, child_code, FamilyVerb.END_YOUNG_LOGIN)
    young.end_login(household=place.household, child=child, by=doors.member(request), at=clock.now())
    messages.success(request, _("The own login has ended. Records and certificates stay the child's."))
    return redirect("people:me") if place.child is not None else redirect("people:child", code, child_code)
