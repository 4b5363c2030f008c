"""How a request comes to a person, a right, or an object of its network."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kit import clock
from networks.choices import AreaKind
from networks.models import Area, Export, Job, Network
from networks.queries.exports import export_of_code
from networks.queries.jobs import job_of_code
from networks.registers import Exportable, exportables
from people.choices import FamilyVerb, Role, Verb
from people.models import (
    Appointment,
    Child,
    ChildPair,
    DataCopy,
    Device,
    FormerNumber,
    Grant,
    Household,
    Person,
    ReaderNumber,
)
from people.queries.devices import devices_within
from people.queries.families import Belonging, belonging, live_children
from people.queries.pairs import pairs
from people.queries.rights import rights_of
from people.queries.staff import anybody_within
from people.queries.workplace import within

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def network_of(request: HttpRequest) -> Network:
    return cast("Network", request.network)  # type: ignore[attr-defined]


def person_of(request: HttpRequest) -> Person | None:
    """Whoever is signed in; their network is the request's own, so nobody looks it up again."""
    if not request.user.is_authenticated:
        return None
    person = request.user
    if not Person.network.is_cached(person):  # type: ignore[attr-defined]
        person.network = network_of(request)
    return person


class ForGuardians(PermissionDenied):
    """Closed within one's own family: the page says who of the family can do it."""

    template = "people/family/for_guardians.html"

    def __init__(self, place: Belonging) -> None:
        super().__init__()
        self.context = {"place": place}


def members_only(view: View[P]) -> View[P]:
    """Signed in, else to sign-in and back."""

    @wraps(view)
    def handle(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if person_of(request) is None:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return handle


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Back afterwards to where a reader can go: the page itself, or the one that a form stood on."""
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/me/"
    return HttpResponseRedirect(f"{reverse('people:sign-in')}?{urlencode({'next': back})}")


def member(request: HttpRequest) -> Person:
    """The person behind a request that `members_only` or `staff_only` let in."""
    person = person_of(request)
    if person is None:
        raise PermissionDenied
    return person


def staff_only(verb: Verb) -> Callable[[View[P]], View[P]]:
    """Signed in with this verb somewhere in the network; which rows, the view asks `staff`."""

    def wrap(view: View[P]) -> View[P]:
        @members_only
        @wraps(view)
        def handle(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            staff(request, verb)
            return view(request, *args, **kwargs)

        return handle

    return wrap


def staff(request: HttpRequest, verb: Verb, *, area: Area | None = None) -> Person:
    """Who may do this (in this area). 403 otherwise; an area of another network is 404 before that."""
    person = member(request)
    if area is not None and area.network_id != network_of(request).pk:
        raise Http404
    if not rights_of(person).may(verb, path=None if area is None else area.path):
        raise PermissionDenied
    return person


def keepers_device(request: HttpRequest, device_id: int) -> Device:
    """A device that this librarian may answer. Another network's or district's is not there."""
    person = staff(request, Verb.CONFIRM_DEVICES)
    rows: Any = devices_within(rights_of(person)).select_related("person__network")
    device: Device | None = rows.filter(pk=device_id).first()
    if device is None:
        raise Http404
    return device


def former_number(former_id: int) -> FormerNumber:
    former: FormerNumber | None = FormerNumber.objects.filter(pk=former_id).first()
    if former is None:
        raise Http404
    return former


def job_of_request(request: HttpRequest, code: str) -> Job:
    """Whoever asked for the work, and whoever watches over the service."""
    person = member(request)
    job = job_of_code(code)
    if job is None:
        raise Http404
    if job.asked_by != person.pk and not rights_of(person).may(Verb.WATCH_SERVICE):
        raise PermissionDenied
    return job


def place_in(request: HttpRequest, code: str, verb: FamilyVerb) -> Belonging:
    """One's place in a household. To strangers it is not there; without the verb it is closed."""
    place = belonging(member(request), code)
    if place is None:
        raise Http404
    if not place.may(verb):
        raise ForGuardians(place)
    return place


def child_in(request: HttpRequest, code: str, child_code: str, verb: FamilyVerb) -> tuple[Belonging, Child]:
    """A live child of a household; a young person sees no brothers and sisters."""
    place = place_in(request, code, verb)
    rows: Any = live_children().filter(household=place.household, code=child_code)
    child: Child | None = rows.select_related("household", "reader_number__network").first()
    if child is None or (place.child is not None and place.child.pk != child.pk):
        raise Http404
    return place, child


def list_to_export(request: HttpRequest, key: str) -> Exportable:
    """A list that this person may take out: its own right, and the right to export."""
    found = exportables.get(key)
    if found is None:
        raise Http404
    staff(request, Verb.EXPORT)
    staff(request, Verb(found.verb))
    return found


def export_of_request(request: HttpRequest, code: str) -> Export:
    """Whoever made it, and whoever reads the journal."""
    person = member(request)
    export = export_of_code(code)
    if export is None:
        raise Http404
    if export.made_by != person.pk and not rights_of(person).may(Verb.SEE_JOURNAL):
        raise PermissionDenied
    return export


def export_to_fetch(request: HttpRequest, code: str, *, at: datetime) -> Export:
    """Its maker alone, as long as she may still see the list, and the file has its time."""
    export = export_of_request(request, code)
    if export.made_by != member(request).pk:
        raise PermissionDenied
    list_to_export(request, export.list_key)
    if not export.file or at >= export.expires_at:
        raise Http404
    return export


def area_in_reach(request: HttpRequest, area_id: int) -> Area:
    """An area, not a venue, that lies where this person opens venues."""
    paths = rights_of(staff(request, Verb.OPEN_VENUES)).paths(Verb.OPEN_VENUES)
    rows = Area.objects.select_related("parent").filter(within("path", paths), pk=area_id)
    area: Area | None = rows.exclude(kind=AreaKind.VENUE).first()
    if area is None:
        raise Http404
    return area


def staff_member(request: HttpRequest, person_id: int) -> Any:
    """Somebody who holds, held or was offered a role where this person appoints; with what the list knows of them."""
    paths = rights_of(staff(request, Verb.APPOINT_KEEPERS)).paths(Verb.APPOINT_KEEPERS)
    found = anybody_within(paths, at=clock.now()).filter(pk=person_id).first()
    if found is None:
        raise Http404
    return found


def grant_in_reach(request: HttpRequest, grant_id: int) -> Grant:
    paths = rights_of(staff(request, Verb.APPOINT_KEEPERS)).paths(Verb.APPOINT_KEEPERS)
    grant: Grant | None = Grant.objects.filter(within("area__path", paths), pk=grant_id).first()
    if grant is None:
        raise Http404
    return grant


def offer_in_reach(request: HttpRequest, offer_id: int) -> Appointment:
    paths = rights_of(staff(request, Verb.APPOINT_KEEPERS)).paths(Verb.APPOINT_KEEPERS)
    offer: Appointment | None = Appointment.objects.filter(within("area__path", paths), pk=offer_id).first()
    if offer is None:
        raise Http404
    return offer


def own_offer(request: HttpRequest, offer_id: int) -> Appointment:
    """An invitation to the person who asks; anybody else's is not there."""
    rows = Appointment.objects.select_related("area", "offered_by").filter(withdrawn_at=None)
    offer: Appointment | None = rows.filter(person=member(request), pk=offer_id).first()
    if offer is None:
        raise Http404
    return offer


def household(request: HttpRequest, code: str) -> Household:
    """For staff; a family that has ended is not there."""
    staff(request, Verb.SEE_PEOPLE)
    row: Household | None = (
        Household.objects.filter(code=code, closed_at=None).select_related("network", "district").first()
    )
    if row is None:
        raise Http404
    return row


def child_of(household: Household, code: str) -> Child:
    row: Child | None = live_children().filter(household=household, code=code).select_related("household").first()
    if row is None:
        raise Http404
    return row


def reader_number_of(household: Household, number_id: int) -> ReaderNumber:
    """Of a child of the family, or of an adult in it."""
    rows = ReaderNumber.objects.filter(
        Q(child__household=household, child__erased_at=None)
        | Q(person__memberships__household=household, person__memberships__left_at=None)
    )
    row: ReaderNumber | None = rows.filter(pk=number_id).first()
    if row is None:
        raise Http404
    return row


def pair(pair_id: int) -> ChildPair:
    row: ChildPair | None = pairs().filter(pk=pair_id).first()
    if row is None:
        raise Http404
    return row


def data_copy(request: HttpRequest, code: str) -> DataCopy:
    """One's own: to everybody else, staff included, it is not there."""
    rows = DataCopy.objects.select_related("person__network")
    copy: DataCopy | None = rows.filter(code=code, person=member(request)).first()
    if copy is None:
        raise Http404
    return copy


def is_signed_in(request: HttpRequest) -> bool:
    """For menus. A browser without a session costs no query."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and person_of(request) is not None


def is_stranger(request: HttpRequest) -> bool:
    return not is_signed_in(request)


def is_staff(request: HttpRequest) -> bool:
    """Has a role of any kind."""
    person = person_of(request) if is_signed_in(request) else None
    return person is not None and bool(rights_of(person))


def may_anywhere(verb: Verb) -> Callable[[HttpRequest], bool]:
    def shown_to(request: HttpRequest) -> bool:
        person = person_of(request) if is_signed_in(request) else None
        return person is not None and rights_of(person).may(verb)

    return shown_to


def has_role(role: Role) -> Callable[[HttpRequest], bool]:
    """For menus."""

    def shown_to(request: HttpRequest) -> bool:
        person = person_of(request) if is_signed_in(request) else None
        return person is not None and role in rights_of(person).roles

    return shown_to
