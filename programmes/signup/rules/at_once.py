"""Which sign-ups need no second look: nothing is asked, limited or looked at, and nothing speaks against them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from kit.refusals import Refusal
from people.choices import FamilyVerb, MemberRole
from people.models import Child, Household
from people.rules.family_rights import may
from programmes.planning.models import Session
from programmes.signup.models import Places, Terms
from programmes.signup.rules.courses import is_course
from programmes.signup.rules.party import against_party
from programmes.signup.rules.registering import against_notice, against_session


@dataclass(frozen=True)
class Glance:
    """`children`: those that were chosen and are there, the eldest first; `is_known`: this page has been answered, or
    somebody of the party is signed up already. `registration_id` is kept for what may be made of it.
    """

    session: Session
    terms: Terms
    places: Places
    household: Household
    role: MemberRole | None
    children: list[Child]
    are_agreed: bool
    is_known: bool
    registration_id: int

    @property
    def has_no_place(self) -> bool:
        """It takes place, and by its count it is full."""
        return self.session.called_off_at is None and self.places.left == 0


def is_plain(seen: Glance, *, children: int, adults: int, accepts: int | None, at: datetime) -> bool:
    """Whoever is not plain is decided piece by piece, and hears why where it is a no."""
    return (
        _terms_are_plain(seen.terms)
        and not seen.is_known
        and seen.are_agreed
        and len(seen.children) == children
        and seen.role is not None
        and may(seen.role, FamilyVerb.REGISTER)
        and next(_against(seen, adults=adults, accepts=accepts, at=at), None) is None
    )


def _terms_are_plain(terms: Terms) -> bool:
    asks_more = terms.asks or terms.approval or terms.hand_over
    return not (terms.is_closed or asks_more or terms.most_sessions is not None or is_course(terms))


def _against(seen: Glance, *, adults: int, accepts: int | None, at: datetime) -> Iterator[Refusal]:
    return chain(
        against_session(seen.session, seen.terms, at=at),
        against_notice(seen.session, accepts=accepts),
        against_party(seen.session, seen.terms, children=seen.children, adults=adults),
    )
