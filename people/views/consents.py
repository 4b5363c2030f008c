"""授权: what a family was asked, how it answered, and how it answers anew."""

from datetime import date
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.refusals import Refused
from people import doors
from people.choices import ConsentAnswer, FamilyVerb, MemberRole
from people.commands import consents as commands
from people.forms.consents import ConsentFields
from people.queries.consents import Question, Standing, answers_of
from people.queries.endings import endings, would_go_on
from people.queries.families import Belonging, belongings_of
from people.queries.household_names import names_of
from people.registers import CHILD_DATA, DECLARATION, OWN_LOGIN
from people.rules.families import old_enough_for_login as old_enough

# In an address, in place of a child's code.
WHOLE_FAMILY = "family"


@never_cache
@require_safe
@doors.members_only
def consents(request: HttpRequest) -> HttpResponse:
    """Of every family one belongs to; a young person sees what concerns themselves."""
    places = [place for place in belongings_of(doors.member(request)) if place.may(FamilyVerb.SEE_CONSENTS)]
    names, today = names_of([place.household for place in places]), clock.today(doors.network_of(request).zone)
    families = [(place, names[place.household.pk], _by_child(_seen_by(place, today=today))) for place in places]
    came_from = request.GET.get("family", "")
    page = {
        "families": families,
        "at": clock.now(),
        "back": came_from if came_from in {place.household.code for place in places} else "",
    }
    return render(request, "people/consents/consents.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def consent(request: HttpRequest, code: str, child_code: str, purpose: str) -> HttpResponse:
    """One purpose: the words, the answer in force, the history, and a way to answer anew."""
    place = doors.place_in(request, code, FamilyVerb.SEE_CONSENTS)
    today = clock.today(doors.network_of(request).zone)
    standing = next((one for one in _seen_by(place, today=today) if _is(one, child_code, purpose)), None)
    if standing is None:
        raise Http404
    form = _form(request, place, standing)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if _answered(request, place, standing, form):
            return redirect(request.path)
    may_withdraw = place.may(FamilyVerb.WITHDRAW_CONSENTS) and standing.is_given
    page = {
        "place": place,
        "standing": standing,
        "form": form,
        "asks": form is not None and (not may_withdraw or standing.is_declared or standing.is_outdated),
        "declaration": DECLARATION,
        "child_code": child_code,
        "at": clock.now(),
        "may_withdraw": may_withdraw,
        **_end_of_child(request, standing),
    }
    return render(request, "people/consents/consent.html", page, status=422 if form and form.errors else 200)


def _end_of_child(request: HttpRequest, standing: Standing) -> dict[str, object]:
    """The day on which the child's data goes, before an agreement to keep it is withdrawn and after."""
    if standing.purpose != CHILD_DATA or standing.child is None:
        return {}
    at, zone = clock.now(), doors.network_of(request).zone
    found = endings([standing.child], at=at, zone=zone).get(standing.child.pk)
    return {"ending": found} if found else {"would_go_on": would_go_on(at=at, zone=zone)}


def _seen_by(place: Belonging, *, today: date) -> list[Standing]:
    """An own sign-in is nothing to answer before the age for it."""
    rules = place.household.network.rules
    found = [
        one
        for one in answers_of(place.household)
        if one.purpose != OWN_LOGIN or one.history or one.child is None or old_enough(one.child, today, rules)
    ]
    if place.role == MemberRole.YOUNG:
        return [one for one in found if one.child is not None and one.child == place.child]
    return found


def _by_child(found: list[Standing]) -> list[tuple[object, list[Standing]]]:
    return [(child, list(lines)) for child, lines in groupby(found, key=lambda one: one.child)]


def _is(one: Standing, child_code: str, purpose: str) -> bool:
    return one.purpose.key == purpose and (one.child.code if one.child else WHOLE_FAMILY) == child_code


def _form(request: HttpRequest, place: Belonging, standing: Standing) -> ConsentFields | None:
    """None for whoever may not answer this here, as things stand."""
    may_answer = place.may(FamilyVerb.ANSWER_CONSENTS)
    may_declare = place.may(FamilyVerb.DECLARE_CONSENTS) and standing.purpose.is_needed and standing.live is None
    if not (may_answer or may_declare):
        return None
    question = Question(standing.purpose, standing.version)
    posted = request.POST if request.method == "POST" and "withdraw" not in request.POST else None
    return ConsentFields(posted, asked=[question], as_role=place.role)


def _answered(request: HttpRequest, place: Belonging, standing: Standing, form: ConsentFields) -> bool:
    person, at = doors.member(request), clock.now()
    try:
        if "withdraw" in request.POST and standing.live is not None:
            commands.withdraw(consent=standing.live, by=person, at=at)
            messages.success(request, _("It is withdrawn. You can agree again at any time."))
            return True
        if not form.is_valid():
            return False
        for purpose, answer, shown in form.consent_answers():
            commands.answer(
                household=place.household,
                purpose=purpose,
                answer=answer,
                by=person,
                at=at,
                child=standing.child,
                shown=shown,
            )
    except Refused as no:
        # What the page showed is no longer so: it is drawn again as things stand, with the reason.
        messages.error(request, " ".join(str(refusal) for refusal in no.refusals))
        return True
    agreed = ConsentAnswer.GIVEN in {answer for _purpose, answer, _shown in form.consent_answers()}
    messages.success(request, _("Thank you, your agreement is kept.") if agreed else _("Your answer is kept."))
    return True
