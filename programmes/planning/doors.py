"""How a request comes to what is planned. Staff who see the plan see all of it; who changes what, the area says."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest

from networks.models import Area
from people.choices import Verb
from people.doors import member, staff
from people.queries.rights import rights_of
from people.queries.workplace import paths_in_view
from people.rules.rights import Rights
from programmes.planning.models import (
    Activity,
    ActivityPicture,
    Book,
    BookList,
    Brand,
    Engagement,
    Host,
    Observance,
    PartnerUnit,
    Programme,
    Rollout,
    SafetyNotice,
    Season,
    Session,
    VenueSet,
)
from programmes.planning.queries.lines import sessions_with_places
from programmes.planning.queries.notices import all_notices
from programmes.planning.queries.programmes import all_programmes
from programmes.planning.queries.session_table import sessions_within
from venues.models import Venue
from venues.queries.venues import venues_within

# With one of these somebody runs sessions of her area, though she does not plan them.
LOCAL_VERBS = (Verb.CLAIM, Verb.RUN_SESSIONS)
# With one of these somebody is there when a session takes place, or answers for it.
RUNNING = (Verb.RUN_SESSIONS, Verb.PLAN)


def may_plan(request: HttpRequest, area: Area) -> bool:
    return rights_of(member(request)).may(Verb.PLAN, path=area.path)


# --- Programmes ----------------------------------------------------------------------------


def programme_to_see(request: HttpRequest, programme_id: int) -> Programme:
    staff(request, Verb.SEE_PLAN)
    row: Programme | None = all_programmes().filter(pk=programme_id).first()
    if row is None:
        raise Http404
    return row


def programme_to_plan(request: HttpRequest, programme_id: int) -> Programme:
    row = programme_to_see(request, programme_id)
    staff(request, Verb.PLAN, area=row.area)
    return row


# --- Activities ----------------------------------------------------------------------------


def activity_to_see(request: HttpRequest, activity_id: int) -> Activity:
    """With its programme's season, brand and area, and `all_pictures`."""
    staff(request, Verb.SEE_PLAN)
    pictures = ActivityPicture.objects.filter(removed_at=None).order_by("place", "pk")
    rows: Any = Activity.objects.select_related("programme__season", "programme__brand", "programme__area")
    row: Activity | None = (
        rows.prefetch_related(Prefetch("pictures", pictures, to_attr="all_pictures")).filter(pk=activity_id).first()
    )
    if row is None:
        raise Http404
    return row


def activity_to_plan(request: HttpRequest, activity_id: int) -> Activity:
    row = activity_to_see(request, activity_id)
    staff(request, Verb.PLAN, area=row.programme.area)
    return row


def picture_to_plan(request: HttpRequest, activity_id: int, picture_id: int) -> tuple[Activity, ActivityPicture]:
    activity = activity_to_plan(request, activity_id)
    row: ActivityPicture | None = ActivityPicture.objects.filter(activity=activity, pk=picture_id).first()
    if row is None:
        raise Http404
    return activity, row


# --- What belongs to all -------------------------------------------------------------------


def book_to_see(request: HttpRequest, book_id: int) -> Book:
    staff(request, Verb.SEE_PLAN)
    row: Book | None = Book.objects.filter(pk=book_id).first()
    if row is None:
        raise Http404
    return row


def book_to_plan(request: HttpRequest, book_id: int) -> Book:
    """Whoever plans anywhere tends the directories."""
    staff(request, Verb.PLAN)
    return book_to_see(request, book_id)


def book_list_to_plan(request: HttpRequest, list_id: int) -> BookList:
    staff(request, Verb.PLAN)
    row: BookList | None = BookList.objects.filter(pk=list_id).first()
    if row is None:
        raise Http404
    return row


def unit_to_see(request: HttpRequest, unit_id: int) -> PartnerUnit:
    staff(request, Verb.SEE_PLAN)
    row: PartnerUnit | None = PartnerUnit.objects.filter(pk=unit_id).first()
    if row is None:
        raise Http404
    return row


def unit_to_plan(request: HttpRequest, unit_id: int) -> PartnerUnit:
    staff(request, Verb.PLAN)
    return unit_to_see(request, unit_id)


def notice_to_see(request: HttpRequest, notice_id: int) -> SafetyNotice:
    """With `session_count`."""
    staff(request, Verb.SEE_PLAN)
    row: SafetyNotice | None = all_notices().filter(pk=notice_id).first()
    if row is None:
        raise Http404
    return row


# --- Roll-outs -----------------------------------------------------------------------------


def rollout_to_plan(request: HttpRequest, rollout_id: int) -> Rollout:
    """With activity, programme, season and area."""
    rows = Rollout.objects.select_related(
        "activity__programme__season", "activity__programme__area", "activity__programme__brand"
    )
    row: Rollout | None = rows.filter(pk=rollout_id).first()
    if row is None:
        raise Http404
    staff(request, Verb.PLAN, area=row.activity.programme.area)
    return row


def venue_set(set_id: int) -> VenueSet:
    row: VenueSet | None = VenueSet.objects.filter(pk=set_id).first()
    if row is None:
        raise Http404
    return row


# --- Brands, seasons, observances: of the whole city; the views ask for the right --------------


def brand_to_plan(brand_id: int) -> Brand:
    brand: Brand | None = Brand.objects.filter(pk=brand_id).first()
    if brand is None:
        raise Http404
    return brand


def season_of_year(year: int) -> Season:
    season: Season | None = Season.objects.filter(year=year).first()
    if season is None:
        raise Http404
    return season


def observance_to_plan(observance_id: int) -> Observance:
    row: Observance | None = Observance.objects.filter(pk=observance_id).first()
    if row is None:
        raise Http404
    return row


# --- Sessions and hosts --------------------------------------------------------------------


def session_to_see(request: HttpRequest, code: str) -> Session:
    session: Session | None = sessions_within(["/"]).filter(code=code).first()
    if session is None:
        raise Http404
    staff(request, Verb.SEE_PLAN, area=session.area)
    return session


def session_to_plan(request: HttpRequest, code: str) -> Session:
    session = session_to_see(request, code)
    staff(request, Verb.PLAN, area=session.area)
    return session


def session_to_tend(request: HttpRequest, code: str) -> Session:
    """Hers to plan, or of her area with something that the planner leaves to it."""
    session = session_to_see(request, code)
    if not may_plan(request, session.area) and not may_tend(request, session):
        raise PermissionDenied
    return session


def may_tend(request: HttpRequest, session: Session) -> bool:
    rights = rights_of(member(request))
    runs = any(rights.may(verb, path=session.area.path) for verb in LOCAL_VERBS)
    return runs and bool(session.activity.local_fields)


def may_run(request: HttpRequest, area: Area) -> bool:
    rights = rights_of(member(request))
    return any(rights.may(verb, path=area.path) for verb in RUNNING)


def running_paths(request: HttpRequest) -> tuple[str, ...]:
    """Where she runs sessions or plans them, within the area in view; 403 for somebody who does neither anywhere."""
    _any_running(request)
    return tuple(sorted({path for verb in RUNNING for path in paths_in_view(request, verb)}))


def session_to_run(request: HttpRequest, code: str) -> Session:
    """With places, activity and hosts; another area's is not there."""
    session: Session | None = sessions_within(_all_running(request)).filter(code=code).first()
    if session is None:
        raise Http404
    return session


def venue_to_run_in(request: HttpRequest, slug: str) -> Venue:
    venue: Venue | None = venues_within(_all_running(request)).filter(slug=slug, closed_at=None).first()
    if venue is None:
        raise Http404
    return venue


def _any_running(request: HttpRequest) -> Rights:
    rights = rights_of(member(request))
    if not any(rights.may(verb) for verb in RUNNING):
        raise PermissionDenied
    return rights


def _all_running(request: HttpRequest) -> list[str]:
    """Whatever area is in view."""
    rights = _any_running(request)
    return [path for verb in RUNNING for path in rights.paths(verb)]


def host_to_see(request: HttpRequest, host_id: int, verb: Verb = Verb.SEE_PLAN) -> Host:
    staff(request, verb)
    host: Host | None = Host.objects.select_related("person__network", "home_area").filter(pk=host_id).first()
    if host is None:
        raise Http404
    return host


def host_to_plan(request: HttpRequest, host_id: int) -> Host:
    return host_to_see(request, host_id, Verb.PLAN)


def sessions_to_plan(request: HttpRequest, keys: Iterable[int]) -> list[Session]:
    """With places, activity and hosts; all of them hers to plan, else none."""
    wanted = set(keys)
    rows = list(
        sessions_with_places()
        .prefetch_related(Prefetch("engagements", Engagement.objects.filter(live=True).select_related("host")))
        .filter(pk__in=wanted)
        .order_by("starts_at", "pk")
    )
    if len(rows) != len(wanted):
        raise Http404
    rights = rights_of(staff(request, Verb.PLAN))
    if not all(rights.may(Verb.PLAN, path=row.area.path) for row in rows):
        raise PermissionDenied
    return rows


# --- Fees ----------------------------------------------------------------------------------


def engagement_to_plan(request: HttpRequest, engagement_id: int) -> Engagement:
    """Of a programme that she plans; with its host."""
    rows = Engagement.objects.select_related("host", "session__activity__programme__area")
    row: Engagement | None = rows.filter(pk=engagement_id, live=True).first()
    if row is None:
        raise Http404
    staff(request, Verb.PLAN, area=row.session.activity.programme.area)
    return row
