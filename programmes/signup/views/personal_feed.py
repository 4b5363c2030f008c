"""What somebody's families are signed up for, in the own calendar: the address is a secret, and needs no signing in."""

import hashlib
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.limits import Limit, take_or_raise
from people.doors import member, members_only, network_of
from people.rules.agents import is_wechat
from programmes.planning.rules.feeds import calendar
from programmes.signup.commands.personal_feeds import make_feed, withdraw_feed
from programmes.signup.queries.personal_feed import entries_for, feed_of, feed_of_secret, secret_of
from programmes.signup.views.tickets import address_of, event_address

# Calendars ask every few hours; a family has a handful of them.
OFTEN = Limit(60, int(timedelta(hours=1).total_seconds()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def settings(request: HttpRequest) -> HttpResponse:
    person, network = member(request), network_of(request)
    if request.method == "POST":
        if request.POST.get("do") == "withdraw":
            withdraw_feed(by=person, at=clock.now())
            messages.success(request, _("The address no longer works."))
        else:
            make_feed(by=person, at=clock.now())
            messages.success(request, _("Your calendar has its address now; an earlier one no longer works."))
        return redirect("signup:feed-settings")
    feed = feed_of(person)
    address = ""
    if feed is not None:
        address = request.build_absolute_uri(reverse("signup:personal-feed", args=[secret_of(feed, network=network)]))
    page = {
        "feed": feed,
        "address": address,
        "webcal": f"webcal://{address.partition('://')[2]}" if address else "",
        "in_wechat": is_wechat(request.headers.get("User-Agent", "")),
    }
    return render(request, "signup/personal_feed.html", page)


@require_safe
def personal_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Asked by calendars, which have no session; whoever has it already is told so."""
    feed, network = feed_of_secret(secret), network_of(request)
    if feed is None:
        raise Http404
    take_or_raise(f"signup.feed:{feed.pk}", OFTEN)
    entries = entries_for(
        feed.person,
        network=network,
        at=clock.now(),
        event=lambda code: event_address(request, code),
        ticket=lambda code: address_of(request, code),
    )
    name = _("My registrations at %(library)s") % {"library": network.library_name}
    body = calendar(entries, name=name, address=request.build_absolute_uri(), zone=network.zone)
    headers = {
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:24]}"',
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="sign-ups.ics"',
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=headers["ETag"], response=response) or response
