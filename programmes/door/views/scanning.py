"""A scan in the rush: a device with the roster asks whether they come in, and knows by itself how they are called."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kit import clock
from people.doors import network_of
from programmes.door import doors
from programmes.door.choices import Way
from programmes.door.commands.admitting import admit
from programmes.door.commands.checking_in import Asking
from programmes.door.forms.asking import AskForm
from programmes.door.queries.glance import Glance, glance_at_door
from programmes.door.rules.codes import ticket_in
from programmes.door.views.keepers import keepers_only
from programmes.signup.rules.tickets import ticket_hash


@never_cache
@require_POST
@keepers_only
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """How many of them are here now; 0: ask the whole way, which answers everything."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    seen = _seen(request, code, form.cleaned_data["code"])
    if seen is None:
        return JsonResponse({"here": 0})
    keeper = doors.keeper(request)
    asking = Asking(
        form.cleaned_data["client_id"],
        Way(form.cleaned_data["way"] or Way.TYPED),
        keeper.person,
        clock.now(),
        doors.phone_at_hand(request),
        keeper.desk_device,
    )
    return JsonResponse({"here": admit(seen=seen, asking=asking), "registration": seen.registration.code})


def _seen(request: HttpRequest, code: str, read: str) -> Glance | None:
    """None: not the whole ticket of this session. To whoever does not keep its door it is not there."""
    network = network_of(request)
    ticket = ticket_in(read, network)
    seen = glance_at_door(session=code, ticket=ticket_hash(ticket, network.code)) if ticket else None
    if seen is None:
        doors.session_at_door(request, code)
        return None
    if not doors.keeper(request).keeps(seen.session, path=seen.path, at=clock.now()):
        raise Http404
    return seen
