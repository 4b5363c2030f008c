"""签到设备 as whoever runs the sessions looks after them: made, shown a code, revoked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.tables import Cell, Column, Empty, Filter, ListTable, RowAction, moment
from kit.toasts import toast
from networks.models import Area
from people.doors import member, members_only
from people.queries.workplace import within
from programmes.door import doors
from programmes.door.choices import DeskDeviceState
from programmes.door.commands import desk_devices as commands
from programmes.door.forms.desk_devices import DeskDeviceForm
from programmes.door.models import DeskDevice
from programmes.door.queries.desk_devices import code_of, desk_devices_within, state_of

_CHIPS = {
    DeskDeviceState.WAITS: "waiting",
    DeskDeviceState.CODE_EXPIRED: "full",
    DeskDeviceState.JOINED: "good",
    DeskDeviceState.REVOKED: "bad",
    DeskDeviceState.EXPIRED: "full",
}
_ENDED = (DeskDeviceState.REVOKED, DeskDeviceState.EXPIRED)


def _name(row: DeskDevice) -> Cell:
    return Cell(row.name, href=reverse("door:device", args=[row.pk]), soft=row.area.name)


def _state(row: DeskDevice) -> Cell:
    state = state_of(row, at=clock.now())
    return Cell(state.label, state=_CHIPS[state])


def _revoke(row: DeskDevice) -> Cell:
    if state_of(row, at=clock.now()) in _ENDED:
        return Cell()
    return Cell(actions=(RowAction(_("Revoke"), reverse("door:device-revoke", args=[row.pk])),))


def _in_state(rows: Any, value: str) -> Any:
    at = clock.now()
    return (
        rows.filter(revoked_at=None, expires_at__gt=at)
        if value == "live"
        else rows.exclude(revoked_at=None, expires_at__gt=at)
    )


DEVICES = ListTable(
    key="door.devices",
    title=_("Desk devices"),
    # On a keeper's phone the first three are seen without pushing.
    columns=(
        Column("name", pgettext_lazy("of a desk device", "Name"), cell=_name, sort=("name", "pk"), fixed=True),
        Column("state", _("State"), cell=_state),
        Column("revoke", _("Revoke"), cell=_revoke),
        Column("seen", pgettext_lazy("a desk device", "last seen"), cell=lambda row: moment(row.last_seen_at)),
        Column("until", pgettext_lazy("a desk device", "until"), cell=lambda row: moment(row.expires_at)),
        Column("admitted", pgettext_lazy("a desk device", "let in"), cell=lambda row: row.admitted, number=True),
        Column(
            "by", pgettext_lazy("a desk device", "made by"), cell=lambda row: row.made_by.name if row.made_by else ""
        ),
    ),
    filters=(
        Filter(
            "state",
            _("State"),
            choices=(
                ("live", pgettext_lazy("a desk device", "good now")),
                ("ended", pgettext_lazy("a desk device", "no longer good")),
            ),
            apply=_in_state,
        ),
    ),
    search=lambda rows, words: rows.filter(name__icontains=words),
    empty=Empty(
        _("No device yet"),
        _("A tablet at the entrance, or the phone of a volunteer, who needs no account."),
        _("Add a device"),
        "door:device-add",
    ),
)


@never_cache
@require_safe
@members_only
def devices(request: HttpRequest) -> HttpResponse:
    rows = desk_devices_within(doors.attending_paths(request))
    return render(request, "door/devices.html", {"table": DEVICES.page(request, rows)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def add(request: HttpRequest) -> HttpResponse:
    reach = within("path", doors.attending_paths(request))
    areas = list(Area.objects.filter(reach, closed_at=None).order_by("path"))
    form = DeskDeviceForm(request.POST if request.method == "POST" else None, areas=areas)
    if form.is_bound and form.is_valid():
        made = commands.make_desk_device(**form.cleaned_data, by=member(request), at=clock.now())
        return redirect("door:device", made.pk)
    return render(request, "door/device_add.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@members_only
def device(request: HttpRequest, device_id: int) -> HttpResponse:
    """Its code to scan while that is good; then in what state it is. Asked again by itself until it has joined."""
    row = doors.desk_device_to_tend(request, device_id)
    state = state_of(row, at=clock.now())
    page: dict[str, Any] = {"device": row, "state": state, "chip": _CHIPS[state]}
    if state == DeskDeviceState.WAITS:
        code = code_of(row)
        page["words"] = f"{code[:4]} {code[4:]}"
        page["address"] = request.build_absolute_uri(reverse("door:join-with", args=[code]))
        page["typed_at"] = request.build_absolute_uri(reverse("door:join"))
    part = request.headers.get("HX-Request")
    return render(request, "door/_device.html" if part else "door/device.html", page)


@require_POST
@members_only
def code(request: HttpRequest, device_id: int) -> HttpResponse:
    row = doors.desk_device_to_tend(request, device_id)
    try:
        commands.new_code(desk_device=row, by=member(request), at=clock.now())
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
    return redirect("door:device", row.pk)


@require_POST
@members_only
def revoke(request: HttpRequest, device_id: int) -> HttpResponse:
    row = doors.desk_device_to_tend(request, device_id)
    commands.revoke(desk_device=row, by=member(request), at=clock.now())
    toast(request, _now("The device is revoked: with its next request it is told so."))
    return redirect("door:devices")
