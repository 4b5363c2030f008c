"""The whole plan in Excel: taken out, changed there, looked at row by row, taken in with one yes."""

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock, uploads
from kit.numbers import whole
from kit.refusals import Refused
from kit.sheets import Fate, Sheet, TellingLine, Verdict, read, telling
from kit.toasts import toast
from people.choices import Verb
from people.doors import may_anywhere, member, network_of, staff, staff_only
from people.queries.rights import rights_of
from people.queries.workplace import paths_in_view
from programmes.planning.commands.papers import ask_for_plan, note_taken_out
from programmes.planning.commands.plan_import import import_plan
from programmes.planning.forms.whole_plan import PlanFileForm
from programmes.planning.models import Season
from programmes.planning.queries.plan_import import Judged, judge_plan
from programmes.planning.queries.plan_template import example_row, template_words
from programmes.planning.queries.whole_plan import count_of, plan_rows
from programmes.planning.rules.plan_rows import cell_words
from programmes.planning.sheets.whole_plan import columns, plan_excel, template_excel

MOST_ROWS = 2_000
# Written while the planner waits; more is long work.
MOST_AT_ONCE = 3_000
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.SEE_PLAN)
def plan(request: HttpRequest) -> HttpResponse:
    """Takes a table in for a look; writes nothing."""
    if request.method != "POST":
        return _page(request, PlanFileForm())
    staff(request, Verb.PLAN)
    form = PlanFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    content, name = form.table()
    try:
        sheet = read(content, name=name, columns=columns(), most_rows=MOST_ROWS)
        judged = _judge(request, sheet)
        code = _keep(request, content, name) if judged.preview.is_clean else ""
    except Refused as no:
        form.refuse(no.refusals)
        return _page(request, form, status=422)
    return _page(request, PlanFileForm(), sheet=sheet, judged=judged, code=code, name=name)


@never_cache
@require_POST
@staff_only(Verb.PLAN)
def confirm(request: HttpRequest) -> HttpResponse:
    person, network = member(request), network_of(request)
    code = request.POST.get("code", "")
    form = PlanFileForm()
    try:
        content, name = uploads.kept(code, owner=person.pk, network_code=network.code)
        sheet = read(content, name=name, columns=columns(), most_rows=MOST_ROWS)
    except Refused as no:
        return _page(request, form, refusals=no, status=422)
    try:
        counts = import_plan(sheet=sheet, by=person, at=clock.now())
    except Refused as no:
        return _page(request, form, sheet=sheet, judged=_judge(request, sheet), name=name, refusals=no, status=422)
    uploads.forget(code, owner=person.pk)
    toast(request, _told(counts))
    return redirect("planning:whole-plan")


@never_cache
@require_POST
@staff_only(Verb.SEE_PLAN)
def excel(request: HttpRequest) -> HttpResponse:
    """A season's sessions; very many are written in the background."""
    person = staff(request, Verb.EXPORT)
    season = _season(request.POST.get("season", ""))
    paths = paths_in_view(request, Verb.SEE_PLAN)
    rows = count_of(season, paths=paths)
    if rows > MOST_AT_ONCE:
        return redirect("people:job", ask_for_plan(season, paths=paths, by=person).code)
    title = _("The plan of %(year)s") % {"year": season.year}
    content = plan_excel(plan_rows(season, paths=paths), title=title, zone=network_of(request).zone)
    note_taken_out(season, rows=rows, by=person)
    return _file(content, name=f"{title}.xlsx")


@require_safe
@staff_only(Verb.PLAN)
def template(request: HttpRequest) -> HttpResponse:
    example = example_row(today=clock.today(network_of(request).zone))
    content = template_excel(words=template_words(), example=example, zone=network_of(request).zone)
    return _file(content, name=f"{_('The plan')}.xlsx")


def _file(content: bytes, *, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=EXCEL)
    answer["Content-Disposition"] = f"attachment; filename=\"plan.xlsx\"; filename*=UTF-8''{quote(name)}"
    return answer


def _season(typed: str) -> Season:
    year = whole(typed, digits=4)
    found = Season.objects.filter(year=year).first() if year is not None else None
    if found is None:
        raise Http404
    return found


def _judge(request: HttpRequest, sheet: Sheet) -> Judged:
    return judge_plan(sheet, paths=rights_of(member(request)).paths(Verb.PLAN), at=clock.now())


def _keep(request: HttpRequest, content: bytes, name: str) -> str:
    return uploads.keep(content, name=name, owner=member(request).pk, network_code=network_of(request).code)


def _page(
    request: HttpRequest,
    form: PlanFileForm,
    *,
    sheet: Sheet | None = None,
    judged: Judged | None = None,
    code: str = "",
    name: str = "",
    refusals: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    page: dict[str, Any] = {
        "form": form,
        "code": code,
        "name": name,
        "refusals": [str(refusal) for refusal in refusals.refusals] if refusals else [],
        "telling": telling(judged.preview, line=lambda verdict: _line(verdict, judged)) if judged else None,
        "unknown": "、".join(sheet.unknown_titles) if sheet else "",
        "most": MOST_ROWS,
        "seasons": list(Season.objects.order_by("-year")),
        "may_plan": may_anywhere(Verb.PLAN)(request),
        "may_export": may_anywhere(Verb.EXPORT)(request),
    }
    if judged is not None and not judged.preview.is_clean:
        status = 422
    return render(request, "planning/whole_plan.html", page, status=status)


def _line(verdict: Verdict, judged: Judged) -> TellingLine:
    row = verdict.row
    words = tuple(str(reason) for reason in verdict.reasons)
    if verdict.fate == Fate.CHANGED:
        words = tuple(_changes(verdict))
    elif verdict.fate == Fate.MADE:
        parts = (cell_words(name, row.values.get(name)) for name in ("day", "starts", "venue", "room", "place_name"))
        words = (" · ".join(part for part in parts if part),)
    warnings = () if verdict.fate == Fate.REFUSED else judged.warnings.get(row.number, ())
    return TellingLine(row.number, _name(verdict), words, warnings)


def _name(verdict: Verdict) -> str:
    values = verdict.row.values
    return str(values.get("title") or values.get("activity") or values.get("code") or "")


def _changes(verdict: Verdict) -> list[str]:
    titles = {column.name: column.title for column in columns()}
    return [
        _("%(title)s: %(before)s → %(after)s")
        % {"title": titles[name], "before": before or _("nothing"), "after": after or _("nothing")}
        for name, (before, after) in verdict.changes.items()
    ]


def _told(counts: dict[Fate, int]) -> str:
    made = ngettext("%(count)s session is made", "%(count)s sessions are made", counts[Fate.MADE])
    changed = ngettext("%(count)s is changed", "%(count)s are changed", counts[Fate.CHANGED])
    return _("%(made)s, %(changed)s.") % {
        "made": made % {"count": counts[Fate.MADE]},
        "changed": changed % {"count": counts[Fate.CHANGED]},
    }
