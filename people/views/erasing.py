"""Erasing: a child, one's account, the whole family. What goes and what stays stands before the button."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.refusals import Refusal, Refused, Text
from people import doors
from people.choices import FamilyVerb
from people.commands import erasing as commands
from people.forms.erasing import EraseForm
from people.prints.data_copy import chapters_of
from people.queries.families import Belonging, belongings_of, members_of
from people.queries.household_names import names_of
from people.queries.ownership import all_of, ends_with, owner_of
from people.queries.rights import rights_of
from people.registers.holdings import Owner
from people.rules.ages import told_apart
from people.views.proof import proven_only

Erase = Callable[[datetime], None]


@never_cache
@require_safe
@doors.members_only
def erase(request: HttpRequest) -> HttpResponse:
    """What can be erased, and by which way."""
    person = doors.member(request)
    mine = [place.household for place in belongings_of(person) if place.may(FamilyVerb.ERASE)]
    names = names_of(mine)
    page = {
        "owner": owner_of(person),
        "guarded": [(household, names[household.pk]) for household in mine],
        "has_roles": bool(rights_of(person)),
    }
    return render(request, "people/privacy/erase.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proven_only
def erase_account(request: HttpRequest) -> HttpResponse:
    """With each family that would be left without a guardian."""
    person = doors.member(request)
    ending = [all_of(household) for household in ends_with(person)]
    children = tuple(child for each in ending for child in each.children)
    owner = Owner(person, children, tuple(household for each in ending for household in each.households))
    if ending:
        sentence = _(
            "I understand that my account, my family and my children's data are erased and cannot be brought back."
        )
    else:
        sentence = _("I understand that my account is erased and cannot be brought back.")

    def run(at: datetime) -> None:
        if ending:
            commands.erase_everything(person, at=at)
        else:
            commands.erase_person(person, at=at)

    answer = _page(request, owner, title=_("Erase my account"), sentence=sentence, run=run)
    if answer is not None:
        return answer
    logout(request)
    return render(request, "people/privacy/erased.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proven_only
def erase_family(request: HttpRequest, code: str) -> HttpResponse:
    place = doors.place_in(request, code, FamilyVerb.ERASE)
    answer = _page(
        request,
        all_of(place.household),
        title=_("Erase the whole family"),
        sentence=_("I understand that the family and all children's data are erased and cannot be brought back."),
        run=lambda at: commands.erase_family(place.household, by=doors.member(request), at=at),
        against=_standing(place),
    )
    if answer is not None:
        return answer
    messages.success(request, _("The family is erased. Your own account is still here."))
    return redirect("people:privacy")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proven_only
def erase_child(request: HttpRequest, code: str, child_code: str) -> HttpResponse:
    place, child = doors.child_in(request, code, child_code, FamilyVerb.REMOVE_CHILD)
    answer = _page(
        request,
        Owner(children=(child,)),
        title=_("Erase %(name)s's data") % {"name": child.name},
        sentence=_("I understand that the data of %(name)s (%(which)s) is erased and cannot be brought back.")
        % {
            "name": child.name,
            "which": told_apart(child.birth_month, clock.today(doors.network_of(request).zone), school=child.school),
        },
        run=lambda at: commands.erase_child(child, by=doors.member(request), at=at),
        against=_standing(place),
    )
    if answer is not None:
        return answer
    messages.success(request, _("The child's data is erased."))
    return redirect("people:household", code)


def _standing(place: Belonging) -> list[Refusal]:
    """What stands against it before the button is pressed."""
    if place.member is None:
        return []
    return list(commands.against_erasing(place.member, members_of(place.household), at=clock.now()))


def _page(
    request: HttpRequest,
    owner: Owner,
    *,
    title: Text,
    sentence: Text,
    run: Erase,
    against: Sequence[Refusal] = (),
) -> HttpResponse | None:
    """The page before it, or again with what stands against it; None once it is done."""
    form = EraseForm(request.POST if request.method == "POST" else None, sentence=sentence)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            run(clock.now())
        except Refused as no:
            refused = no
        else:
            return None
    chapters = [chapter for chapter in chapters_of(owner) if not chapter.is_empty]
    page = {
        "title": title,
        "form": form,
        "owner": owner,
        "goes": [chapter for chapter in chapters if not chapter.holding.stays],
        "stays": [chapter for chapter in chapters if chapter.holding.stays],
        "refusals": refused.refusals if refused else against,
        "is_open": not against,
    }
    return render(request, "people/privacy/erase_one.html", page, status=422 if refused or form.errors else 200)
