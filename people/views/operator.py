"""The operator's desk: opening library systems. It lives in the operator's own network and shows none of others' data
but their names, hosts and opening lists."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kit.refusals import Refused
from networks.choices import OpeningState
from networks.commands.open_network import open_network
from networks.commands.set_opening_step import set_opening_step
from networks.forms import OpeningStepForm, OpenNetworkForm
from networks.queries.opening import network_by_code, networks_with_progress, opening_list
from people.choices import Verb
from people.doors import member, staff_only


@require_safe
@staff_only(Verb.OPERATE)
def networks(request: HttpRequest) -> HttpResponse:
    return render(request, "people/operator/networks.html", {"networks": networks_with_progress()})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.OPERATE)
def open_new(request: HttpRequest) -> HttpResponse:
    form = OpenNetworkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            network = open_network(form.plan(), actor=member(request).pk)
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
    chosen = request.POST.get("key", "")
    forms = {
        line.item.key: OpeningStepForm(
            request.POST if line.item.key == chosen else None, prefix=line.item.key, initial=line.values()
        )
        for line in opening_list(found)
    }
    if chosen in forms and forms[chosen].is_valid():
        typed = forms[chosen].cleaned_data
        set_opening_step(
            network=found,
            key=chosen,
            state=OpeningState(typed["state"]),
            owner=typed["owner"],
            remark=typed["note"],
            actor=member(request).pk,
        )
        return redirect(f"{request.path}#{chosen}")
    lines = [(line, forms[line.item.key]) for line in opening_list(found)]
    page = {"found": found, "lines": lines, "hosts": found.hosts.order_by("-is_primary", "host")}
    return render(request, "people/operator/network.html", page, status=422 if chosen in forms else 200)
