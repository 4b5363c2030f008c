"""Letters to many: written, shown to whoever sends them with how many they reach, and kept."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.toasts import toast
from notifications import doors
from notifications.choices import LetterState
from notifications.commands.letters import LetterWish, send_letter, withdraw_letter, write_letter
from notifications.forms.letters import LetterForm
from notifications.models import Letter
from notifications.queries.letters import reach_of
from people.doors import member, members_only

_ON_PAGE = 50
_STATES = {LetterState.WAITING: "waiting", LetterState.SENDING: "open", LetterState.SENT: "none"}


@never_cache
@require_safe
@members_only
def outbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(doors.letters_in_reach(request), _ON_PAGE).get_page(request.GET.get("page"))
    lines = [(letter, _STATES.get(letter.state, "full")) for letter in page]
    return render(request, "notifications/letters/outbox.html", {"page": page, "lines": lines})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def write(request: HttpRequest, audience: str, subject: str) -> HttpResponse:
    to, about = doors.audience_in_reach(request, audience, subject)
    form = LetterForm(request.POST or None, groups=to.groups)
    if form.is_bound and form.is_valid():
        wish = LetterWish(audience=to.key, subject=subject, about=about.title[:200], **form.cleaned_data)
        letter = write_letter(wish=wish, by=member(request))
        return redirect("notifications:letter", letter.code)
    page = {"form": form, "about": about, "to": to}
    return render(request, "notifications/letters/write.html", page, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """Asks before it is sent; afterwards, how far it has come."""
    row = doors.letter_in_reach(request, code)
    if request.method != "POST":
        return _page(request, row)
    shown = request.POST.get("people", "")
    try:
        people = int(shown) if shown.isdecimal() and len(shown) < 9 else 0
        send_letter(letter=row, people=people, by=member(request), at=clock.now())
    except Refused as no:
        messages.error(request, " ".join(str(refusal) for refusal in no.refusals))
        row.refresh_from_db()
        return _page(request, row, status=422)
    toast(request, _("It is on its way."))
    return redirect("notifications:letter", code)


@require_POST
@members_only
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    row = doors.letter_in_reach(request, code)
    try:
        withdraw_letter(letter=row, by=member(request), at=clock.now())
    except Refused as no:
        messages.error(request, " ".join(str(refusal) for refusal in no.refusals))
    else:
        toast(request, _("Withdrawn; nobody has got it."))
    return redirect("notifications:letter", code)


def _page(request: HttpRequest, row: Letter, *, status: int = 200) -> HttpResponse:
    to, about = doors.audience_in_reach(request, row.audience, row.subject)
    page: dict[str, Any] = {
        "letter": row,
        "about": about,
        "group": dict(to.groups).get(row.group, row.group),
        "state": _STATES.get(row.state, "full"),
        "reach": reach_of(row) if row.state is LetterState.WAITING else None,
    }
    return render(request, "notifications/letters/letter.html", page, status=status)
