"""How families come to a session, on the session's own page."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit import clock
from kit.dates import short_day
from programmes.planning.models import Session
from programmes.planning.rules.told import telephone
from programmes.signup.choices import Way, Window
from programmes.signup.models import Terms
from programmes.signup.queries.circles import circles_of
from programmes.signup.queries.standing import FEW, Standing, standing_in
from programmes.signup.rules.courses import is_course, is_whole
from programmes.signup.rules.fetching import hand_over_words
from programmes.signup.rules.terms import cap_words


def way_in(_request: HttpRequest, session: Session) -> dict[str, Any] | None:
    """Without a statement of its own, but for sessions of circles; and nothing about whoever asks: the page is kept for everybody."""
    standing = standing_in(session)
    if standing is None:
        return None
    if standing.terms.way == Way.FREE:
        return {"kind": "free"}
    if not standing.signs_up:
        return {"kind": "phone", "telephone": telephone(session)}
    at = clock.now()
    window, state = standing.window(at), ""
    if window == Window.SOON:
        state = opening_words(standing)
    elif window == Window.CLOSED:
        state = _("Sign-up is closed.")
    is_open, may_wait = window == Window.OPEN and not standing.is_full, standing.offers_list(at)
    return {
        "kind": "sign_up",
        "standing": standing,
        "circles": circles_of(standing.terms),
        "to_know": list(_to_know(standing.terms)),
        "mood": "few" if is_open and standing.left is not None and standing.left <= FEW else "",
        "is_full": standing.is_full and window != Window.CLOSED,
        "state": state,
        "address": reverse("signup:sheet", args=[session.code]) if is_open or may_wait else "",
        "may_wait": may_wait,
    }


def _to_know(terms: Terms) -> Iterator[tuple[str, str]]:
    """What is different from other activities, each with its mark: known before the sheet is opened."""
    if is_whole(terms):
        yield "calendar", _("A course: all days are signed up for in one go.")
    elif is_course(terms):
        yield "calendar", _("A course: choose several days in one go.")
    if terms.most_sessions is not None:
        yield "info", pgettext("sign-up", "At most %(often)s.") % {"often": cap_words(terms)}
    if terms.hand_over:
        yield "leave", hand_over_words(terms)
    if terms.approval:
        yield "shield", _("The library looks at each sign-up before it counts.")


def opening_words(standing: Standing) -> str:
    first = standing.opens_at
    if first is None:
        return ""
    here = timezone.localtime(first)
    when = {"day": short_day(here.date()), "time": f"{here:%H:%M}"}
    return pgettext("sign-up", "Opens on %(day)s at %(time)s.") % when
