"""直播/回放: views by platform, typed in with a screenshot."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.pictures import LARGEST_FILE, Record, answer_with, record_of
from kit.refusals import Refused
from kit.toasts import toast
from people.doors import member, members_only, network_of
from programmes.door import doors
from programmes.door.commands.streams import note_views
from programmes.door.forms.streams import ViewsForm
from programmes.door.models import StreamViews
from programmes.door.queries.desk import line_of
from programmes.door.queries.streams import platforms_of, views_of
from programmes.door.rules.streams import is_streamed, platforms


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def views(request: HttpRequest, code: str) -> HttpResponse:
    session, is_sent = doors.session_of_staff(request, code), request.method == "POST"
    form = _form(request)
    if is_sent and form.is_valid():
        try:
            note_views(session=session, read=form.read(), record=_record(form), by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("Noted."))
            return redirect("door:views", code)
    page: dict[str, Any] = {
        "session": session,
        "line": line_of(session, network_of(request).rules, at=clock.now()),
        "platforms": platforms_of(session),
        "views": views_of([session.pk]).get(session.pk),
        "form": form,
        "is_streamed": is_streamed(session),
    }
    return render(request, "door/views.html", page, status=422 if is_sent else 200)


@never_cache
@require_safe
@members_only
def picture(request: HttpRequest, code: str, line_id: int) -> HttpResponse:
    session = doors.session_of_staff(request, code)
    row: StreamViews | None = StreamViews.objects.filter(session=session, pk=line_id).exclude(image="").first()
    if row is None:
        raise Http404
    return answer_with(row.image)


def _form(request: HttpRequest) -> ViewsForm:
    names = platforms(network_of(request).rules)
    if request.method == "POST":
        return ViewsForm(request.POST, request.FILES, platforms=names)
    today = timezone.localtime(clock.now()).date()
    return ViewsForm(platforms=names, initial={"client_id": uuid4(), "as_of": today, "platform": next(iter(names), "")})


def _record(form: ViewsForm) -> Record | None:
    file = form.cleaned_data["image"]
    return record_of(file.read(LARGEST_FILE + 1)) if file else None
