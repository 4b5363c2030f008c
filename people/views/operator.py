"""The operator's desk: opening library systems. It lives in the operator's own network and shows none of others' data
but their names, hosts and opening lists."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kit.refusals import Refused
from kit.tables import Cell, Column, Empty, ListTable, day
from networks.commands.open_network import open_new_network
from networks.commands.set_opening_steps import set_opening_steps
from networks.forms import OpeningStepForm, OpenNetworkForm
from networks.queries.opening import network_by_code, networks_with_progress, opening_list
from people.choices import Verb
from people.doors import member, staff_only

NETWORKS = ListTable(
    key="people.networks",
    title=_("Library systems"),
    columns=(
        Column(
            "library",
            _("Library"),
            lambda row: Cell(row.library_name, href=reverse("people:operator-network", args=[row.code]), soft=row.name),
            sort=("library_name", "pk"),
            fixed=True,
        ),
        Column("hosts", _("Hosts"), lambda row: ", ".join(str(host) for host in row.hosts.all())),
        Column(
            "steps",
            _("Opening list"),
            lambda row: _("%(settled)s of %(steps)s") % {"settled": row.settled, "steps": row.steps},
            sort=("settled", "pk"),
        ),
        Column("opened", _("Open since"), lambda row: day(row.opened_at), sort=("opened_at", "pk")),
    ),
    search=lambda rows, words: rows.filter(Q(library_name__icontains=words) | Q(name__icontains=words)),
    sort="library",
    empty=Empty(
        text=_("No library system is open yet."),
        label=_("Open a library system"),
        url_name="people:operator-open",
    ),
)


@require_safe
@staff_only(Verb.OPERATE)
def networks(request: HttpRequest) -> HttpResponse:
    return render(request, "people/operator/networks.html", {"table": NETWORKS.page(request, networks_with_progress())})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.OPERATE)
def open_new(request: HttpRequest) -> HttpResponse:
    form = OpenNetworkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            network = open_new_network(form.plan(), actor=member(request).pk)
        except Refused as no:
            form.refuse(no.refusals)
        else:
            messages.success(request, _("%s is open. What is left to do stands below.") % network.library_name)
            return redirect("people:operator-network", network.code)
    return render(request, "people/operator/open.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.OPERATE)
def network(request: HttpRequest, code: str) -> HttpResponse:
    found = network_by_code(code)
    if found is None:
        raise Http404
    lines = opening_list(found)
    typed = request.POST if request.method == "POST" else None
    forms = [OpeningStepForm(typed, prefix=line.item.key, initial=line.values()) for line in lines]
    # Each is asked, so that all mistakes show at once.
    are_fine = [form.is_valid() for form in forms]
    if all(are_fine):
        wishes = {line.item.key: form.cleaned_data for line, form in zip(lines, forms, strict=True)}
        set_opening_steps(network=found, wishes=wishes, actor=member(request).pk)
        messages.success(request, _("The list is saved."))
        return redirect(request.path)
    page = {
        "found": found,
        "lines": [
            {"item": line.item, "step": line.step, "chip": line.chip, "form": form}
            for line, form in zip(lines, forms, strict=True)
        ],
        "hosts": found.hosts.order_by("-is_primary", "host"),
    }
    return render(request, "people/operator/network.html", page, status=200 if typed is None else 422)
