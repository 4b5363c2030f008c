"""Fees of hosts, as a plan, and the list to be signed."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.sheets import Column as SheetColumn
from kit.tables import Cell, Column, Empty, Filter, ListTable, RowAction
from kit.toasts import toast
from people.choices import Verb
from people.doors import may_anywhere, member, network_of, staff_only
from people.queries.workplace import paths_in_view
from programmes.planning import doors
from programmes.planning.commands.fees import agree_fee
from programmes.planning.forms.fees import FeeForm
from programmes.planning.queries.fees import FeeLine, fee_lines, sum_of
from programmes.planning.queries.programmes import programmes_around
from programmes.planning.sheets.fees import columns, remark, rows_of

# So far back and ahead the list reads.
AROUND = timedelta(days=550)


def _host(line: FeeLine) -> Cell:
    return Cell(line.host.name, soft=line.host.unit)


def _activity(line: FeeLine) -> Cell:
    activity = line.session.activity
    return Cell(line.session.title or activity.title, href=reverse("planning:activity", args=[activity.pk]))


def _when(line: FeeLine) -> Cell:
    ends_at = line.starts_at + (line.session.ends_at - line.session.starts_at)
    return Cell(f"{line.starts_at:%Y-%m-%d}", soft=f"{line.starts_at:%H:%M}–{ends_at:%H:%M}")


def _fee(line: FeeLine) -> Cell:
    if line.fee is None:
        return Cell(_("to be agreed"), state="warn")
    return Cell(f"{line.fee:,.2f}", soft=remark(line))


def _agree(line: FeeLine) -> Cell:
    action = reverse("planning:fee-agree", args=[line.pk])
    if line.is_own:
        return Cell(actions=(RowAction(_("By the rate again"), action),))
    return Cell(actions=(RowAction(_("Agree"), action, ask=_("Another sum, yuan")),))


def _programmes(request: HttpRequest) -> list[tuple[str, str]]:
    rows = programmes_around(paths_in_view(request, Verb.PLAN)).order_by("-season__year", "title")
    return [(str(row.pk), f"{row.season.year} {row.title}") for row in rows]


def _found(lines: Iterable[FeeLine], words: str) -> list[FeeLine]:
    asked = words.casefold().split()
    return [line for line in lines if all(word in _searched(line) for word in asked)]


def _searched(line: FeeLine) -> str:
    return f"{line.host.name} {line.host.unit} {line.session.title} {line.session.activity.title}".casefold()


FEES = ListTable(
    key="planning.fees",
    title=_("List of fees"),
    columns=(
        Column("host", pgettext_lazy("of a person", "Name"), cell=_host, sort=("host_name", "starts_at"), fixed=True),
        Column("title", _("Title for the fee"), cell=lambda line: Cell(line.host.get_fee_title_display())),
        Column("activity", _("Activity"), cell=_activity),
        Column("when", _("When"), cell=_when, sort=("starts_at",)),
        Column("lessons", _("Lessons"), cell=lambda line: Cell(str(line.lessons)), number=True),
        Column(
            "rate", _("Rate, yuan"), cell=lambda line: Cell("" if line.rate is None else str(line.rate)), number=True
        ),
        Column("fee", _("Sum, yuan"), cell=_fee, number=True),
        Column("agree", _("Agreed otherwise"), cell=_agree),
    ),
    filters=(
        Filter(
            "programme",
            _("Programme"),
            choices=_programmes,
            apply=lambda lines, value: [line for line in lines if str(line.session.activity.programme_id) == value],
        ),
        Filter(
            "from",
            _("From"),
            kind="date",
            apply=lambda lines, day: [line for line in lines if line.starts_at.date() >= day],
        ),
        Filter(
            "until",
            _("Until"),
            kind="date",
            apply=lambda lines, day: [line for line in lines if line.starts_at.date() <= day],
        ),
    ),
    search=_found,
    search_label=_("Name, unit, activity"),
    sort="when",
    export=may_anywhere(Verb.EXPORT),
    empty=Empty(_("No fee planned"), _("Hosts with a title for the fee appear here once they lead a session.")),
)


def _lines(request: HttpRequest) -> list[FeeLine]:
    network = network_of(request)
    midnight = datetime.combine(clock.today(network.zone), time(0), tzinfo=network.zone)
    paths = paths_in_view(request, Verb.PLAN)
    return fee_lines(network, paths=paths, since=midnight - AROUND, until=midnight + AROUND)


@never_cache
@require_safe
@staff_only(Verb.PLAN)
def fees(request: HttpRequest) -> HttpResponse:
    """At its bare address the month that is on; the list's own filters lead to any other."""
    if not request.GET:
        return redirect(f"{request.path}?{urlencode(this_month(clock.today(network_of(request).zone)))}")
    lines = _lines(request)
    total, unknown = sum_of(FEES.matching(request, lines, request.GET))
    page = {"table": FEES.page(request, lines), "sum": total, "unknown": unknown}
    return render(request, "planning/fees/list.html", page)


def this_month(today: date) -> dict[str, str]:
    first = today.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return {"from": first.isoformat(), "until": last.isoformat()}


def export_rows(request: HttpRequest, query: QueryDict) -> tuple[Sequence[SheetColumn], Iterable[Any]]:
    return columns(), rows_of(FEES.matching(request, _lines(request), query))


@require_POST
@staff_only(Verb.PLAN)
def agree(request: HttpRequest, engagement_id: int) -> HttpResponse:
    """`reason`: the sum that was agreed; nothing goes back to the rate."""
    row = doors.engagement_to_plan(request, engagement_id)
    form = FeeForm(request.POST)
    if not form.is_valid():
        toast(request, _now("This is no sum of money; nothing was changed."), kind="bad")
        return redirect("planning:fees")
    try:
        agree_fee(engagement=row, fee=form.cleaned_data["reason"], by=member(request))
    except Refused as no:
        toast(request, "".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        toast(request, _now("Saved."))
    return redirect("planning:fees")
