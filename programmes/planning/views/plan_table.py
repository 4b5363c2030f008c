"""The plan's table (活动安排表) for a month, a year or any days: on the screen, as Excel, on paper."""

from typing import Any
from urllib.parse import quote, urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.pdf import pdf_answer
from kit.refusals import Refused
from people.choices import Verb
from people.doors import member, network_of, staff_only
from people.queries.workplace import area_in_view, paths_in_view, places_to_work
from programmes.planning.commands.papers import ask_for_table
from programmes.planning.forms.plan_table import DaysForm
from programmes.planning.prints.plan_table import printed_words, table_pdf
from programmes.planning.queries.plan_table import PlanTable, TableWish, plan_table, season_days
from programmes.planning.rules.periods import Period, month_of, read_period
from programmes.planning.rules.plan_table import HEADS
from programmes.planning.sheets.plan_table import table_excel

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ON_A_PAGE = 400
# Drawn while the planner waits; more is long work.
MOST_AT_ONCE = 150
EACH, PUBLIC = "each", "public"


@never_cache
@require_safe
@staff_only(Verb.SEE_PLAN)
def table(request: HttpRequest) -> HttpResponse:
    return _page(request, plan_table(_wish(request)))


@never_cache
@require_safe
@staff_only(Verb.SEE_PLAN)
def excel(request: HttpRequest) -> HttpResponse:
    found = plan_table(_wish(request))
    network = network_of(request)
    content = table_excel(found, library=network.library_name, printed=printed_words(clock.now()), zone=network.zone)
    answer = HttpResponse(content, content_type=EXCEL)
    answer["Content-Disposition"] = f"attachment; filename=\"plan.xlsx\"; filename*=UTF-8''{quote(found.title)}.xlsx"
    return answer


@never_cache
@require_POST
@staff_only(Verb.SEE_PLAN)
def pdf(request: HttpRequest) -> HttpResponse:
    """Which table stands in the address, as for the page that the button is on."""
    wish, at = _wish(request), clock.now()
    found = plan_table(wish)
    if len(found.rows) > MOST_AT_ONCE:
        return redirect("people:job", ask_for_table(wish, by=member(request)).code)
    try:
        content = table_pdf(found, network=network_of(request), at=at)
    except Refused as no:
        return _page(request, found, refusals=[str(refusal) for refusal in no.refusals], status=503)
    return pdf_answer(content, name=f"{found.title}.pdf")


def _wish(request: HttpRequest) -> TableWish:
    asked = request.GET
    today = clock.today(network_of(request).zone)
    area = area_in_view(request)
    return TableWish(
        read_period(asked, today=today, seasons=season_days() if asked.get("year") else {}),
        paths_in_view(request, Verb.SEE_PLAN),
        area=area.name if area is not None else "",
        is_folded=asked.get("rows") != EACH,
        published_only=asked.get("state") == PUBLIC,
    )


def _page(
    request: HttpRequest, found: PlanTable, *, refusals: list[str] | None = None, status: int = 200
) -> HttpResponse:
    wish = found.wish
    page = Paginator(found.rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "table": found,
        "heads": list(HEADS.values()),
        "page": page,
        "wish": wish,
        "ways": _ways(request, wish),
        "form": DaysForm(request.GET) if "from" in request.GET else DaysForm(initial=_days(wish.period)),
        "places": places_to_work(request),
        "query": urlencode(_query(request, wish)),
        "refusals": refusals or [],
        "is_long": len(found.rows) > MOST_AT_ONCE,
        **_pager(request, wish, page),
    }
    return render(request, "planning/table/table.html", context, status=status)


def _pager(request: HttpRequest, wish: TableWish, page: Page) -> dict[str, str]:
    if not page.has_other_pages():
        return {"words": ""}
    words = {"first": page.start_index(), "last": page.end_index(), "all": page.paginator.count}
    found = {"words": _("Rows %(first)s–%(last)s of %(all)s") % words}
    for name, has, number in (
        ("before", page.has_previous(), page.number - 1),
        ("after", page.has_next(), page.number + 1),
    ):
        if has:
            found[name] = f"?{urlencode(_query(request, wish, page=str(number)))}"
    return found


def _days(period: Period) -> dict[str, str]:
    return {"from": period.first.isoformat(), "until": period.last.isoformat()}


def _query(request: HttpRequest, wish: TableWish, **changes: str) -> dict[str, str]:
    """The address of this very table, or of one beside it."""
    kept = {name: request.GET[name] for name in ("rows", "state", "area") if request.GET.get(name)}
    said = {**wish.period.query, **kept, **changes}
    return {name: value for name, value in said.items() if value}


def _ways(request: HttpRequest, wish: TableWish) -> dict[str, Any]:
    """Addresses of the tables beside this one."""
    kept = {name: value for name, value in _query(request, wish).items() if name in {"rows", "state", "area"}}

    def to(**period: str) -> str:
        return f"?{urlencode({**period, **kept})}"

    today = clock.today(network_of(request).zone)
    month = wish.period if wish.period.month else month_of(today)
    return {
        "before": to(month=wish.period.before),
        "after": to(month=wish.period.after),
        "month": to(month=f"{month.first:%Y-%m}"),
        "years": [(year, to(year=str(year))) for year in sorted(season_days())[-3:]],
        "folded": f"?{urlencode(_query(request, wish, rows=''))}",
        "each": f"?{urlencode(_query(request, wish, rows=EACH))}",
        "all": f"?{urlencode(_query(request, wish, state=''))}",
        "public": f"?{urlencode(_query(request, wish, state=PUBLIC))}",
    }
