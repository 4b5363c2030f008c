"""Two records of a child become one: its seats move along."""

from kit import clock
from kit.command import step
from networks.steps.journal import note
from people.models import Child
from programmes.signup.models import Seat
from programmes.signup.steps.leaving import end_childrens_seats


@step
def merge_seats(kept: Child, gone: Child) -> None:
    """For people's register of merges. Where both sit in one session, the place of the one that goes is free again."""
    sits = Seat.objects.filter(child=kept, ended_at=None).values("session_id")
    twice = list(Seat.objects.filter(child=gone, ended_at=None, session__in=sits).order_by("session_id", "pk"))
    end_childrens_seats(twice, at=clock.now())
    moved = Seat.objects.filter(child=gone).update(child=kept)
    if moved:
        note("signup.seats_merged", subject=kept, values={"moved": moved, "ended": len(twice)})
