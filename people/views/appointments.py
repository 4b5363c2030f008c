"""What somebody is invited to: read it, accept it, or say no."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.toasts import toast
from people import doors
from people.choices import Role
from people.commands import appointments as commands
from people.models import Appointment
from people.queries.appointments import offers_to


@never_cache
@require_safe
@doors.members_only
def appointments(request: HttpRequest) -> HttpResponse:
    lines = offers_to(doors.member(request), at=clock.now())
    return render(request, "people/appointments/appointments.html", {"lines": lines})


@require_POST
@doors.members_only
def answer(request: HttpRequest, offer_id: int) -> HttpResponse:
    offer, person, at = doors.own_offer(request, offer_id), doors.member(request), clock.now()
    wish = request.POST.get("answer", "")
    if wish not in {"accept", "decline"}:
        raise Http404
    try:
        if wish == "accept":
            commands.accept(offer, person=person, at=at)
        else:
            commands.decline(offer, person=person, at=at)
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
        return redirect("people:appointments")
    if wish == "accept":
        toast(request, _("Welcome. You are now %(role)s for %(place)s.") % _names(offer))
        return redirect("people:plan")
    toast(request, _("You have declined. Nothing was given to your number."))
    return redirect("people:appointments" if offers_to(person, at=at) else "people:me")


def _names(offer: Appointment) -> dict[str, object]:
    return {"role": Role(offer.role).label, "place": offer.area.name}
