"""What a chat shows beside a link to a session."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from kit import clock, sharing
from kit.seasons import season_of
from kit.share_picture import Card
from kit.tear_off import Sheet
from people.doors import network_of
from programmes.planning.queries.event import EventFace, event_by_code
from programmes.planning.rules.group_notice import address_words
from programmes.planning.rules.told import moved_word
from programmes.planning.rules.wording import clock_words, weekday_word


@require_safe
def picture(request: HttpRequest, code: str, version: str) -> HttpResponseBase:
    shown = event_by_code(code, network=network_of(request), at=clock.now())
    if shown is None:
        raise Http404
    card = card_of(request, shown)
    return sharing.answer(request, card, asked=version, current=_address(shown, card))


def picture_address(request: HttpRequest, shown: EventFace) -> str:
    """Empty where nothing can be drawn."""
    if not sharing.can_share():
        return ""
    return request.build_absolute_uri(_address(shown, card_of(request, shown)))


def card_of(request: HttpRequest, shown: EventFace) -> Card:
    """Nothing that is another in a minute, such as how many places are left."""
    session, start = shown.session, timezone.localtime(shown.session.starts_at)
    state = pgettext("a session", "Called off") if shown.is_off else moved_word(session)
    return Card(
        kicker=" · ".join(word for word in (state, shown.kicker) if word),
        title=shown.title,
        lines=tuple(line for line in (shown.place, shown.ages, address_words(session)) if line),
        hint=_("Scan for more"),
        library=network_of(request).library_name,
        address=request.build_absolute_uri(reverse("planning:event", args=[session.code])),
        season=season_of(start.date()),
        sheet=Sheet(weekday_word(start), f"{start.day}", _("month %(n)s") % {"n": start.month}),
        hours=clock_words(session.starts_at, session.ends_at),
    )


def _address(shown: EventFace, card: Card) -> str:
    return reverse("planning:event-picture", args=[shown.session.code, card.version])
