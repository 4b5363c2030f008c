"""区域: the tree of districts, streets and communities, and the schematic map of the city."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.forms import RefusableForm
from kit.refusals import Refused
from kit.toasts import toast
from networks.choices import AreaKind
from networks.commands import areas as commands
from networks.models import Area
from networks.queries.closing import why_it_stays_open
from networks.rules.areas import kinds_below, may_hold
from people import doors
from people.choices import Verb
from people.forms.areas import AreaForm, MoveAreaForm, NewAreaForm, TileForm
from people.queries.areas import area_lines, districts, tiles_of
from people.queries.rights import rights_of
from people.queries.staff import areas_to_choose

_VERB = Verb.OPEN_VENUES


@never_cache
@require_safe
@doors.staff_only(_VERB)
def areas(request: HttpRequest) -> HttpResponse:
    rights = rights_of(doors.member(request))
    page = {"lines": area_lines(rights.paths(_VERB)), "may_draw": _over_the_city(request)}
    return render(request, "people/areas/areas.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.staff_only(_VERB)
def area(request: HttpRequest, area_id: int) -> HttpResponse:
    found = doors.area_in_reach(request, area_id)
    form = AreaForm(request.POST or None, initial={"name": found.name, "code": found.code, "place": found.place})
    if form.is_bound:
        _refuse_without(request, found.parent or found)
        if form.is_valid() and _done(
            form, lambda: commands.change_area(found, values=form.cleaned_data, by=_by(request))
        ):
            toast(request, _("Saved."))
            return redirect("people:area", area_id)
    return _page(request, found, form=form)


@require_POST
@doors.staff_only(_VERB)
def add(request: HttpRequest, area_id: int) -> HttpResponse:
    parent = doors.area_in_reach(request, area_id)
    form = NewAreaForm(request.POST, parent=parent)
    typed = form.cleaned_data if form.is_valid() else {}
    if typed and _done(
        form,
        lambda: commands.add_area(
            name=typed["name"], kind=form.wanted_kind, parent=parent, code=typed["code"], by=_by(request)
        ),
    ):
        toast(request, _("%s is added.") % typed["name"])
        return redirect("people:area", area_id)
    return _page(request, parent, new=form)


@require_POST
@doors.staff_only(_VERB)
def move(request: HttpRequest, area_id: int) -> HttpResponse:
    found = doors.area_in_reach(request, area_id)
    _refuse_without(request, found.parent or found)
    form = MoveAreaForm(request.POST, areas=_targets(request, found))
    if form.is_valid() and _done(form, lambda: commands.move_area(found, to=form.target, by=_by(request))):
        toast(request, _("%(name)s lies in %(parent)s now.") % {"name": found.name, "parent": form.target.name})
        return redirect("people:area", area_id)
    return _page(request, found, moving=form)


@require_POST
@doors.staff_only(_VERB)
def state(request: HttpRequest, area_id: int) -> HttpResponse:
    """Closes it, or opens it again. What keeps it open stands on its own page, which can be loaded again."""
    found, wish = doors.area_in_reach(request, area_id), request.POST.get("state")
    _refuse_without(request, found.parent or found)
    if wish not in {"close", "open"}:
        raise Http404
    try:
        if wish == "close":
            commands.close_area(found, by=_by(request), at=clock.now())
        else:
            commands.reopen_area(found, by=_by(request))
    except Refused as no:
        if wish == "close":
            return redirect(f"{reverse('people:area', args=[area_id])}?closing=1#closing")
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        toast(request, _("%s is closed.") % found.name if wish == "close" else _("%s is open again.") % found.name)
    return redirect("people:area", area_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.staff_only(_VERB)
def tiles(request: HttpRequest) -> HttpResponse:
    """The whole map in one form: a column and a row for each district."""
    if not _over_the_city(request):
        raise PermissionDenied
    rows = districts()
    typed = request.POST or None
    lines = [(row, TileForm(typed, prefix=str(row.pk), initial=_tile(row))) for row in rows]
    whole = RefusableForm(typed)
    if typed is not None and not [form for _row, form in lines if not form.is_valid()] and whole.is_valid():
        wishes = {row.pk: (form.cleaned_data["column"], form.cleaned_data["row"]) for row, form in lines}
        if _done(whole, lambda: commands.draw_map(wishes, by=_by(request))):
            toast(request, _("The map is drawn anew."))
            return redirect("people:area-map")
    page = {"lines": lines, "tiles": tiles_of(rows), "whole": whole}
    return render(request, "people/areas/map.html", page, status=422 if typed is not None else 200)


def _tile(row: Area) -> dict[str, int | None]:
    return {"column": row.tile_column, "row": row.tile_row}


def _page(request: HttpRequest, found: Area, **forms: RefusableForm) -> HttpResponse:
    """`forms`: those that were refused; the others stand there fresh."""
    rights = rights_of(doors.member(request))
    may_change = rights.may(_VERB, path=(found.parent or found).path)
    page = {
        "area": found,
        "may_change": may_change,
        "lines": area_lines((found.path,))[1:],
        "can_hold": bool(kinds_below(found.kind)),
        "form": forms.get("form") or AreaForm(initial={"name": found.name, "code": found.code, "place": found.place}),
        "new": forms.get("new") or NewAreaForm(parent=found),
        "moving": forms.get("moving")
        or MoveAreaForm(areas=_targets(request, found), initial={"parent": found.parent_id}),
        **_closing(request, found),
    }
    is_refused = any(form.is_bound for form in forms.values())
    return render(request, "people/areas/area.html", page, status=422 if is_refused else 200)


def _closing(request: HttpRequest, found: Area) -> dict[str, object]:
    """Before the last press of the button: what keeps it open, or what closing means."""
    is_asked = bool(request.GET.get("closing")) and found.closed_at is None
    return {"is_closing": is_asked, "hindrances": why_it_stays_open(found) if is_asked else []}


def _targets(request: HttpRequest, found: Area) -> list[Area]:
    everywhere = areas_to_choose(rights_of(doors.member(request)).paths(_VERB))
    return [
        one
        for one in everywhere
        if one.kind != AreaKind.VENUE and may_hold(one.kind, found.kind) and not one.path.startswith(found.path)
    ]


def _refuse_without(request: HttpRequest, place: Area) -> None:
    doors.staff(request, _VERB, area=place)


def _over_the_city(request: HttpRequest) -> bool:
    root = Area.objects.get(parent=None)
    return rights_of(doors.member(request)).may(_VERB, path=root.path)


def _by(request: HttpRequest) -> int:
    return int(doors.member(request).pk)


def _done(form: RefusableForm, command: Callable[[], object]) -> bool:
    try:
        command()
    except Refused as no:
        form.refuse(no.refusals)
        return False
    return True
