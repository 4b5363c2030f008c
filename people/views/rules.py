"""What this library system does differently from others: every rule, with its default."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kit.toasts import toast
from networks.commands.change_rules import change_rules
from people.choices import Verb
from people.doors import member, network_of, staff_only
from people.forms.rules import RulesForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.CHANGE_SETTINGS)
def rules(request: HttpRequest) -> HttpResponse:
    network = network_of(request)
    form = RulesForm(request.POST or None, rules=network.rules)
    if form.is_bound and form.is_valid():
        changed = change_rules(network=network, wishes=form.cleaned_data, actor=member(request).pk)
        toast(request, _("Saved; it counts from now on.") if changed else _("Nothing was different."))
        return redirect("people:rules")
    return render(request, "people/settings/rules.html", {"form": form}, status=422 if form.is_bound else 200)
