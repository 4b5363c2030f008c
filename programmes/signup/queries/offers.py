"""Whether places are to be had, for search engines."""

from datetime import datetime

from programmes.planning.choices import Availability
from programmes.planning.models import Session
from programmes.planning.registers import Offer
from programmes.signup.choices import Window
from programmes.signup.queries.standing import FEW, Standing, standing_in


def offer_of(session: Session, at: datetime) -> Offer | None:
    """Without a statement where the session comes with JOINS."""
    standing = standing_in(session)
    if standing is None or not standing.signs_up:
        return None
    return Offer(_availability(standing, at), standing.left, standing.opens_at, standing.closes_at)


def _availability(standing: Standing, at: datetime) -> Availability:
    window = standing.window(at)
    if standing.terms.is_closed:
        return Availability.RESERVED
    if window == Window.CLOSED:
        return Availability.CLOSED
    if standing.is_full:
        return Availability.FULL
    if window == Window.SOON:
        return Availability.SOON
    return Availability.FEW if standing.left is not None and standing.left <= FEW else Availability.FREE
