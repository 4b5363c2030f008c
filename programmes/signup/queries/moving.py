"""Sessions that staff could move a family to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from programmes.planning.models import Session
from programmes.planning.queries.faces import public_sessions
from programmes.signup.choices import Way
from programmes.signup.models import Answer, Registration
from programmes.signup.queries.questions import asked_by
from programmes.signup.queries.standing import JOINS, standing_in, terms_in
from programmes.signup.rules.answers import unanswered
from programmes.signup.rules.party import counted

# Of each kind.
MOST = 30


@dataclass(frozen=True)
class Choice:
    """`left` None: as many as come."""

    session: Session
    left: int | None


def sessions_to_move_to(row: Registration, *, children: int, paths: Iterable[str], at: datetime) -> list[Choice]:
    """Of the same activity, then others at the same venue, within these areas, with places for the whole family. Two
    statements: an activity of the whole city leaves no room for what else the venue has.
    """
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(area__path__startswith=path)
    rows = (
        public_sessions()
        .filter(within, called_off_at=None, starts_at__gt=at)
        .filter(activity__signup_terms__way__in=(Way.SIGN_UP, Way.PHONE), activity__slot_minutes=None)
        .exclude(pk=row.session_id)
        .select_related("activity", "venue", "room", "area", *JOINS)
        .order_by("starts_at", "pk")
    )
    found = _fitting(rows.filter(activity=row.session.activity_id), row, children)
    if row.session.venue_id is not None:
        beside = rows.filter(venue=row.session.venue_id).exclude(activity=row.session.activity_id)
        found += _fitting(beside, row, children)
    return found


def _fitting(rows: "QuerySet[Session]", row: Registration, children: int) -> list[Choice]:
    found = [Choice(session, _left(session)) for session in rows[: 3 * MOST]]
    return [one for one in found if _fits(one, row, children)][:MOST]


@dataclass(frozen=True)
class Behind:
    """What another activity does not learn by a move: how many answers stay behind, and what it has to know itself."""

    given: int
    wanted: tuple[str, ...]


def left_behind(row: Registration, target: Session) -> Behind | None:
    """None within the same activity, of a class, and where neither asks anything."""
    if row.group_id is not None or target.activity_id == row.session.activity_id:
        return None
    live = [seat for seat in row.seats.all() if seat.ended_at is None]
    codes = [seat.child.code for seat in live if seat.child is not None] or [""]
    wanted = dict.fromkeys(question.label for question, _code in unanswered(asked_by(terms_in(target)), codes, {}))
    given = Answer.objects.filter(registration=row).count()
    return Behind(given, tuple(wanted)) if given or wanted else None


def _left(session: Session) -> int | None:
    """None is left where others wait."""
    standing = standing_in(session)
    places = getattr(session, "signup_places", None)
    return 0 if places is not None and places.waiting else standing.left if standing is not None else 0


def _fits(one: Choice, row: Registration, children: int) -> bool:
    return one.left is None or counted(one.session, children=children, adults=row.adults) <= one.left
