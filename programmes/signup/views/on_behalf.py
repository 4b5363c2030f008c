"""A family that called or stands at the counter is written down: found by its number, or begun."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.refusals import Refusal, Refused
from kit.toasts import toast
from people.commands.readings import open_family
from people.doors import member, members_only, network_of
from people.queries.families import Belonging
from people.rules import phones
from programmes.planning.models import Session
from programmes.planning.rules.wording import day_words
from programmes.signup import doors
from programmes.signup.commands.on_behalf import Told, sign_up_for
from programmes.signup.forms.answers import AskedOf, HeardForm
from programmes.signup.forms.on_behalf import FindForm, OnBehalfForm
from programmes.signup.models import Registration
from programmes.signup.queries.callers import place_of_number
from programmes.signup.queries.caps import past_cap_of
from programmes.signup.queries.families import Candidate, candidates
from programmes.signup.queries.questions import asked_by
from programmes.signup.queries.standing import standing_of, terms_in
from programmes.signup.rules.on_behalf import is_free_to_come
from programmes.signup.rules.party import counted
from programmes.signup.rules.registering import NO_ROOM
from programmes.signup.steps.joining import may_wait
from programmes.signup.views.session_list import of_list


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever may look at families finds one first; a keeper writes down what she is told, and sees nothing of it."""
    session = doors.session_to_receive(request, code)
    may_look = doors.sight_of(request, session).telephones
    if request.method != "POST":
        if may_look:
            return _page(request, session, FindForm(), step="find")
        form = _form(session, None, found=[], is_new=True, may_look=False)
        return _page(request, session, form, step="new", answers=_answers(session, []))
    if may_look and "find" in request.POST:
        find = FindForm(request.POST)
        if not find.is_valid():
            return _page(request, session, find, step="find", status=422)
        return _asked(request, session, find.cleaned_data["phone"])
    return _add(request, session, may_look=may_look)


def _asked(request: HttpRequest, session: Session, phone: str) -> HttpResponse:
    """What was found is shown at once, and noted."""
    place = place_of_number(phone, network=network_of(request))
    found = candidates(place, session, at=clock.now()) if place is not None else []
    if place is not None:
        _note(request, session, place, found)
    form = _form(session, None, found=found, is_new=place is None, may_look=True, phone=phone)
    answers, step = _answers(session, found), "known" if place else "new"
    past = list(past_cap_of(place.household, session)) if place is not None else []
    return _page(request, session, form, step=step, answers=answers, found=found, phone=phone, past=past)


def _note(request: HttpRequest, session: Session, place: Belonging, found: list[Candidate]) -> None:
    title = session.title or session.activity.title
    reason = _("Signed up by telephone or at the counter: %(title)s, %(day)s") % {
        "title": title,
        "day": day_words(session.starts_at),
    }
    open_family(
        household=place.household, children=[one.child for one in found], by=member(request), reason=reason[:200]
    )


def _add(request: HttpRequest, session: Session, *, may_look: bool) -> HttpResponse:
    phone = phones.normal(request.POST.get("phone", ""))
    place = place_of_number(phone, network=network_of(request)) if may_look else None
    found = candidates(place, session, at=clock.now()) if place is not None else []
    form = _form(session, request.POST, found=found, is_new=place is None, may_look=may_look, phone=phone)
    answers = _answers(session, found, request.POST)
    is_answered = answers is None or answers.is_valid()
    wanted = 0
    if form.is_valid() and is_answered:
        try:
            made = sign_up_for(
                session=session,
                told=form.told(answers.answers() if answers is not None else {}),
                by=member(request),
                request_key=form.cleaned_data["request_key"],
                at=clock.now(),
            )
        except Refused as no:
            form.refuse(no.refusals)
            wanted = _wanted(session, form.told({})) if NO_ROOM & set(no.codes) else 0
        else:
            toast(request, _done_words(made))
            return redirect("signup:registration-for", made.code)
    step = "known" if place else "new"
    return _page(
        request, session, form, step=step, answers=answers, found=found, phone=phone, wanted=wanted, status=422
    )


def _wanted(session: Session, told: Told) -> int:
    return counted(session, children=len(told.children) + told.nameless, adults=told.adults)


def _done_words(made: Registration) -> str:
    if made.is_waiting:
        return _(
            "On the waiting list. The family finds that in its inbox here; once there is room, it is asked by SMS too."
        )
    return _("Signed up, and the family is told by message.")


def _may_come(one: Candidate) -> bool:
    return not one.is_in and not one.needs_consent and is_free_to_come(one.refusals)


def _passed_words(refusal: Refusal) -> str:
    """What is passed if this child is chosen."""
    return f"· {refusal.text}"


def _form(
    session: Session, data: Any, *, found: list[Candidate], is_new: bool, may_look: bool, phone: str = ""
) -> OnBehalfForm:
    words = [
        (
            one.child.code,
            " ".join(str(part) for part in (one.child.name, one.age, *map(_passed_words, one.refusals)) if part),
        )
        for one in found
        if _may_come(one)
    ]
    return OnBehalfForm(
        data,
        children=words if may_look else None,
        is_new=is_new,
        notice=session.safety_notice,
        initial={"phone": phone, "request_key": uuid4()},
        use_required_attribute=False,
    )


def _answers(session: Session, found: list[Candidate], data: QueryDict | None = None) -> HeardForm | None:
    """The activity's own questions; of children only those who are known here are asked."""
    questions = asked_by(terms_in(session))
    if not questions:
        return None
    children = [AskedOf(one.child.code, one.child.name) for one in found if _may_come(one)]
    chosen = data.getlist("children") if data is not None else ()
    return HeardForm(data, questions=questions, children=children, chosen=chosen, auto_id="asked_%s")


def _page(
    request: HttpRequest,
    session: Session,
    form: FindForm | OnBehalfForm,
    *,
    step: str,
    answers: HeardForm | None = None,
    found: list[Candidate] | None = None,
    phone: str = "",
    wanted: int = 0,
    past: Sequence[Refusal] = (),
    status: int = 200,
) -> HttpResponse:
    """`past`: a limit that the whole family has reached. `wanted`: so many places were asked for, and there was no room for all of them."""
    standing, at = standing_of(session), clock.now()
    is_full = standing is not None and standing.is_full
    page: dict[str, Any] = {
        **of_list(session),
        "form": form,
        "step": step,
        "answers": answers,
        "asks_each": answers is not None and any(one.per_child for one in answers.questions),
        "unable": [one for one in found or [] if not _may_come(one)],
        "phone": phones.spaced(phone),
        "standing": standing,
        "is_full": is_full,
        "past": past,
        "waits": is_full and may_wait(session, 1, at=at),
        "may_wait": wanted > 0 and may_wait(session, wanted, at=at),
    }
    return render(request, "signup/staff/on_behalf.html", page, status=status)
