"""How one signs up, in a sentence for a chat group."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.planning.models import Session
from programmes.planning.rules.told import telephone
from programmes.planning.rules.wording import day_words
from programmes.signup.choices import Way, Window
from programmes.signup.queries.standing import FEW, Standing, standing_in


def group_line(session: Session, at: datetime) -> str:
    """Without a statement where the session comes with JOINS."""
    standing = standing_in(session)
    if standing is None:
        return ""
    if standing.terms.way == Way.FREE:
        return _("No need to sign up, just come.")
    if not standing.signs_up:
        phone = telephone(session)
        return _("Sign up by telephone: %(phone)s.") % {"phone": phone} if phone else _("Sign up at the venue.")
    return _by_link(standing, at)


def _by_link(standing: Standing, at: datetime) -> str:
    window = standing.window(at)
    if window == Window.CLOSED:
        return _("Sign-up has closed; those who have a place, see you there.")
    if window == Window.SOON and standing.opens_at:
        opens = timezone.localtime(standing.opens_at)
        return _("Sign-up opens on %(day)s at %(time)s; tap the link then.") % {
            "day": day_words(opens),
            "time": f"{opens:%H:%M}",
        }
    if standing.is_full:
        return (
            _("All places are taken; tap the link to wait for one.")
            if standing.offers_list(at)
            else _("All places are taken.")
        )
    if standing.left is None:
        return _("Tap the link to sign up.")
    words = (
        _("Only %(left)s left: tap the link to sign up.")
        if standing.left <= FEW
        else _("Tap the link to sign up, %(left)s left.")
    )
    return words % {"left": standing.left}
