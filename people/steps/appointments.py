"""A role is offered, and becomes a role when whoever has the number says yes."""

from collections.abc import Sequence
from datetime import datetime

from kit.command import step
from networks.models import Area
from networks.steps.journal import note, note_each
from networks.steps.outbox import post, post_each
from people.choices import Role
from people.messages import ROLE_OFFERED
from people.models import Appointment, Person
from people.rules.appointing import OPEN_FOR


@step
def offer(
    *, person: Person, role: Role, area: Area, name: str, by: Person, at: datetime, succeeds: Person | None = None
) -> Appointment:
    """The rules have been asked. An offer that ran out makes room for the new one."""
    Appointment.objects.filter(
        person=person, role=role, area=area, accepted_at=None, declined_at=None, withdrawn_at=None, expires_at__lte=at
    ).update(withdrawn_at=at)
    appointment: Appointment = Appointment.objects.create(
        person=person,
        role=role,
        area=area,
        name=name,
        offered_by=by,
        offered_at=at,
        expires_at=at + OPEN_FOR,
        succeeds=succeeds,
    )
    note("people.role_offered", subject=appointment, actor=by, values={"role": role, "area": area.pk})
    send(appointment)
    return appointment


@step
def offer_each(posts: Sequence[tuple[Person, Role, Area, str]], *, by: Person, at: datetime) -> list[Appointment]:
    """Many at once, each a person, a role, an area and the name that was typed; no more statements than for one."""
    persons = {person.pk for person, _role, _area, _name in posts}
    Appointment.objects.filter(
        person__in=persons, accepted_at=None, declined_at=None, withdrawn_at=None, expires_at__lte=at
    ).update(withdrawn_at=at)
    made: list[Appointment] = Appointment.objects.bulk_create(
        [
            Appointment(
                person=person,
                role=role,
                area=area,
                name=name,
                offered_by=by,
                offered_at=at,
                expires_at=at + OPEN_FOR,
            )
            for person, role, area, name in posts
        ],
        batch_size=1_000,
    )
    note_each(
        "people.role_offered",
        subjects=made,
        actor=by,
        values=lambda offer: {"role": offer.role, "area": offer.area_id},
    )
    post_each(
        ROLE_OFFERED,
        lines=[({"appointment": offer.pk}, _key(offer)) for offer in made],
        expires_at=at + OPEN_FOR,
    )
    return made


def _key(appointment: Appointment) -> str:
    return f"{appointment.pk}:{appointment.offered_at.isoformat()}"


@step
def send(appointment: Appointment) -> None:
    post(
        ROLE_OFFERED,
        payload={"appointment": appointment.pk},
        dedupe_key=_key(appointment),
        expires_at=appointment.expires_at,
    )


@step
def withdraw(appointment: Appointment, *, by: Person, at: datetime) -> None:
    appointment.withdrawn_at = at
    appointment.save(update_fields=["withdrawn_at"])
    note("people.offer_withdrawn", subject=appointment, actor=by)
