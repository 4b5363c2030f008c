"""What could not be delivered, and the demo's phone."""

from datetime import datetime, time

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused, Text
from kit.tables import Cell, Column, Empty, Filter, ListTable, RowAction
from notifications import doors
from notifications.choices import Channel, DeliveryState
from notifications.commands import deliveries as commands
from notifications.models import Delivery, ShownMessage
from notifications.queries.deliveries import counters, in_trouble, shown
from notifications.queries.mailbox import ShownMail, mails
from notifications.registers import kinds
from people.choices import Verb
from people.doors import member, network_of, staff_only
from people.rules import codes, phones

_ON_PHONE = 30
_STATES = {DeliveryState.FAILED: "bad", DeliveryState.WAITING: "waiting"}


def _title(row: Delivery) -> Text:
    return kinds[row.kind].called if row.kind in kinds else row.kind


def _again(row: Delivery) -> Cell:
    return Cell(actions=(RowAction(_("Send again"), reverse("notifications:send-again", args=[row.pk])),))


DELIVERIES = ListTable(
    key="notifications.deliveries",
    title=_("Not delivered"),
    columns=(
        Column("what", _("What"), _title, fixed=True),
        Column("channel", _("Channel"), lambda row: row.get_channel_display(), sort=("channel", "pk")),
        Column("for", _("For"), lambda row: phones.masked(row.person.phone) if row.person else ""),
        Column("when", _("When"), lambda row: row.made_at, sort=("made_at", "pk")),
        Column(
            "state",
            _("State"),
            lambda row: Cell(row.get_state_display(), state=_STATES.get(DeliveryState(row.state), "full")),
        ),
        Column("tries", _("Tries"), lambda row: row.attempts, sort=("attempts", "pk"), number=True),
        Column("answer", _("Answer"), lambda row: row.last_error, long=True),
        Column("do", _("Do"), _again),
    ),
    filters=(
        Filter("channel", _("Channel"), Channel.choices, lambda rows, value: rows.filter(channel=value)),
        Filter(
            "state",
            _("State"),
            [(state.value, state.label) for state in _STATES],
            lambda rows, value: rows.filter(state=value),
        ),
    ),
    sort="-when",
    empty=Empty(text=_("Everything has been delivered.")),
)


@never_cache
@require_safe
@staff_only(Verb.WATCH_SERVICE)
def deliveries(request: HttpRequest) -> HttpResponse:
    network = network_of(request)
    midnight = datetime.combine(clock.today(network.zone), time(), network.zone)
    page = {
        "table": DELIVERIES.page(request, in_trouble()),
        "counters": counters(since=midnight),
        "sms_a_day": codes.sms_a_day(network.rules),
    }
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
