"""What a reader was told, and how she wants to be told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kit import clock
from notifications.commands import deliveries as commands
from notifications.queries.deliveries import inbox
from people.doors import member, members_only


@never_cache
@require_safe
@members_only
def inbox_page(request: HttpRequest) -> HttpResponse:
    person = member(request)
    lines = inbox(person)
    if any(line.message.read_at is None for line in lines):
        commands.mark_read(person=person, at=clock.now())
    return render(request, "notifications/inbox.html", {"lines": lines})
