"""A registration is written down, once its places are taken or its place in line is known."""

from collections.abc import Mapping, Sequence

from kit.command import step
from networks.steps.journal import note
from networks.steps.outbox import post
from people.models import Child, Person
from programmes.signup.choices import State
from programmes.signup.models import Registration
from programmes.signup.rules.answers import Key
from programmes.signup.steps.answers import write_answers
from programmes.signup.steps.approving import ask_staff
from programmes.signup.steps.seats import Guest, fill_seats
from programmes.signup.steps.telling import told_as
from programmes.signup.steps.tickets import give_ticket


@step
def write_down(
    row: Registration,
    *,
    children: Sequence[Child],
    guests: Sequence[Guest] = (),
    answers: Mapping[Key, str] | None = None,
    actor: Person | None = None,
    reason: str = "",
    days: int = 1,
) -> Registration:
    """With its ticket, its seats, its answers, a line in the journal, and the fact that families hear of. `actor`:
    where it is not who the registration is by. `days`: of a course, all for the first and none for the others: a family
    is told once.
    """
    give_ticket(row)
    row.save(force_insert=True)
    fill_seats(row, children=children, adults=row.adults, guests=guests)
    write_answers(row, answers)
    verb = "signup.joined_list" if row.state == State.WAITS else "signup.registered"
    values = {"session": row.session.code, "places": row.counted}
    note(verb, subject=row, actor=actor or row.by, values=values, reason=reason)
    if days:
        more = {"days": days} if days > 1 else {}
        post(told_as(row), payload={"registration": row.pk, **more}, dedupe_key=f"{row.pk}")
    if row.state == State.ASKED:
        ask_staff(row.session, at=row.made_at)
    return row
