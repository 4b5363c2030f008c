"""The sheet on which a family signs up: a first visit adds the children on the way."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.refusals import Refusal, Refused, refuse_if
from people.choices import MemberRole
from people.commands import children as child_commands
from people.commands import families as family_commands
from people.doors import member, members_only, network_of
from people.forms.families import ChildForm
from people.models import Household
from people.queries.consents import questions
from people.queries.families import children_of
from people.registers import CHILD_DATA, DECLARATION
from people.rules.families import carers_may_begin
from programmes.planning.models import Session
from programmes.signup import doors
from programmes.signup.choices import State
from programmes.signup.commands.courses import register_course
from programmes.signup.commands.registering import register
from programmes.signup.forms.answers import AnswersForm, AskedOf
from programmes.signup.forms.sheet import SLOTS, Asked, PartyForm, RoleForm, sent_key, slots_of
from programmes.signup.models import Registration
from programmes.signup.queries.courses import days_of, has_full_day
from programmes.signup.queries.families import sent_before
from programmes.signup.queries.questions import asked_by
from programmes.signup.queries.sheets import FamilySheet, sheets_of
from programmes.signup.queries.standing import Standing, standing_in, standing_of, terms_in
from programmes.signup.rules import registering as rules
from programmes.signup.rules.answers import Key
from programmes.signup.rules.courses import is_course, is_whole
from programmes.signup.rules.fetching import hand_over_words
from programmes.signup.rules.party import against_no_child, counted, most_adults, usual_adults
from programmes.signup.views.at_once import made_at_once
from programmes.signup.views.facts import facts
from programmes.signup.views.no_room import no_room


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    if request.method == "POST" and (said := made_at_once(request, code)) is not None:
        return no_room(request, code) if isinstance(said, Refusal) else _done(request, said)
    session = doors.session_of_readers(code)
    if request.method != "POST":
        return _page(request, session)
    key = sent_key(request.POST)
    made = sent_before(key, by=member(request)) if key else None
    return _to(made) if made is not None else _sign_up(request, session)


def _sign_up(request: HttpRequest, session: Session) -> HttpResponse:
    family = _family_sent(request, session)
    asked = _asked(request, session, family, request.POST)
    if not asked.is_valid():
        return _page(request, session, sent=(family, asked))
    added: dict[str, str] = {}
    try:
        household = _household(request, session, family, asked)
        if not _add_children(request, household, asked, added):
            return _page(request, session, sent=_again(request, session, asked, added))
        made = _register(request, session, household, asked, added)
    except Refused as no:
        found_no_room = bool(rules.NO_ROOM & set(no.codes))
        wanted = _wanted(session, asked, added) if found_no_room else 0
        return _page(request, session, sent=_again(request, session, asked, added, no.refusals), wanted=wanted)
    terms = terms_in(session)
    return _done(request, made, asks_more=terms is not None and terms.hand_over)


def _register(
    request: HttpRequest, session: Session, household: Household, asked: Asked, added: Mapping[str, str]
) -> Registration:
    if is_course(terms_in(session)):
        return register_course(
            household=household,
            session=session,
            days=asked.party.cleaned_data["days"],
            waits_for=asked.party.cleaned_data["waits_for"],
            party=asked.party_with(added),
            by=member(request),
            request_key=asked.party.cleaned_data["request_key"],
            at=clock.now(),
        )
    return register(
        household=household,
        session=session,
        party=asked.party_with(added),
        by=member(request),
        request_key=asked.party.cleaned_data["request_key"],
        at=clock.now(),
    )


def _wanted(session: Session, asked: Asked, added: Mapping[str, str]) -> int:
    party = asked.party_with(added)
    return counted(session, children=len(party.children), adults=party.adults)


def _done(request: HttpRequest, made: Registration, *, asks_more: bool = False) -> HttpResponse:
    """`asks_more`: who fetches the children; of those who only wait for a place it is asked later."""
    messages.success(request, done_words(made))
    return _to(made, "signup:fetch" if asks_more and made.holds_places else "signup:registration")


def _to(made: Registration, name: str = "signup:registration") -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": reverse(name, args=[made.code])})


def done_words(made: Registration) -> str:
    if made.state == State.ASKED:
        text = ngettext(
            "We have it; %(n)s place is kept for you while the library looks at it.",
            "We have it; %(n)s places are kept for you while the library looks at it.",
            made.counted,
        )
        return text % {"n": made.counted}
    if made.is_waiting:
        return _("You are on the waiting list now; we write as soon as it is your turn.")
    text = ngettext(
        "You are signed up; %(n)s place is kept for you.",
        "You are signed up; %(n)s places are kept for you.",
        made.counted,
    )
    return text % {"n": made.counted}


# --- What was sent -------------------------------------------------------------------------


def _family_sent(request: HttpRequest, session: Session) -> FamilySheet:
    """A page that was open before the family began comes back without its code, and finds it."""
    code = request.POST.get("household", "")
    found = sheets_of(member(request), session, at=clock.now())
    family = next((one for one in found if one.code == code), None) if code else found[0]
    if family is None:
        raise Http404
    return family


def _household(request: HttpRequest, session: Session, family: FamilySheet, asked: Asked) -> Household:
    if family.place is not None:
        return family.place.household
    if not asked.filled and not asked.party.cleaned_data["adults"]:
        raise Refused(Refusal("nobody", _("Nobody is chosen yet."), _("Please choose who comes."), field="children"))
    # Whoever forgot the child is asked again before a family begins: as what she begins it, the child says.
    refuse_if(against_no_child(session, children=len(asked.filled), adults=asked.party.cleaned_data["adults"]))
    return family_commands.start_household(by=member(request), role=asked.chosen_role, relation="", at=clock.now())


def _add_children(request: HttpRequest, household: Household, asked: Asked, added: dict[str, str]) -> bool:
    """Puts the codes of those who are in the family now into `added`, by slot; a slot that was refused says why."""
    for slot in asked.filled:
        try:
            added[slot.prefix or ""] = _add_child(request, household, slot)
        except Refused as no:
            slot.refuse(no.refusals)
    return len(added) == len(asked.filled)


def _add_child(request: HttpRequest, household: Household, slot: ChildForm) -> str:
    """Two taps at once add one: the second finds it."""
    person, today = member(request), clock.today(network_of(request).zone)
    try:
        child = child_commands.add_child(
            household=household,
            details=slot.details,
            answers=[child_commands.Answer(*one) for one in slot.consent_answers()],
            by=person,
            at=clock.now(),
            today=today,
            another=slot.cleaned_data["another"],
        )
    except Refused as no:
        if no.codes != ("there_already",):
            raise
        known = slot.details
        alike = (
            one for one in children_of(household) if (one.name, one.birth_month) == (known.name, known.birth_month)
        )
        return next(alike).code
    return child.code


# --- What is shown -------------------------------------------------------------------------


def _page(
    request: HttpRequest,
    session: Session,
    *,
    sent: tuple[FamilySheet, Asked] | None = None,
    wanted: int = 0,
) -> HttpResponse:
    """`wanted`: so many places were asked for, and there was no room for all of them."""
    at = clock.now()
    standing = standing_in(session) if sent is None else standing_of(session)
    blocked = _blocked(session, standing, at=at)
    if sent is not None and blocked is not None and blocked.code == "full":
        blocked = None  # the form says it, with what was typed
    families = sheets_of(member(request), session, at=at)
    shown = [
        (one, _asked_again(request, session, one, sent))
        for one in families
        if blocked is None or one.registration is not None
    ]
    of_course = is_course(terms_in(session))
    page = {
        **facts(session),
        "standing": standing,
        "blocked": blocked,
        "waits": not of_course and standing is not None and standing.may_wait(at),
        "may_wait": not of_course and _helps_to_wait(standing, wanted, at=at),
        "families": shown,
        "until": standing.cancels_until if standing is not None and standing.cancels_until > at else None,
        "is_whole": standing is not None and is_whole(standing.terms),
        "declaration": DECLARATION,
        "fetching": hand_over_words(standing.terms) if standing is not None and standing.terms.hand_over else "",
        "carers_may_begin": carers_may_begin(network_of(request).rules),
    }
    return render(request, "signup/sheet.html", page, status=200 if sent is None else 422)


def _helps_to_wait(standing: Standing | None, wanted: int, *, at: datetime) -> bool:
    """There is no room for so many now, and one day there may be."""
    return wanted > 0 and standing is not None and standing.could_hold(wanted) and standing.has_list(at)


def _blocked(session: Session, standing: Standing | None, *, at: datetime) -> Refusal | None:
    """What stands in everybody's way, said before anybody types."""
    days = days_of(session, at=at) if is_whole(terms_in(session)) else []
    refusals = list(rules.against_session(days[0] if days else session, terms_in(session), at=at))
    is_full = standing is not None and standing.is_full and not standing.may_wait(at)
    if not refusals and (is_full or has_full_day(days)):
        refusals = [rules.full(0, 1)]
    return refusals[0] if refusals else None


def _asked(request: HttpRequest, session: Session, family: FamilySheet, data: QueryDict | None = None) -> Asked:
    """`data`: as it was sent by this family."""
    many = 0 if not family.may_add else 1 if family.candidates else SLOTS
    role_form = RoleForm(data, auto_id="begin_%s") if family.place is None else None
    said = data.get("role", "") if data is not None else ""
    begins_as = MemberRole.CARER if said == MemberRole.CARER else MemberRole.GUARDIAN
    slots = slots_of(
        data,
        code=family.code,
        many=many,
        today=clock.today(network_of(request).zone),
        asked=questions([CHILD_DATA]),
        role=family.place.role if family.place else begins_as,
    )
    if role_form is not None and not any(slot.is_bound for slot in slots):
        role_form = RoleForm(auto_id="begin_%s")
    answers = answers_form(session, family, data, slots=slots)
    return Asked(party_form(session, family, data, more=many), slots, role_form, answers)


def answers_form(
    session: Session,
    family: FamilySheet,
    data: QueryDict | None = None,
    *,
    slots: Sequence[ChildForm] = (),
    given: Mapping[Key, str] | None = None,
) -> AnswersForm | None:
    """None where the activity asks nothing of its own."""
    questions = asked_by(terms_in(session))
    if not questions:
        return None
    new = [AskedOf(slot.prefix or "", pgettext("questions", "the child whom you add")) for slot in slots]
    filled = [slot.prefix or "" for slot in slots if slot.is_bound]
    return AnswersForm(
        data,
        questions=questions,
        children=[*(AskedOf(*one) for one in family.able_named), *new],
        chosen=[*data.getlist("children"), *filled] if data is not None else (),
        given=given,
        auto_id=f"f{family.code}_%s",
    )


def party_form(
    session: Session, family: FamilySheet, data: QueryDict | None = None, *, more: int = 0, **initial: Any
) -> PartyForm:
    able = family.able
    return PartyForm(
        data,
        auto_id=f"f{family.code}_%s",
        codes=[one.child.code for one in family.candidates],
        most=most_adults(session, len(family.candidates) + more),
        days=[one.session.code for one in family.days],
        initial={
            "household": family.code,
            "request_key": uuid4(),
            "children": able if len(able) == 1 else [],
            "adults": usual_adults(session, able=len(able) + more),
            "days": [session.code],
        }
        | initial,
    )


def _asked_again(
    request: HttpRequest, session: Session, family: FamilySheet, sent: tuple[FamilySheet, Asked] | None
) -> Asked:
    if sent is not None and sent[0].code == family.code:
        return sent[1]
    return _asked(request, session, family)


def _again(
    request: HttpRequest,
    session: Session,
    asked: Asked,
    added: Mapping[str, str],
    refusals: Sequence[Refusal] = (),
) -> tuple[FamilySheet, Asked]:
    """The family as it is now: who was added is ticked, who was refused stands as typed."""
    families = sheets_of(member(request), session, at=clock.now())
    code = asked.party.cleaned_data["household"]
    family = next((one for one in families if one.code == code), families[0])
    data = request.POST.copy()
    data["household"] = family.code
    able = set(family.able)
    data.setlist("children", [one for one in (*asked.party.cleaned_data["children"], *added.values()) if one in able])
    _move_answers(data, added)
    party = party_form(session, family, data, more=len(asked.slots))
    slots = [slot for slot in asked.filled if slot.errors] or _asked(request, session, family).slots
    answers = answers_form(session, family, data, slots=slots)
    of_answers = {refusal.field for refusal in refusals} & set(answers.fields if answers is not None else ())
    # What the command says of answers, their form says as well.
    party.refuse(refusal for refusal in refusals if refusal.field not in of_answers)
    return family, Asked(party, slots, asked.role if family.place is None else None, answers)


def _move_answers(data: QueryDict, added: Mapping[str, str]) -> None:
    """Of children who are in the family now, from what stood for them."""
    for slot, code in added.items():
        for name in [name for name in data if name.startswith("q") and name.endswith(f"-{slot}")]:
            data.setlist(name.removesuffix(slot) + code, data.getlist(name))
