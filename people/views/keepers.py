"""Keepers' phones, as the librarians see them who confirm and revoke them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.tables import Cell, Column, Empty, Filter, ListTable, RowAction, day
from kit.toasts import Undo, toast
from people import doors
from people.choices import DeviceState, Verb
from people.commands import devices as commands
from people.models import Device
from people.queries.devices import DeviceLine, keepers_devices
from people.queries.rights import rights_of
from people.rules import phones

_STATES = {
    DeviceState.ASKED: "waiting",
    DeviceState.CONFIRMED: "good",
    DeviceState.REFUSED: "bad",
    DeviceState.REVOKED: "bad",
    DeviceState.EXPIRED: "full",
}


def _answers(line: DeviceLine) -> Cell:
    address = reverse("people:keepers-device", args=[line.device.pk])
    if line.state == DeviceState.ASKED:
        yes = RowAction(_("Confirm"), address, {"answer": "confirm"}, kind="")
        return Cell(actions=(yes, RowAction(_("Refuse"), address, {"answer": "refuse"})))
    if line.state == DeviceState.CONFIRMED:
        off = RowAction(_("Revoke"), address, {"answer": "revoke"})
        return Cell(
            actions=(RowAction(_("Confirm anew"), address, {"answer": "renew"}), off) if line.is_soon else (off,)
        )
    return Cell()


def _state(line: DeviceLine) -> Cell:
    until = _("until %(day)s") % {"day": day(line.until).text} if line.until else ""
    return Cell(
        line.state.label,
        soft=until,
        state=_STATES[line.state],
        chips=((_("runs out soon"), "few"),) if line.is_soon else (),
    )


PHONES = ListTable(
    key="people.keepers_devices",
    title=_("Keepers' phones"),
    columns=(
        Column(
            "who",
            _("Keeper"),
            lambda line: line.device.person.name or phones.masked(line.device.person.phone),
            sort=("device.person.name",),
            fixed=True,
        ),
        Column("area", _("Area"), lambda line: line.areas, sort=("areas",)),
        Column("phone", _("Phone"), lambda line: line.device.label),
        Column("asked", _("Asked"), lambda line: line.device.asked_at, sort=("device.asked_at",)),
        Column("state", _("State"), _state, sort=("until",)),
        Column("answer", _("Answer"), _answers),
    ),
    filters=(
        Filter(
            "state",
            _("State"),
            DeviceState.choices,
            lambda lines, value: [line for line in lines if line.state == value],
        ),
    ),
    search=lambda lines, words: [line for line in lines if words in line.device.person.name or words in line.areas],
    empty=Empty(text=_("No keeper of your area has asked yet.")),
)


@never_cache
@require_safe
@doors.staff_only(Verb.CONFIRM_DEVICES)
def keepers(request: HttpRequest) -> HttpResponse:
    lines = keepers_devices(rights_of(doors.member(request)), at=clock.now())
    return render(request, "people/keepers_devices.html", {"table": PHONES.page(request, lines)})


@require_POST
@doors.staff_only(Verb.CONFIRM_DEVICES)
def answer_keeper(request: HttpRequest, device_id: int) -> HttpResponse:
    person, device = doors.member(request), doors.keepers_device(request, device_id)
    done = {
        "confirm": (commands.confirm_device, _("The phone is confirmed for 90 days.")),
        "refuse": (commands.refuse_device, _("The phone is refused.")),
        "revoke": (commands.revoke_device, _("The phone is revoked.")),
        "renew": (commands.renew_device, _("The phone is confirmed for 90 days.")),
        "undo": (commands.take_back_revoking, _("The phone works again.")),
    }
    answer, told = done.get(request.POST.get("answer", ""), (None, ""))
    if answer is None:
        raise Http404
    try:
        answer(device=device, by=person, at=clock.now())
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        toast(request, told, undo=_undo(device) if answer is commands.revoke_device else None)
    return redirect("people:keepers-devices")


def _undo(device: Device) -> Undo:
    return Undo(reverse("people:keepers-device", args=[device.pk]), {"answer": "undo"})
