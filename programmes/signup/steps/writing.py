"""A registration is written down, once its places are taken."""

from collections.abc import Sequence

from kit.command import step
from networks.steps.journal import note
from networks.steps.outbox import post
from people.models import Child
from programmes.signup.choices import State
from programmes.signup.messages import REGISTERED
from programmes.signup.models import Registration
from programmes.signup.steps.approving import ask_staff
from programmes.signup.steps.seats import fill_seats
from programmes.signup.steps.tickets import give_ticket


@step
def write_down(row: Registration, *, children: Sequence[Child]) -> Registration:
    """With its ticket, its seats, a line in the journal, and the fact that families hear of."""
    give_ticket(row)
    row.save(force_insert=True)
    fill_seats(row, children=children, adults=row.adults)
    note("signup.registered", subject=row, actor=row.by, values={"session": row.session.code, "places": row.counted})
    post(REGISTERED, payload={"registration": row.pk}, dedupe_key=f"{row.pk}")
    if row.state == State.ASKED:
        ask_staff(row.session, at=row.made_at)
    return row
