"""One family's registration, as staff see it: who comes, whom to call, and what can be done for them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.toasts import toast
from people.doors import member, members_only
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import span_words
from programmes.signup import doors
from programmes.signup.commands.changing import cancel_for
from programmes.signup.commands.moving import move_to
from programmes.signup.commands.noting import write_note
from programmes.signup.commands.readings import open_list
from programmes.signup.forms.cancelling import CancelForm, MoveForm, MoveUpForm, NoteForm
from programmes.signup.forms.groups import MoreForm
from programmes.signup.models import Registration
from programmes.signup.queries.caps import over_caps
from programmes.signup.queries.coming import party_of
from programmes.signup.queries.families import following
from programmes.signup.queries.moving import Choice, left_behind, sessions_to_move_to
from programmes.signup.queries.questions import hides_some, lines_for, open_lines_for
from programmes.signup.queries.standing import standing_of
from programmes.signup.queries.waiting import families_before
from programmes.signup.rules.invitations import passed_words
from programmes.signup.views.session_list import of_list, party_words, state_cell


@never_cache
@require_safe
@members_only
def registration(request: HttpRequest, code: str) -> HttpResponse:
    return registration_page(request, doors.registration_to_receive(request, code))


@never_cache
@require_POST
@members_only
def note(request: HttpRequest, code: str) -> HttpResponse:
    row = doors.registration_to_receive(request, code)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return registration_page(request, row, note=form)
    write_note(registration=row, note=form.cleaned_data["note"], by=member(request))
    toast(request, _("The note is kept."))
    return redirect("signup:registration-for", row.code)


@never_cache
@require_POST
@members_only
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """For a family that called, or that cannot be received."""
    row = doors.registration_to_receive(request, code)
    form = CancelForm(request.POST)
    if form.is_valid():
        try:
            cancel_for(registration=row, reason=form.cleaned_data["reason"], by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("Cancelled, and the family is told why. The places are free again."))
            return redirect("signup:session-sign-ups", row.session.code)
    return registration_page(request, row, cancel=form)


@never_cache
@require_POST
@members_only
def move(request: HttpRequest, code: str) -> HttpResponse:
    """To another session that this member of staff receives families of. What does not come along is said first."""
    row = doors.registration_to_receive(request, code)
    form = _move_form(request, row, request.POST)
    if form.is_valid():
        target = doors.session_to_receive(request, form.cleaned_data["session"])
        behind = left_behind(row, target) if form.cleaned_data["knows"] != target.code else None
        if behind is not None:
            sent = request.POST.copy()
            sent["knows"] = target.code
            return registration_page(request, row, move=_move_form(request, row, sent), behind=behind, target=target)
        try:
            made = move_to(
                registration=row,
                session=target,
                reason=form.cleaned_data["reason"],
                passing=form.cleaned_data["passing"],
                by=member(request),
                at=clock.now(),
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("Moved, and the family is told why. Its places here are free again."))
            return redirect("signup:registration-for", made.code)
    return registration_page(request, row, move=form)


def _move_form(request: HttpRequest, row: Registration, data: QueryDict | None = None) -> MoveForm:
    """The same activity's sessions first, then what else takes place there."""
    children = sum(seat.ended_at is None for seat in row.seats.all()) - row.adults
    found = sessions_to_move_to(row, children=children, paths=doors.receiving_paths(request), at=clock.now())
    same = [_choice(one) for one in found if one.session.activity_id == row.session.activity_id]
    other = [_choice(one) for one in found if one.session.activity_id != row.session.activity_id]
    groups = [(_("The same activity"), same), (_("At the same venue"), other)]
    return MoveForm(data, groups=[group for group in groups if group[1]], auto_id="move_%s")


def _choice(one: Choice) -> tuple[str, str]:
    session = one.session
    title = session.title or session.activity.title
    words = [span_words(session.starts_at, session.ends_at), place_words(session), title]
    if one.left is not None:
        words.append(ngettext("%(n)s place left", "%(n)s places left", one.left) % {"n": one.left})
    return session.code, " · ".join(words)


def registration_page(request: HttpRequest, row: Registration, **refused: Any) -> HttpResponse:
    session = row.session
    sight = doors.sight_of(request, session)
    party = party_of(row, sight=sight)
    children = [guest.child for guest in party.guests if guest.child is not None]
    if children:
        open_list(session=session, children=children, by=member(request), at=clock.now())
    page: dict[str, Any] = {
        **of_list(session),
        "party": party,
        "registration": row,
        "party_words": party_words(party),
        "state": state_cell(party),
        "answers": lines_for(sight, [row]).get(row.pk, []),
        "open": open_lines_for(sight, row),
        "hides_some": hides_some(sight, row),
        "is_live": row.ended_at is None,
        "is_over": session.ends_at <= clock.now(),
        "move": refused.get("move") or (_move_form(request, row) if row.ended_at is None else None),
        "behind": refused.get("behind"),
        "target": refused.get("target"),
        "before": row.follows,
        "after": following(row),
        "note": refused.get("note") or NoteForm(initial={"note": row.note}),
        "before_in_line": families_before([row]).get(row.pk),
        "passed": passed_words(row),
        "over": over_caps(session, [row]).get(row.pk, ()),
        "more": refused.get("more") or MoreForm(auto_id="more_%s"),
        "standing": standing_of(session) if party.is_group else None,
        "move_up": refused.get("move_up") or MoveUpForm(auto_id="up_%s"),
        "refused": refused.get("no"),
        "cancel": refused.get("cancel") or CancelForm(auto_id="cancel_%s"),
    }
    return render(request, "signup/staff/registration.html", page, status=422 if refused else 200)
