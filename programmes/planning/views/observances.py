"""Days of note, school terms and holidays, for planners."""

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
from programmes.planning.choices import ObservanceRule, ObservanceSort
from programmes.planning.commands import observances as commands
from programmes.planning.forms.observances import ObservanceForm, said_of
from programmes.planning.models import Observance
from programmes.planning.queries.observances import Coming, coming
from programmes.planning.rules.observances import rule_text


@require_http_methods(["GET", "HEAD"])
@staff_only(Verb.SEE_PLAN)
def observances(request: HttpRequest) -> HttpResponse:
    network = network_of(request)
    today = clock.today(network.zone)
    rows = [(one, rule_text(one.observance), one.days_until(today)) for one in coming(today, network.zone)]
    page = {
        "days": [row for row in rows if row[0].observance.sort == ObservanceSort.OBSERVANCE and row[0].days],
        "school": [row for row in rows if row[0].observance.sort != ObservanceSort.OBSERVANCE and row[0].days],
        "over": [one for one, _text, _until in rows if not _is_coming(one)],
        "removed": Observance.objects.exclude(removed_at=None).order_by("name", "pk"),
        "today": today,
        "may_change": may_anywhere(Verb.PLAN)(request),
    }
    return render(request, "planning/observances/list.html", page)


def _is_coming(one: Coming) -> bool:
    return one.days is not None


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def add(request: HttpRequest) -> HttpResponse:
    initial = {"sort": ObservanceSort.OBSERVANCE, "rule": ObservanceRule.FIXED, "length": 1, "lead_days": 60}
    return _form(request, None, initial)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def change(request: HttpRequest, observance_id: int) -> HttpResponse:
    row = doors.observance_to_plan(observance_id)
    return _form(request, row, said_of(row))


def _form(request: HttpRequest, row: Observance | None, initial: dict[str, object]) -> HttpResponse:
    form = ObservanceForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            if row is None:
                commands.add_observance(values=form.values(), by=member(request))
            else:
                commands.change_observance(observance=row, values=form.values(), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return redirect("planning:observances")
    page = {"observance": row, "form": form}
    return render(request, "planning/observances/observance.html", page, status=422 if form.is_bound else 200)


@require_POST
@staff_only(Verb.PLAN)
def remove(request: HttpRequest, observance_id: int) -> HttpResponse:
    row = doors.observance_to_plan(observance_id)
    commands.remove_observance(observance=row, by=member(request), at=clock.now())
    undo = Undo(reverse("planning:observance-restore", args=[row.pk]))
    toast(request, _("%(name)s is removed.") % {"name": row.name}, undo=undo)
    return redirect("planning:observances")


@require_POST
@staff_only(Verb.PLAN)
def restore(request: HttpRequest, observance_id: int) -> HttpResponse:
    row = doors.observance_to_plan(observance_id)
    commands.restore_observance(observance=row, by=member(request))
    toast(request, _("%(name)s is back.") % {"name": row.name})
    return redirect("planning:observances")
