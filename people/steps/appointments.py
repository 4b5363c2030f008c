"""A role is offered, and becomes a role when whoever has the number says yes."""

from datetime import datetime

from kit.command import step
from networks.models import Area
from networks.steps.journal import note
from networks.steps.outbox import post
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
def send(appointment: Appointment) -> None:
    post(
        ROLE_OFFERED,
        payload={"appointment": appointment.pk},
        dedupe_key=f"{appointment.pk}:{appointment.offered_at.isoformat()}",
        expires_at=appointment.expires_at,
    )


@step
def withdraw(appointment: Appointment, *, by: Person, at: datetime) -> None:
    appointment.withdrawn_at = at
    appointment.save(update_fields=["withdrawn_at"])
    note("people.offer_withdrawn", subject=appointment, actor=by)
