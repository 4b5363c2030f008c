"""The tree of brands, for planners."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock
from kit.refusals import Refused
from kit.toasts import Undo, toast
from people.choices import Verb
from people.doors import may_anywhere, member, network_of, staff_only
from programmes.planning import doors
from programmes.planning.commands import brands as commands
from programmes.planning.forms.brands import INHERITED, BrandForm, said_of
from programmes.planning.models import Brand
from programmes.planning.queries import brands as queries


@require_http_methods(["GET", "HEAD"])
@staff_only(Verb.SEE_PLAN)
def brands(request: HttpRequest) -> HttpResponse:
    return _tree(request)


def _tree(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    lines = queries.tree(network_of(request))
    page = {
        "open": [line for line in lines if line.brand.closed_at is None],
        "closed": [line for line in lines if line.brand.closed_at is not None],
        "refusals": refused.refusals if refused else (),
        "may_change": may_anywhere(Verb.PLAN)(request),
    }
    return render(request, "planning/brands/list.html", page, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def add(request: HttpRequest) -> HttpResponse:
    return _form(request, None, {"parent": request.GET.get("under", ""), "colour": INHERITED})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def change(request: HttpRequest, brand_id: int) -> HttpResponse:
    brand = doors.brand_to_plan(brand_id)
    return _form(request, brand, said_of(brand))


def _form(request: HttpRequest, brand: Brand | None, initial: dict[str, object]) -> HttpResponse:
    parents = queries.choices(network_of(request), besides=brand.pk if brand else None)
    form = BrandForm(request.POST if request.method == "POST" else None, initial=initial, parents=parents)
    if form.is_bound and form.is_valid():
        try:
            if brand is None:
                commands.add_brand(values=form.values(), by=member(request))
            else:
                commands.change_brand(brand=brand, values=form.values(), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("The brand is saved."))
            return redirect("planning:brands")
    page = {"brand": brand, "form": form}
    return render(request, "planning/brands/brand.html", page, status=422 if form.is_bound else 200)


@require_POST
@staff_only(Verb.PLAN)
def move(request: HttpRequest, brand_id: int) -> HttpResponse:
    brand = doors.brand_to_plan(brand_id)
    commands.move_brand(brand=brand, by=member(request), upwards=-1 if request.POST.get("way") == "down" else 1)
    return redirect(f"{reverse('planning:brands')}#brand-{brand.pk}")


@require_POST
@staff_only(Verb.PLAN)
def close(request: HttpRequest, brand_id: int) -> HttpResponse:
    brand = doors.brand_to_plan(brand_id)
    try:
        commands.close_brand(brand=brand, by=member(request), at=clock.now())
    except Refused as no:
        return _tree(request, no)
    undo = Undo(reverse("planning:brand-reopen", args=[brand.pk]))
    toast(request, _("%(brand)s is no longer used.") % {"brand": brand.name}, undo=undo)
    return redirect("planning:brands")


@require_POST
@staff_only(Verb.PLAN)
def reopen(request: HttpRequest, brand_id: int) -> HttpResponse:
    brand = doors.brand_to_plan(brand_id)
    try:
        commands.reopen_brand(brand=brand, by=member(request))
    except Refused as no:
        return _tree(request, no)
    toast(request, _("%(brand)s is in use again.") % {"brand": brand.name})
    return redirect("planning:brands")
