"""到场人次: how many truly came to sessions: those who were checked in, and those who were counted beside them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Sum

from networks.models.scoping import current_network_id
from programmes.door.choices import Method, Way
from programmes.door.models import Headcount, Tally
from programmes.door.queries.streams import NO_VIEWS, Views, views_of
from programmes.planning.models import Session

# Who has no name is a grown-up, as many of a registration as it says, those who took their seats last; else a child. Of who was added
# at the door it is known. The same as the ticks of a card (queries/parties.py).
UNNAMED = f"""
WITH added AS (
  SELECT DISTINCT ON (came.seat_id) came.seat_id, scan.way = '{Way.ADDED_ADULT.value}' AS is_adult
  FROM door_checkin AS came JOIN door_scan AS scan ON scan.id = came.scan_id
  WHERE came.session_id = ANY(%(sessions)s) AND came.network_id = %(network)s
    AND scan.way IN ('{Way.ADDED_ADULT.value}', '{Way.ADDED_CHILD.value}')
), nameless AS (
  SELECT seat.id, added.is_adult,
    row.adults - count(*) FILTER (WHERE added.is_adult) OVER (PARTITION BY seat.registration_id) AS adults,
    row_number() OVER (PARTITION BY seat.registration_id, added.is_adult IS NULL ORDER BY seat.id DESC) AS place
  FROM signup_seat AS seat JOIN signup_registration AS row ON row.id = seat.registration_id
  LEFT JOIN added ON added.seat_id = seat.id
  WHERE seat.session_id = ANY(%(sessions)s) AND seat.network_id = %(network)s
    AND seat.ended_at IS NULL AND seat.child_id IS NULL AND seat.guest = ''
), unnamed AS (
  SELECT id, coalesce(is_adult, place <= adults) AS is_adult FROM nameless
)
"""  # noqa: S608 - of our own words alone
_CHECKED_IN = (
    UNNAMED
    + """
SELECT came.session_id, count(*) FILTER (WHERE unnamed.is_adult) AS adults, count(*) AS everybody
FROM door_checkin AS came LEFT JOIN unnamed ON unnamed.id = came.seat_id
WHERE came.session_id = ANY(%(sessions)s) AND came.network_id = %(network)s AND came.undone_at IS NULL
GROUP BY came.session_id
"""
)


@dataclass(frozen=True)
class Heads:
    adults: int = 0
    children: int = 0

    @property
    def all(self) -> int:
        return self.adults + self.children

    def __add__(self, other: "Heads") -> "Heads":
        return Heads(self.adults + other.adults, self.children + other.children)


@dataclass(frozen=True)
class Attendance:
    """`checked_in`: seats of registrations. `counted`: heads beside them, known by these `methods`. `views`: how often it was
    watched, a figure of its own that is part of no sum of heads.
    """

    checked_in: Heads = Heads()
    counted: Heads = Heads()
    methods: tuple[Method, ...] = ()
    views: Views = NO_VIEWS

    @property
    def heads(self) -> Heads:
        return self.checked_in + self.counted

    @property
    def is_exact(self) -> bool:
        """Nothing of it was estimated."""
        return Method.ESTIMATED not in self.methods


def attendance_of(sessions: Iterable[Session]) -> dict[int, Attendance]:
    """By the session's id, for each that is asked for. Four statements, however many they are."""
    keys = sorted({session.pk for session in sessions})
    checked_in, counted, methods, views = _checked_in(keys), _counted(keys), _methods(keys), views_of(keys)
    return {
        key: Attendance(
            checked_in.get(key, Heads()), counted.get(key, Heads()), tuple(methods[key]), views.get(key, NO_VIEWS)
        )
        for key in keys
    }


def _checked_in(keys: list[int]) -> dict[int, Heads]:
    with connection.cursor() as cursor:
        cursor.execute(_CHECKED_IN, {"sessions": keys, "network": current_network_id()})
        return {key: Heads(adults, everybody - adults) for key, adults, everybody in cursor.fetchall()}


def _counted(keys: list[int]) -> dict[int, Heads]:
    rows = Headcount.objects.filter(session__in=keys).order_by().values_list("session")
    sums = rows.annotate(adults=Sum("adults"), children=Sum("children"))
    return {key: Heads(adults, children) for key, adults, children in sums}


def _methods(keys: list[int]) -> dict[int, list[Method]]:
    """In the order in which they are named."""
    rows = Tally.objects.filter(headcount__session__in=keys).order_by()
    pairs = set(rows.values_list("headcount__session", "method").distinct())
    return {key: [one for one in Method if (key, one.value) in pairs] for key in keys}
