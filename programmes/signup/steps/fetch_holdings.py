"""What this room keeps of those who fetch children: soon gone."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.registers.holdings import Holding, Owner, Retention, Section, holdings
from people.steps.holdings.words import SERVICE
from programmes.signup.models import Fetcher, GoesAlone

DAYS = 30


def _rows() -> "QuerySet[Fetcher]":
    rows: QuerySet[Fetcher] = Fetcher.objects.all()
    return rows


def _mine(owner: Owner) -> "QuerySet[Fetcher]":
    return _rows().filter(Q(registration__household__in=owner.households) | Q(person__in=owner.persons))


def _export(owner: Owner) -> list[Section]:
    rows = _mine(owner).select_related("registration__session__activity", "person", "network").order_by("pk")
    heads = (_("Activity"), _("When"), _("Name"), pgettext_lazy("who fetches", "Who is it to the child?"))
    cells: tuple[tuple[Any, ...], ...] = tuple(
        (
            row.registration.session.title or row.registration.session.activity.title,
            row.registration.session.starts_at,
            row.person.name if row.person is not None else row.name,
            row.relation,
        )
        for row in rows
    )
    return [Section("fetchers", _("Who fetches your children"), heads, cells)]


def _erase(owner: Owner, _at: datetime) -> int:
    alone = GoesAlone.objects.filter(seat__registration__household__in=owner.households)
    gone: int = alone.delete()[0] + GoesAlone.objects.filter(seat__child__in=owner.children).delete()[0]
    GoesAlone.objects.filter(by__in=owner.persons).update(by=None)
    return gone + int(_mine(owner).delete()[0])


def _over_before(before: datetime) -> "QuerySet[Fetcher]":
    rows = _rows().filter(registration__session__ends_at__lt=before)
    return rows.order_by("registration__session__ends_at", "pk")


def _purge(before: datetime, most: int, _at: datetime) -> int:
    keys = list(_over_before(before).values_list("pk", flat=True)[:most])
    GoesAlone.objects.filter(seat__registration__fetchers__in=keys).delete()
    Fetcher.objects.filter(pk__in=keys).delete()
    return len(keys)


FETCHERS = holdings.add(
    Holding(
        key="signup.fetchers",
        title=_("Who fetches children"),
        what=_(
            "Whom you named to fetch your children: name, relation and telephone (sealed); and who may go home alone."
        ),
        why=_("To hand a child over to nobody else."),
        basis=SERVICE,
        who_sees=_(
            "The staff of the session; of a telephone the last four digits, and only those who may call families."
        ),
        models=("signup.Fetcher", "signup.GoesAlone"),
        rows=_rows,
        export=_export,
        erase=_erase,
        retention=Retention(
            days=DAYS,
            shortest=1,
            longest=90,
            since=_("the end of the session"),
            since_field="registration__session__ends_at",
            due=_over_before,
            purge=_purge,
        ),
        place=38,
        shown=31,
    )
)
