"""What a reader was told, and how she wants to be told."""

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.refusals import Refused
from kit.toasts import toast
from notifications.commands import deliveries as commands
from notifications.commands.wishes import keep_wishes, stop_emails
from notifications.forms.wishes import WishesForm
from notifications.queries.deliveries import inbox
from notifications.queries.wishes import person_of_token, wishes_of
from people.doors import member, members_only, network_of


@never_cache
@require_safe
@members_only
def inbox_page(request: HttpRequest) -> HttpResponse:
    person = member(request)
    lines = inbox(person)
    if any(line.message.read_at is None for line in lines):
        commands.mark_read(person=person, at=clock.now())
    return render(request, "notifications/inbox.html", {"lines": lines})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def wishes(request: HttpRequest) -> HttpResponse:
    person = member(request)
    form = WishesForm(request.POST or None, initial=asdict(wishes_of(person)))
    if form.is_bound and form.is_valid():
        try:
            keep_wishes(person=person, wishes=form.wishes())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("Saved. That is how we will tell you."))
            return redirect("notifications:wishes")
    return render(request, "notifications/wishes.html", {"form": form}, status=422 if form.is_bound else 200)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """From an e-mail, without signing in. A mail service posts here by itself (RFC 8058); looking changes nothing.

    Nothing but this one switch hangs on the address, so a post from elsewhere can do no harm that its holder could not.
    """
    person = person_of_token(network_of(request), token)
    if person is None:
        raise Http404
    if request.method == "POST":
        stop_emails(person=person)
    page = {"is_off": not wishes_of(person).by_email}
    return render(request, "notifications/unsubscribe.html", page)
