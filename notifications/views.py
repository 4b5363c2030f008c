"""A reader's inbox, what could not be delivered, and the demo's phone."""

from datetime import datetime, time

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from notifications import doors
from notifications.commands import deliveries as commands
from notifications.models import ShownMessage
from notifications.queries.deliveries import counters, in_trouble, inbox, shown
from notifications.queries.mailbox import ShownMail, mails
from notifications.registers import kinds
from people.choices import Verb
from people.doors import member, members_only, network_of, staff_only
from people.rules import codes

_SHOWN = 100
_ON_PHONE = 30


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
@require_safe
@staff_only(Verb.WATCH_SERVICE)
def deliveries(request: HttpRequest) -> HttpResponse:
    network = network_of(request)
    midnight = datetime.combine(clock.today(network.zone), time(), network.zone)
    rows = [(row, kinds[row.kind].title if row.kind in kinds else row.kind) for row in in_trouble()[:_SHOWN]]
    page = {"rows": rows, "counters": counters(since=midnight), "sms_a_day": codes.sms_a_day(network.rules)}
    return render(request, "notifications/deliveries.html", page)


@require_POST
@staff_only(Verb.WATCH_SERVICE)
def send_again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    person, delivery = member(request), doors.access_delivery(delivery_id)
    try:
        commands.send_again(delivery=delivery, by=person, at=clock.now())
    except Refused as no:
        messages.error(request, " ".join(str(refusal) for refusal in no.refusals))
    else:
        messages.success(request, _("It is on its way again."))
    return redirect("notifications:deliveries")


@never_cache
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """Every SMS and e-mail of the demo, newest first. Its address exists with STAGE=demo alone."""
    sent: list[ShownMessage | ShownMail] = [
        *shown()[:_ON_PHONE],
        *mails(settings.VAR_DIR / "mail", network_code=network_of(request).code, most=_ON_PHONE),
    ]
    newest = sorted(sent, key=lambda message: message.shown_at, reverse=True)
    return render(request, "notifications/phone.html", {"shown": newest[:_ON_PHONE]})
