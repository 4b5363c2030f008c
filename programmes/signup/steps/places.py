"""The count of a session's places. Changed by one statement that says how many there must be, or not at all."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import F, Q

from kit import kept_pages
from kit.command import step
from networks.models.scoping import current_network_id
from programmes.signup.models import Places

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
def take_past_list(session_id: int, wanted: int) -> bool:
    """Where the count is locked, and nobody who waits fits into what is left."""
    rows = Places.objects.filter(session=session_id).filter(Q(capacity=None) | Q(taken__lte=F("capacity") - wanted))
    is_taken = rows.update(taken=F("taken") + wanted) == 1
    if is_taken:
        kept_pages.forget()
    return is_taken


@step
def count_waiting(session_id: int, more: int) -> None:
    """So many more wait, or fewer. The count is locked."""
    Places.objects.filter(session=session_id).update(waiting=F("waiting") + more)
    kept_pages.forget()


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
def lock_places(session_id: int) -> Places:
    row: Places = Places.objects.select_for_update().get(pk=session_id)
    return row


@step
def lock_both(one: int, other: int) -> None:
    """Of two sessions, always in the same order; both have their row."""
    list(Places.objects.select_for_update().filter(pk__in=[one, other]).order_by("pk"))


def left_of(session_id: int) -> int:
    return Places.objects.get(pk=session_id).left or 0
