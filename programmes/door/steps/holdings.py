"""What this room keeps about people: who came to what, and who let them in."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.registers.holdings import Holding, Owner, Retention, Section, holdings
from people.steps.holdings.words import SERVICE
from programmes.door.models import CheckIn, DeskDevice, Scan
from programmes.door.models.scan import OF_A_FAMILY

# It still says who asked.
_ASKED = Q(by__isnull=False) | Q(device__isnull=False) | Q(desk_device__isnull=False) | Q(seen_by__isnull=False)


def _rows() -> "QuerySet[Scan]":
    """Those that still say who asked, and those that let nobody in."""
    came = CheckIn.objects.filter(scan=OuterRef("pk"))
    rows: QuerySet[Scan] = Scan.objects.filter(~Exists(came) | _ASKED)
    return rows


def _export(owner: Owner) -> list[Section]:
    heads = (_("Activity"), _("When"), pgettext_lazy("at the door", "Name"), pgettext_lazy("at the door", "Came"))
    return [Section("check_ins", _("When your family came"), heads, _came(owner))]


def _came(owner: Owner) -> tuple[tuple[Any, ...], ...]:
    mine = CheckIn.objects.filter(undone_at=None).filter(
        Q(seat__child__in=owner.children) | Q(seat__registration__household__in=owner.households)
    )
    return tuple(
        (
            row.session.title or row.session.activity.title,
            row.session.starts_at,
            row.seat.child.name if row.seat.child is not None else "",
            row.at,
        )
        for row in mine.select_related("session__activity", "seat__child").order_by("at", "pk")
    )


def _erase(owner: Owner, _at: datetime) -> int:
    """That seats came is counted still; whom the door was asked for, and by whom, is gone."""
    seen: int = (
        Scan.objects.filter(registration__household__in=owner.households, check_ins=None)
        .exclude(outcome__in=OF_A_FAMILY)
        .update(registration=None)
    )
    asked: int = Scan.objects.filter(by__in=owner.persons).update(by=None, device=None)
    looked: int = Scan.objects.filter(seen_by__in=owner.persons).update(seen_by=None)
    undone: int = CheckIn.objects.filter(undone_by__in=owner.persons).update(undone_by=None)
    return seen + asked + looked + undone


def over_before(before: datetime) -> "QuerySet[Scan]":
    return _rows().filter(session__ends_at__lt=before).order_by("session__ends_at", "pk")


def _purge(before: datetime, most: int, _at: datetime) -> int:
    """Scans that let nobody in go; of the others stays that somebody came, and neither by whom nor by which device."""
    keys = list(over_before(before).values_list("pk", flat=True)[:most])
    CheckIn.objects.filter(scan__in=keys).update(undone_by=None)
    Scan.objects.filter(pk__in=keys, check_ins=None).delete()
    Scan.objects.filter(pk__in=keys).update(by=None, device=None, desk_device=None, seen_by=None)
    return len(keys)


holdings.add(
    Holding(
        key="door.check_ins",
        title=_("Check-ins"),
        what=_("When your family came to a session, and who let it in."),
        why=_("To greet you at the door, and to count truly how many came."),
        basis=SERVICE,
        who_sees=_("The adults of your family, and the staff of the session."),
        models=("door.Scan", "door.CheckIn"),
        rows=_rows,
        export=_export,
        erase=_erase,
        retention=Retention(
            days=365,
            shortest=30,
            longest=1095,
            since=_("the end of the session"),
            since_field="session__ends_at",
            due=over_before,
            purge=_purge,
        ),
        place=39,
        shown=32,
    )
)


# --- Desk devices --------------------------------------------------------------------------


def _export_devices(owner: Owner) -> list[Section]:
    heads = (_("Device"), pgettext_lazy("a desk device", "Made"), pgettext_lazy("a desk device", "Until"))
    rows = DeskDevice.objects.filter(made_by__in=owner.persons).order_by("made_at", "pk")
    lines = tuple((row.name, row.made_at, row.expires_at) for row in rows)
    return [Section("desk_devices", _("Devices that you made for the desk"), heads, lines)]


def _erase_devices(owner: Owner, _at: datetime) -> int:
    """What they did stays under the device's name; who made or revoked it is gone."""
    made: int = DeskDevice.objects.filter(made_by__in=owner.persons).update(made_by=None)
    return made + DeskDevice.objects.filter(revoked_by__in=owner.persons).update(revoked_by=None)


def ended_before(before: datetime) -> "QuerySet[DeskDevice]":
    """That no scan names any more."""
    rows: QuerySet[DeskDevice] = DeskDevice.objects.filter(expires_at__lt=before, scans=None)
    return rows.order_by("expires_at", "pk")


def _purge_devices(before: datetime, most: int, _at: datetime) -> int:
    keys = list(ended_before(before).values_list("pk", flat=True)[:most])
    DeskDevice.objects.filter(pk__in=keys).delete()
    return len(keys)


holdings.add(
    Holding(
        key="door.desk_devices",
        title=_("Desk devices"),
        what=_("Which tablets and volunteers' phones could let families in, who made them, and until when."),
        why=_("To see afterwards by which device somebody was let in, and who answered for it."),
        basis=SERVICE,
        who_sees=_("The staff of the place."),
        models=("door.DeskDevice",),
        rows=DeskDevice.objects.all,
        export=_export_devices,
        erase=_erase_devices,
        retention=Retention(
            days=30,
            shortest=1,
            longest=1095,
            since=_("the end of the device, once no check-in names it"),
            since_field="expires_at",
            due=ended_before,
            purge=_purge_devices,
        ),
        place=40,
        shown=60,
    )
)
