"""Possible duplicates: looked at side by side, answered with a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.refusals import Refused
from kit.tables import Cell, Column, Empty, Filter, ListTable, day
from people import doors
from people.choices import PairState, Verb
from people.commands import pairs as commands
from people.commands.readings import open_pair
from people.forms.staff_families import PairAnswerForm
from people.models import Child, ChildPair
from people.queries.pairs import Side, pairs, sides
from people.rules import names
from people.rules.pairs import differences
from people.views import opened

_STATES = {PairState.OPEN: "few", PairState.DIFFERENT: "full", PairState.MERGED: "good"}

_LABELS = {
    "name": gettext_lazy("Name"),
    "birth_month": gettext_lazy("Month of birth"),
    "school": gettext_lazy("School or kindergarten"),
    "school_class": gettext_lazy("Class"),
    "needs": gettext_lazy("What we should know"),
}


def _name(pair: ChildPair) -> Cell:
    child = pair.first if pair.first.name else pair.second
    year = child.birth_month.year if child.birth_month else ""
    text = names.masked(child.name) or _("erased")
    return Cell(text, href=reverse("people:pair", args=[pair.pk]), soft=str(year))


def _district(child: Child) -> str:
    district = child.household.district
    return district.name if district else "–"


PAIRS = ListTable(
    key="people.pairs",
    title=gettext_lazy("Possible duplicates"),
    columns=(
        Column("name", gettext_lazy("Child"), _name, fixed=True),
        Column("first", gettext_lazy("First family"), lambda pair: _district(pair.first)),
        Column("second", gettext_lazy("Second family"), lambda pair: _district(pair.second)),
        Column("noticed", gettext_lazy("Noticed"), lambda pair: day(pair.noticed_at), sort=("noticed_at", "pk")),
        Column(
            "state",
            gettext_lazy("State"),
            lambda pair: Cell(pair.get_state_display(), state=_STATES[PairState(pair.state)], soft=pair.reason),
            sort=("state", "pk"),
        ),
    ),
    filters=(Filter("state", gettext_lazy("State"), PairState.choices, lambda rows, value: rows.filter(state=value)),),
    sort="-noticed",
    empty=Empty(text=gettext_lazy("No two children look alike.")),
)


@never_cache
@require_safe
@doors.staff_only(Verb.MEND_FAMILIES)
def pair_list(request: HttpRequest) -> HttpResponse:
    return render(request, "people/families/pairs.html", {"table": PAIRS.page(request, pairs())})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.staff_only(Verb.MEND_FAMILIES)
def pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Looking is reading two children's records: it is asked for once, and leaves a line for each."""
    row = doors.pair(pair_id)
    key = f"pair:{row.pk}"
    both = sides(row, today=clock.today(doors.network_of(request).zone))
    if row.state != PairState.OPEN:
        return render(request, "people/families/pair_answered.html", {"pair": row})
    if not opened.is_open(request, key):
        if request.method == "POST" and request.POST.get("open"):
            reason = _("Compared with another record as a possible duplicate")
            open_pair(children=[side.child for side in both], by=doors.member(request), reason=reason)
            opened.mark(request, key)
            return redirect("people:pair", row.pk)
        return render(request, "people/families/pair_open.html", {"pair": row})
    form = _form(request, both)
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, row, form)
        except Refused as no:
            form.refuse(no.refusals)
        else:
            return redirect("people:pairs")
    lines = [(_LABELS[one.field], one) for one in differences(both[0].child, both[1].child)]
    page = {"pair": row, "sides": _with_fields(both, form), "lines": lines, "form": form}
    return render(request, "people/families/pair.html", page, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, both: list[Side]) -> PairAnswerForm:
    stays = (_("One child: the first record stays"), _("One child: the second record stays"))
    return PairAnswerForm(
        request.POST or None,
        children=[(side.child.pk, label) for side, label in zip(both, stays, strict=True)],
        members=[member for side in both for member in side.adults],
    )


def _answer(request: HttpRequest, row: ChildPair, form: PairAnswerForm) -> None:
    by, at, reason = doors.member(request), clock.now(), form.cleaned_data["reason"]
    if form.kept is None:
        commands.tell_apart(pair=row, by=by, reason=reason, at=at)
        messages.success(request, _("Kept as two children; the pair is not shown again."))
    else:
        commands.merge(pair=row, kept_id=form.kept, bring=form.bring, by=by, reason=reason, at=at)
        messages.success(request, _("The two records are one child now; the guardians are told."))


def _with_fields(both: list[Side], form: PairAnswerForm) -> list[tuple[Side, list[tuple[object, object]]]]:
    return [(side, [(member, form[f"bring_{member.pk}"]) for member in side.adults]) for side in both]
