"""What could not be handed over: seen, sent again, or dropped with a reason."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.tables import Cell, Column, Empty, Filter, ListTable, RowAction
from networks.commands import facts as commands
from networks.models import Fact
from networks.queries.facts import facts_set_aside, listener_title, troubles
from people.choices import Verb
from people.doors import member, staff_only


def _what_to_do(fact: Fact) -> Cell:
    again = RowAction(_("Send again"), reverse("people:fact-again", args=[fact.pk]))
    drop = RowAction(_("Drop"), reverse("people:fact-drop", args=[fact.pk]), kind="bad", ask=_("Reason"))
    return Cell(actions=(again, drop))


FACTS = ListTable(
    key="people.facts",
    title=_("Set aside"),
    columns=(
        Column("what", _("What"), lambda fact: Cell(listener_title(fact.listener), soft=fact.kind), fixed=True),
        Column("posted", _("Posted"), lambda fact: fact.posted_at, sort=("posted_at", "pk")),
        Column("settled", _("Set aside at"), lambda fact: fact.settled_at, sort=("settled_at", "pk"), shown=False),
        Column("tries", _("Tries"), lambda fact: fact.attempts, sort=("attempts", "pk"), number=True),
        Column("why", _("Why not"), lambda fact: fact.last_error, long=True),
        Column("do", _("What to do"), _what_to_do),
    ),
    filters=(
        Filter(
            "listener",
            _("What"),
            lambda _request: [(trouble.listener, trouble.title) for trouble in troubles()],
            lambda rows, value: rows.filter(listener=value),
        ),
    ),
    sort="-settled",
    empty=Empty(text=_("Nothing is set aside. Everything that happened was delivered, or is on its way.")),
)


@require_safe
@staff_only(Verb.WATCH_SERVICE)
def set_aside(request: HttpRequest) -> HttpResponse:
    return _page(request, status=200)


@require_POST
@staff_only(Verb.WATCH_SERVICE)
def send_again(request: HttpRequest, fact_id: int) -> HttpResponse:
    try:
        commands.send_again(fact_id, by=member(request).pk, at=clock.now())
    except Fact.DoesNotExist as error:
        raise Http404 from error
    except Refused as no:
        return _refused(request, no)
    messages.success(request, _("It is on its way again."))
    return redirect("people:facts")


@require_POST
@staff_only(Verb.WATCH_SERVICE)
def send_all_again(request: HttpRequest) -> HttpResponse:
    count = commands.send_all_again(request.POST.get("listener", ""), by=member(request).pk, at=clock.now())
    messages.success(
        request,
        ngettext("%(count)s is on its way again.", "%(count)s are on their way again.", count) % {"count": count},
    )
    return redirect("people:facts")


@require_POST
@staff_only(Verb.WATCH_SERVICE)
def drop(request: HttpRequest, fact_id: int) -> HttpResponse:
    try:
        commands.drop_fact(fact_id, reason=request.POST.get("reason", ""), by=member(request).pk, at=clock.now())
    except Fact.DoesNotExist as error:
        raise Http404 from error
    except Refused as no:
        return _refused(request, no)
    messages.success(request, _("It is dropped; the reason stands in the journal."))
    return redirect("people:facts")


def _refused(request: HttpRequest, no: Refused) -> HttpResponse:
    for refusal in no.refusals:
        messages.error(request, str(refusal))
    return _page(request, status=422)


def _page(request: HttpRequest, *, status: int) -> HttpResponse:
    table = FACTS.page(request, facts_set_aside(), at=reverse("people:facts"))
    return render(request, "people/facts/set_aside.html", {"table": table, "troubles": troubles()}, status=status)
