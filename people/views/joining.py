"""A link is made, forwarded, opened by somebody else, and used once."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock
from kit.refusals import Refusal, Refused
from people import doors
from people.choices import FamilyVerb, MemberRole
from people.commands import joining as commands
from people.commands import young
from people.forms.families import InviteForm, JoinForm
from people.models import JoinLink
from people.queries.families import Belonging, belonging, guardians, is_young, members_of, open_links
from people.queries.joining import inviter_relation, link_of_secret, secret_of
from people.rules import families as rules
from people.rules import names


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.members_only
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Whom to invite; and below, the links that wait to be used."""
    place = doors.place_in(request, code, FamilyVerb.INVITE_GUARDIAN)
    form = InviteForm(request.POST or None)
    if request.method != "POST":
        return _invite_page(request, place, ())
    role = form.data.get("role", "")
    verb = {"guardian": FamilyVerb.INVITE_GUARDIAN, "carer": FamilyVerb.INVITE_CARER}.get(role)
    if verb is None or not form.is_valid():
        raise Http404
    doors.place_in(request, code, verb)
    try:
        commands.make_join_link(
            household=place.household,
            role=MemberRole(role),
            relation="",
            by=doors.member(request),
            at=clock.now(),
        )
    except Refused as no:
        return _invite_page(request, place, no.refusals)
    return redirect("people:invite", code)


@require_POST
@doors.members_only
def withdraw(request: HttpRequest, code: str, link_id: int) -> HttpResponse:
    place = doors.place_in(request, code, FamilyVerb.INVITE_GUARDIAN)
    try:
        commands.withdraw_link(household=place.household, link_id=link_id, by=doors.member(request), at=clock.now())
    except Refused as no:
        return _invite_page(request, place, no.refusals)
    messages.success(request, _("The link no longer works."))
    return redirect("people:invite", code)


def _invite_page(request: HttpRequest, place: Belonging, refusals: tuple[Refusal, ...]) -> HttpResponse:
    person = doors.member(request)
    links = [
        (link, request.build_absolute_uri(reverse("people:join", args=[secret_of(link)])))
        for link in open_links(place.household, at=clock.now())
        if link.role != MemberRole.YOUNG and (place.role == MemberRole.GUARDIAN or link.made_by_id == person.pk)
    ]
    open_roles = {link.role for link, _address in links}
    has_guardian = bool(guardians(members_of(place.household)))
    page = {
        "place": place,
        "links": links,
        "refusals": refusals,
        "may_guardian": "guardian" not in open_roles and (place.role == MemberRole.GUARDIAN or not has_guardian),
        "may_carer": "carer" not in open_roles and place.may(FamilyVerb.INVITE_CARER),
        "is_closed": place.role != MemberRole.GUARDIAN and has_guardian,
    }
    return render(request, "people/family/invite.html", page, status=422 if refusals else 200)


# --- Whoever opens the link ----------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Says who invites and as what, before anybody signs in; of the children it says nothing."""
    link = link_of_secret(secret)
    if link is None:
        return _closed(request, rules.NO_SUCH_LINK, status=404)
    person = doors.person_of(request)
    if person is None:
        over = next(rules.against_link(link, at=clock.now()), None)
        return _closed(request, over, status=410) if over else _landing(request, link, secret)
    if link.role == MemberRole.YOUNG:
        return _own_login(request, link)
    place = belonging(person, link.household.code)
    if place is not None and link.used_by_id == person.pk:
        return redirect("people:household", place.household.code)
    over = next(
        rules.against_joining(
            link, joiner=person.pk, members=members_of(link.household), is_young=is_young(person), at=clock.now()
        ),
        None,
    )
    if over is not None:
        return _closed(request, over, status=422 if place else 410, place=place)
    return _joining(request, link)


def _joining(request: HttpRequest, link: JoinLink) -> HttpResponse:
    person = doors.member(request)
    form = JoinForm(request.POST or None, knows_name=bool(person.name), initial={"relation": link.relation})
    if request.method == "POST":
        if request.POST.get("answer") == "no":
            messages.info(request, _("You have not joined. Nothing has changed."))
            return redirect("people:me")
        if form.is_valid():
            try:
                commands.join(
                    link=link,
                    by=person,
                    name=form.cleaned_data.get("name", ""),
                    relation=form.cleaned_data["relation"],
                    at=clock.now(),
                )
            except Refused as no:
                return _closed(request, no.refusals[0], status=422)
            messages.success(request, _("You have joined the family."))
            return redirect("people:household", link.household.code)
    return _landing(request, link, "", form=form, status=422 if form.is_bound else 200)


def _own_login(request: HttpRequest, link: JoinLink) -> HttpResponse:
    """For the number that the guardian typed, and no other: whoever else has the address finds nothing."""
    person = doors.member(request)
    if link.person_id != person.pk:
        return _closed(request, rules.NO_SUCH_LINK, status=404)
    over = next(rules.against_link(link, at=clock.now()), None)
    if over is not None:
        return redirect("people:family") if link.used_by_id else _closed(request, over, status=410)
    if request.method == "POST":
        if request.POST.get("answer") == "no":
            messages.info(request, _("No own login was opened. Nothing has changed."))
            return redirect("people:me")
        try:
            young.accept_login(link=link, by=person, at=clock.now())
        except Refused as no:
            return _closed(request, no.refusals[0], status=422)
        messages.success(request, _("This is your own login from now on."))
        return redirect("people:household", link.household.code)
    return _landing(request, link, "")


def _landing(
    request: HttpRequest, link: JoinLink, secret: str, *, form: JoinForm | None = None, status: int = 200
) -> HttpResponse:
    """`secret` where somebody has to sign in first and come back."""
    by = link.made_by
    page = {
        "link": link,
        "inviter": names.addressed(by.name if by else "", inviter_relation(link)),
        "form": form,
        "back": reverse("people:join", args=[secret]) if secret else "",
    }
    return render(request, "people/family/join.html", page, status=status)


def _closed(
    request: HttpRequest, refusal: Refusal | None, *, status: int, place: Belonging | None = None
) -> HttpResponse:
    page = {"refusal": refusal, "place": place}
    return render(request, "people/family/join_closed.html", page, status=status)
