"""群通知: words and a picture for a chat group, of one session or of a venue's day or week."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kit import clock, lettering
from kit.dates import short_day
from kit.seasons import season_of
from people.doors import members_only, network_of
from programmes.planning import doors
from programmes.planning.models import Session
from programmes.planning.prints.group_picture import Poster, group_picture
from programmes.planning.queries.group_notice import sessions_to_tell, told
from programmes.planning.rules.group_notice import Told, address_words, notice_of, notice_of_many
from programmes.planning.rules.inherited import value_of
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import clock_words, day_words, weekday_word

A_WEEK = 7


@never_cache
@require_safe
@members_only
def of_session(request: HttpRequest, code: str) -> HttpResponse:
    row = _told_of(request, code)
    at = clock.now()
    [one] = told([row], lambda found: _link(request, found), at=at)
    page: dict[str, Any] = {
        "session": row,
        "title": one.title,
        "when": f"{day_words(row.starts_at)} {clock_words(row.starts_at, row.ends_at)}",
        "notice": notice_of(one, today=clock.today(network_of(request).zone)),
        "has_picture": row.called_off_at is None and lettering.can_draw(),
    }
    return render(request, "planning/today/group.html", page)


@never_cache
@require_safe
@members_only
def of_venue(request: HttpRequest, slug: str) -> HttpResponse:
    """`span`: the day, or seven of them from today."""
    venue, at = doors.venue_to_run_in(request, slug), clock.now()
    today = clock.today(network_of(request).zone)
    is_week = request.GET.get("span") != "day"
    last = today + timedelta(days=A_WEEK - 1)
    rows = told(
        sessions_to_tell(venue, today, A_WEEK if is_week else 1, at=at), lambda code: _link(request, code), at=at
    )
    words = {"venue": venue.name, "first": short_day(today), "last": short_day(last), "day": day_words(today)}
    head = (
        _("[%(venue)s] What is on from %(first)s to %(last)s")
        if is_week
        else _("[%(venue)s] What is on today, %(day)s")
    )
    more = request.build_absolute_uri(reverse("venues:page", args=[venue.slug]))
    page = {
        "venue": venue,
        "is_week": is_week,
        "count": len(rows),
        "notice": notice_of_many(head % words, rows, address=venue.address, more=more) if rows else "",
    }
    return render(request, "planning/today/group.html", page)


@never_cache
@require_safe
@members_only
def picture(request: HttpRequest, code: str) -> HttpResponse:
    row = _told_of(request, code)
    if row.called_off_at is not None or not lettering.can_draw():
        raise Http404
    network, start = network_of(request), timezone.localtime(row.starts_at)
    [one] = told([row], lambda found: _link(request, found), at=clock.now())
    body = group_picture(
        _poster(one, library=network.library_name),
        address=one.link,
        season=season_of(start.date()),
    )
    name = {"Content-Disposition": f'inline; filename="{row.code}.png"'}
    return HttpResponse(body, content_type="image/png", headers=name)


def _poster(one: Told, *, library: str) -> Poster:
    row, start = one.session, timezone.localtime(one.session.starts_at)
    return Poster(
        weekday=weekday_word(start),
        day=f"{start.day}",
        month=_("month %(n)s") % {"n": start.month},
        clock=clock_words(row.starts_at, row.ends_at),
        title=one.title,
        summary=str(value_of(row, "summary")),
        lines=tuple(line for line in (place_words(row), address_words(row), one.ages) if line),
        hint=_("Scan for more and to sign up"),
        library=library,
    )


def _told_of(request: HttpRequest, code: str) -> Session:
    """Readers find no page of a draft: nobody is sent there."""
    row = doors.session_to_run(request, code)
    if row.published_at is None:
        raise Http404
    return row


def _link(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("planning:event", args=[code]))
