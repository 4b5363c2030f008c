"""The count of a session's places. Changed by one statement that says how many there must be, or not at all."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import connection
from django.db.models import F, Q

from kit import kept_pages
from kit.command import step
from kit.refusals import Refusal
from networks.models.scoping import current_network_id
from programmes.planning.rules.inherited import value_of
from programmes.signup.models import Places
from programmes.signup.rules.capacity import against_fewer

# What the sessions, or their activities, say now.
_FOLLOW = """
UPDATE signup_places AS kept SET capacity = COALESCE(session.capacity, activity.capacity)
FROM planning_session AS session JOIN planning_activity AS activity ON activity.id = session.activity_id
WHERE kept.session_id = session.id AND session.id = ANY(%s) AND kept.network_id = %s
AND kept.capacity IS DISTINCT FROM COALESCE(session.capacity, activity.capacity)
"""
_OPEN = """
INSERT INTO signup_places (session_id, network_id, capacity, taken, waiting)
SELECT session.id, session.network_id, COALESCE(session.capacity, activity.capacity), 0, 0
FROM planning_session AS session JOIN planning_activity AS activity ON activity.id = session.activity_id
WHERE session.id = %s AND session.network_id = %s FOR SHARE OF session, activity
ON CONFLICT (session_id) DO NOTHING
"""


@step
def open_places(session_id: int) -> None:
    """The row that everybody meets at; made when the first family comes, and found by all others. Whoever is changing
    the number of places at this moment is waited for, so that the row says what was decided.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [session_id, current_network_id()])


@step
def take_places(session_id: int, wanted: int) -> bool:
    """All of them or none, and never past those who wait."""
    rows = Places.objects.filter(session=session_id, waiting=0).filter(
        Q(capacity=None) | Q(taken__lte=F("capacity") - wanted)
    )
    is_taken = rows.update(taken=F("taken") + wanted) == 1
    if is_taken:
        kept_pages.forget()
    return is_taken


@step
def give_back_places(session_id: int, given: int) -> None:
    Places.objects.filter(session=session_id).update(taken=F("taken") - given)
    kept_pages.forget()


@step
def follow_capacity(sessions: Iterable[int]) -> None:
    """Inside the transaction that changed sessions or their activity. Whoever calls has asked whether all still fit."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, [list(sessions), current_network_id()])


@step
def keep_capacity(session_ids: Collection[int], at: datetime) -> list[Refusal]:
    """For planning's register of capacity keepers. A session that is over keeps the places it had."""
    rows = Places.objects.select_for_update(of=("self",)).select_related("session__activity").order_by("pk")
    kept = list(rows.filter(session__in=session_ids, session__ends_at__gt=at))
    wanted = [(row.session, row.taken, value_of(row.session, "capacity")) for row in kept]
    refusals = list(against_fewer(wanted, is_one=len(session_ids) == 1))
    if not refusals:
        follow_capacity([row.pk for row in kept])
    return refusals


@step
def lock_places(session_id: int) -> Places:
    row: Places = Places.objects.select_for_update().get(pk=session_id)
    return row


@step
def lock_both(one: int, other: int) -> None:
    """Of two sessions, always in the same order; both have their row."""
    list(Places.objects.select_for_update().filter(pk__in=[one, other]).order_by("pk"))


def left_of(session_id: int) -> int:
    row = Places.objects.get(pk=session_id)
    return max(0, (row.capacity or 0) - row.taken)
