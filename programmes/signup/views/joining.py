"""A family before a circle's link, and the circles that it has joined. Nobody learns here who else is in one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from people.doors import member, members_only, person_of
from programmes.signup import doors
from programmes.signup.choices import CircleKind
from programmes.signup.commands.circles import join_circle, take_out
from programmes.signup.forms.circles import JoinCircleForm
from programmes.signup.models import Circle
from programmes.signup.queries.circles import Joining, circle_of_secret, joining, memberships_of
from programmes.signup.rules.circles import against_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Says which circle it is before anybody signs in."""
    circle = circle_of_secret(secret)
    over = next(against_link(circle, at=clock.now()), None)
    if circle is None or over is not None:
        return render(request, "signup/circles/closed.html", {"refusal": over}, status=404 if circle is None else 410)
    if person_of(request) is None:
        return _landing(request, circle, back=reverse("signup:circle-join", args=[secret]))
    families = joining(member(request), circle)
    if request.method != "POST":
        return _landing(request, circle, families)
    return _join(request, circle, families)


def _join(request: HttpRequest, circle: Circle, families: list[Joining]) -> HttpResponse:
    code = request.POST.get("household", "")
    family = next((one for one in families if one.place.household.code == code), None)
    if family is None:
        raise Http404
    form = _form(circle, family, request.POST)
    if form.is_valid():
        try:
            join_circle(
                circle=circle,
                secret=circle.secret or "",
                household=family.place.household,
                codes=form.cleaned_data.get("children", ()),
                as_family=_is_of_families(circle),
                by=member(request),
                at=clock.now(),
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            messages.success(request, _("You have joined “%(circle)s”.") % {"circle": circle.name})
            return redirect("signup:my-circles")
    return _landing(request, circle, families, sent=(code, form))


def _landing(
    request: HttpRequest,
    circle: Circle,
    families: list[Joining] | None = None,
    *,
    sent: tuple[str, Any] = ("", None),
    back: str = "",
) -> HttpResponse:
    """`back` where somebody has to sign in first."""
    shown = [(one, sent[1] if one.place.household.code == sent[0] else _form(circle, one)) for one in families or ()]
    page = {"circle": circle, "families": shown, "as_family": _is_of_families(circle), "back": back}
    return render(request, "signup/circles/join.html", page, status=422 if sent[1] else 200)


def _form(circle: Circle, family: Joining, data: Any = None) -> JoinCircleForm:
    code = family.place.household.code
    return JoinCircleForm(
        data,
        auto_id=f"f{code}_%s",
        initial={"household": code},
        children=family.free,
        as_family=_is_of_families(circle),
    )


def _is_of_families(circle: Circle) -> bool:
    return circle.kind == CircleKind.INVITED


@never_cache
@require_safe
@members_only
def circles(request: HttpRequest) -> HttpResponse:
    return render(request, "signup/circles/mine.html", {"members": memberships_of(member(request))})


@require_POST
@members_only
def leave(request: HttpRequest, member_id: int) -> HttpResponse:
    row = doors.own_membership(request, member_id)
    take_out(member=row, by=member(request), at=clock.now())
    messages.success(request, _("You have left “%(circle)s”.") % {"circle": row.circle.name})
    return redirect("signup:my-circles")
