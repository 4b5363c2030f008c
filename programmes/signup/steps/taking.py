"""Places taken and the registration written down by one statement: in the minute when sign-up opens all meet at one row."""

from collections.abc import Sequence

from django.db import transaction

from kit import kept_pages
from kit.together import written_if
from networks.engine import bell
from networks.steps.journal import line_of
from networks.steps.outbox import facts_of
from people.models import Child
from programmes.signup.models import Registration
from programmes.signup.steps.seats import seats_for
from programmes.signup.steps.telling import told_as
from programmes.signup.steps.tickets import give_ticket

# As `places.take_places` takes them: all or none, and never past those who wait.
TAKE = """UPDATE signup_places SET taken = taken + %s WHERE session_id = %s AND network_id = %s AND waiting = 0
AND (capacity IS NULL OR taken <= capacity - %s) RETURNING 1"""


def take_and_write(row: Registration, *, children: Sequence[Child]) -> bool:
    """A command of its own. `row` has its id already, so that all that points to it is known before it is sent."""
    give_ticket(row)
    line = line_of(
        "signup.registered",
        subject=row,
        actor=row.by_id,
        values={"session": row.session.code, "places": row.counted},
    )
    facts = facts_of(told_as(row), lines=[({"registration": row.pk}, f"{row.pk}")])
    taking = [row.counted, row.session_id, row.network_id, row.counted]
    is_taken = written_if(TAKE, taking, [row, *seats_for(row, children=children, adults=row.adults), line, *facts])
    if is_taken:
        kept_pages.forget_soon()
        transaction.on_commit(bell.nudge)
    return is_taken
