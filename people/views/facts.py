"""What could not be handed over: seen, sent again, or dropped with a reason."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from networks.commands import facts as commands
from networks.models import Fact
from networks.queries.facts import facts_set_aside, listener_title, troubles
from people.choices import Verb
from people.doors import member, staff_only

PAGE = 50


@require_safe
@staff_only(Verb.WATCH_SERVICE)
def set_aside(request: HttpRequest) -> HttpResponse:
    return _page(request, number=request.GET.get("page", "1"), status=200)


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
    return _page(request, number="1", status=422)


def _page(request: HttpRequest, *, number: str, status: int) -> HttpResponse:
    page = Paginator(facts_set_aside(), PAGE).get_page(number)
    lines = [{"fact": fact, "title": listener_title(fact.listener)} for fact in page]
    values = {"page": page, "lines": lines, "troubles": troubles()}
    return render(request, "people/facts/set_aside.html", values, status=status)
