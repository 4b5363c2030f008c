"""What this room keeps of those who left: when, how, and for a short time who fetched."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.registers.holdings import Holding, Owner, Retention, Section, holdings
from people.steps.holdings.words import SERVICE
from programmes.door.models import Leaving

_NOBODY: dict[str, Any] = {"fetcher": None, "person": None, "note": "", "by": None, "undone_by": None}


def _rows() -> "QuerySet[Leaving]":
    """Those that still say who fetched, or who signed out."""
    named = Q(fetcher__isnull=False) | Q(person__isnull=False) | ~Q(note="")
    rows: QuerySet[Leaving] = Leaving.objects.filter(named | Q(by__isnull=False) | Q(undone_by__isnull=False))
    return rows


def _of(owner: Owner) -> Q:
    return Q(seat__child__in=owner.children) | Q(seat__registration__household__in=owner.households)


def _export(owner: Owner) -> list[Section]:
    rows = Leaving.objects.filter(_of(owner), undone_at=None).select_related("session__activity", "seat__child")
    heads = (
        _("Activity"),
        pgettext_lazy("at the door", "Name"),
        pgettext_lazy("at the door", "Left"),
        pgettext_lazy("at the door", "How"),
    )
    cells = tuple(
        (
            row.session.title or row.session.activity.title,
            row.seat.child.name if row.seat.child is not None else "",
            row.at,
            " · ".join(word for word in (str(row.get_how_display()), row.note) if word),
        )
        for row in rows.order_by("at", "pk")
    )
    return [Section("leavings", _("When your family left"), heads, cells)]


def _erase(owner: Owner, _at: datetime) -> int:
    gone: int = _rows().filter(_of(owner)).update(fetcher=None, person=None, note="")
    gone += Leaving.objects.filter(person__in=owner.persons).update(person=None)
    gone += Leaving.objects.filter(by__in=owner.persons).update(by=None)
    return gone + int(Leaving.objects.filter(undone_by__in=owner.persons).update(undone_by=None))


def _over_before(before: datetime) -> "QuerySet[Leaving]":
    return _rows().filter(session__ends_at__lt=before).order_by("session__ends_at", "pk")


def _purge(before: datetime, most: int, _at: datetime) -> int:
    """That somebody left, how and when, stays: lengths of stay are counted by it."""
    keys = list(_over_before(before).values_list("pk", flat=True)[:most])
    gone: int = Leaving.objects.filter(pk__in=keys).update(**_NOBODY)
    return gone


holdings.add(
    Holding(
        key="door.leavings",
        title=_("Sign-outs"),
        what=_("When your children left a session, with whom, and which of the staff handed them over."),
        why=_("To hand a child over to nobody else, and to know afterwards who fetched it."),
        basis=SERVICE,
        who_sees=_("The adults of your family, and the staff of the session."),
        models=("door.Leaving",),
        rows=_rows,
        export=_export,
        erase=_erase,
        retention=Retention(
            days=30,
            shortest=7,
            longest=365,
            since=_("the end of the session"),
            since_field="session__ends_at",
            due=_over_before,
            purge=_purge,
        ),
        place=37,
        shown=33,
    )
)
