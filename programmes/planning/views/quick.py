"""A venue's next session, entered in six fields or as the last one once more."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.refusals import Refused
from kit.toasts import Undo, toast
from people.choices import Verb
from people.doors import member, members_only
from people.queries.rights import rights_of
from programmes.planning import doors
from programmes.planning.commands import sessions as commands
from programmes.planning.forms.quick import QuickSessionForm, initial_like, initial_without_one
from programmes.planning.models import Session
from programmes.planning.queries.quick import QuickOffers, free_week, last_session, quick_offers, venues_to_add_to
from programmes.planning.rules.wording import day_words
from venues.models import Venue


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def add(request: HttpRequest) -> HttpResponse:
    """`like`: the session that it is to be like; else `venue`, where there are several."""
    at, like = clock.now(), _like(request)
    venue = like.venue if like else _venue(request)
    if venue is None:
        return render(request, "planning/today/venue.html", {"venues": venues_to_add_to(doors.running_paths(request))})
    may_plan = doors.may_plan(request, venue.area)
    offers = quick_offers(venue, planned=rights_of(member(request)).paths(Verb.PLAN), at=at)
    source = like or last_session(offers, at=at)
    initial = initial_like(source, free_week(source, at=at)) if source else initial_without_one(at)
    form = QuickSessionForm(request.POST or None, offers=offers, may_insist=may_plan, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            return _made(request, form, may_plan=may_plan)
        except Refused as no:
            form.refuse(no.refusals)
    return _page(request, form, offers, source, may_plan=may_plan)


def _like(request: HttpRequest) -> Session | None:
    """Only what took place in a venue can do so again there."""
    code = request.GET.get("like", "")
    found = doors.session_to_run(request, code) if code else None
    if found is not None and found.room is None:
        raise Http404
    return found


def _venue(request: HttpRequest) -> Venue | None:
    """The one that the address names, or the only one."""
    if slug := request.GET.get("venue", ""):
        return doors.venue_to_run_in(request, slug)
    venues = venues_to_add_to(doors.running_paths(request))
    return venues[0] if len(venues) == 1 else None


def _made(request: HttpRequest, form: QuickSessionForm, *, may_plan: bool) -> HttpResponse:
    by, at, anyway = member(request), clock.now(), form.cleaned_data.get("anyway", False)
    if request.POST.get("then") == "draft":
        if not may_plan:
            raise PermissionDenied
        [made] = commands.make_sessions(plans=[form.plan()], by=by, at=at, anyway=anyway)
        undo = Undo(reverse("planning:session-delete", args=[made.code]))
        toast(request, _("The session is entered as a draft."), undo=undo)
        return redirect("planning:session", made.code)
    made = commands.make_public_session(plan=form.plan(), by=by, at=at, anyway=anyway)
    toast(request, _("%(day)s is public now.") % {"day": day_words(made.starts_at)})
    return redirect("planning:session-group", made.code)


def _page(
    request: HttpRequest, form: QuickSessionForm, offers: QuickOffers, source: Session | None, *, may_plan: bool
) -> HttpResponse:
    page = {"form": form, "offers": offers, "venue": offers.venue, "source": source, "may_plan": may_plan}
    return render(request, "planning/today/add.html", page, status=422 if form.errors else 200)
