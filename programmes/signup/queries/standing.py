"""How sign-up to a session stands: its terms, and how many places are left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from networks.models.scoping import current_network
from programmes.planning.models import Session
from programmes.planning.rules.inherited import value_of
from programmes.signup.choices import Way, Window
from programmes.signup.models import Places, Terms
from programmes.signup.rules.courses import is_whole
from programmes.signup.rules.invitations import days_of, takes_more
from programmes.signup.rules.windows import cancels_until, closes_at, opens_at, window_at

# From here on the places that are left stand out.
FEW = 3
# What a session brings along for `standing_in`.
JOINS = ("activity__signup_terms", "signup_places")


@dataclass(frozen=True)
class Standing:
    """`capacity` None: as many as come."""

    session: Session
    terms: Terms
    capacity: int | None
    taken: int
    waiting: int = 0

    @property
    def left(self) -> int | None:
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        return self.left == 0

    @property
    def signs_up(self) -> bool:
        """A session in slots is given out by telephone."""
        return self.terms.way == Way.SIGN_UP and not self.session.activity.slot_minutes

    @property
    def opens_at(self) -> datetime | None:
        return opens_at(self.terms, self.session)

    @property
    def closes_at(self) -> datetime:
        return closes_at(self.terms, self.session)

    @property
    def cancels_until(self) -> datetime:
        return cancels_until(self.terms, self.session)

    def may_wait(self, at: datetime) -> bool:
        """It is full, and one can join the waiting list."""
        return self.is_full and self.has_list(at)

    def offers_list(self, at: datetime) -> bool:
        """On its page and in lists: a course that is taken as a whole has no list."""
        return self.may_wait(at) and not is_whole(self.terms)

    def could_hold(self, wanted: int) -> bool:
        """If nobody else came."""
        return self.capacity is None or wanted <= self.capacity

    def has_list(self, at: datetime) -> bool:
        """Whoever finds no room can wait for it."""
        if self.window(at) != Window.OPEN:
            return False
        network = current_network()
        return takes_more(self.session, self.terms, at=at, days=days_of(network.zone, network.rules))

    def window(self, at: datetime) -> Window:
        return window_at(self.terms, self.session, at=at)


def standings(sessions: Iterable[Session]) -> dict[int, Standing]:
    """By the session's id, for those whose activity has terms; two statements. The sessions come with their activity."""
    rows = list(sessions)
    terms = {row.activity_id: row for row in Terms.objects.filter(activity__in={one.activity_id for one in rows})}
    if not terms:
        return {}
    places = {row.pk: row for row in Places.objects.filter(session__in=rows)}
    return {
        row.pk: _standing(row, terms[row.activity_id], places.get(row.pk)) for row in rows if row.activity_id in terms
    }


def standing_of(session: Session) -> Standing | None:
    return standings([session]).get(session.pk)


def standing_in(session: Session) -> Standing | None:
    """Without a statement where the session comes with JOINS."""
    terms = terms_in(session)
    if terms is None:
        return None
    return _standing(session, terms, getattr(session, "signup_places", None))


def _standing(session: Session, terms: Terms, places: Places | None) -> Standing:
    taken, waiting = (places.taken, places.waiting) if places else (0, 0)
    return Standing(session, terms, value_of(session, "capacity"), taken, waiting)


def terms_in(session: Session) -> Terms | None:
    """Without a statement where the session comes with `activity__signup_terms`."""
    return getattr(session.activity, "signup_terms", None)
