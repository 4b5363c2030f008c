"""How sign-up to a session stands, in a word, for lists of sessions."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import DurationField, ExpressionWrapper, F, Q, Value
from django.urls import reverse
from django.utils.translation import pgettext

from kit.refusals import Text
from programmes.planning.models import Session
from programmes.planning.rules.told import Chip
from programmes.signup.choices import Way, Window
from programmes.signup.queries.standing import FEW, JOINS, Standing, standing_in


def chips_of(session: Session, at: datetime) -> list[Chip]:
    """Without a statement where the session comes with JOINS."""
    standing = standing_in(session)
    if standing is None:
        return []
    if standing.terms.way == Way.FREE:
        return [(pgettext("sign-up, in a list", "No need to sign up"), "free")]
    return _of_places(standing, at) if standing.signs_up else []


def way_of(session: Session, at: datetime) -> tuple[Text, str] | None:
    """The one button: to sign up, or where all places are taken, to wait for one."""
    standing = standing_in(session)
    if standing is None or not standing.signs_up or standing.window(at) != Window.OPEN:
        return None
    address = reverse("signup:sheet", args=[session.code])
    if not standing.is_full:
        return pgettext("a button, in a list", "Sign up"), address
    return (pgettext("sign-up, in a list", "Waiting list"), address) if standing.offers_list(at) else None


def lacking(sessions: Collection[int], at: datetime) -> dict[int, Chip]:
    """Those that are full, by id. One statement, and only what is full is read."""
    full = Session.objects.filter(pk__in=sessions, signup_places__taken__gte=F("signup_places__capacity"))
    rows = full.select_related(*JOINS)
    return {row.pk: chip for row in rows for chip in chips_of(row, at)}


def _of_places(standing: Standing, at: datetime) -> list[Chip]:
    """Nothing before sign-up opens: then all places are there, and nobody can have one."""
    window = standing.window(at)
    if window == Window.CLOSED:
        return [(pgettext("sign-up, in a list", "Sign-up closed"), "full")]
    if standing.is_full:
        return [_when_full(standing, at)]
    if window == Window.SOON or standing.left is None:
        return []
    label = pgettext("sign-up", "%(left)s left") % {"left": standing.left}
    return [(label, "few" if standing.left <= FEW else "open")]


def _when_full(standing: Standing, at: datetime) -> Chip:
    if standing.offers_list(at):
        return pgettext("sign-up, in a list", "Waiting list"), "waiting"
    return pgettext("sign-up, in a list", "Full"), "full"


def with_places(at: datetime) -> Q:
    """One comes without signing up, or a place is left to everybody, now or once sign-up opens."""
    terms, places = "activity__signup_terms__", "signup_places__"
    hours = F(f"{terms}closes_hours") * Value(timedelta(hours=1))
    closes_after = Value(at) + ExpressionWrapper(hours, output_field=DurationField())
    left = Q(signup_places=None) | Q(**{f"{places}capacity": None})
    left |= Q(**{f"{places}waiting": 0, f"{places}taken__lt": F(f"{places}capacity")})
    signs_up = Q(starts_at__gt=closes_after, activity__slot_minutes=None, **{f"{terms}way": Way.SIGN_UP})
    comes = Q(ends_at__gt=at, **{f"{terms}way": Way.FREE})
    return Q(**{f"{terms}is_closed": False}) & (comes | (signs_up & left))
