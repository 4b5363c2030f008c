"""Inviting people to a role, and what they answer."""

from collections.abc import Iterator
from datetime import datetime

from kit.command import command
from kit.refusals import Refusal, refuse_if
from networks.models import Area, Network
from networks.steps.journal import note
from networks.steps.outbox import post
from people.choices import Role
from people.messages import ROLE_ANSWERED
from people.models import Appointment, Grant, Person
from people.queries.rights import open_grants, rights_of
from people.queries.staff import offer_state, open_offers
from people.registers import handovers
from people.rules import appointing as rules
from people.rules import phones
from people.steps import appointments as steps
from people.steps.grants import end_roles, give_role, reopen_role
from people.steps.persons import enrol


@command
def appoint(
    *, network: Network, phone: str, name: str, role: Role, area: Area, by: Person, at: datetime
) -> Appointment:
    """Nobody holds anything by this, and the answer is the same whether the number was known or not."""
    number = phones.normal(phone)
    refuse_if(phones.against_number(number, foreign_allowed=phones.foreign_allowed(network.rules)))
    row = Area.objects.get(pk=area.pk)
    refuse_if(rules.against_giving(rights_of(by), role=role, area=row))
    person = Person.objects.select_for_update().get(pk=enrol(network=network, phone=number).pk)
    refuse_if(_against_offering(person, role=role, area=row, at=at))
    return steps.offer(person=person, role=role, area=row, name=name, by=by, at=at)


@command
def offer_to(*, person: Person, role: Role, area: Area, by: Person, at: datetime) -> Appointment:
    """A further role for somebody whom the list of staff shows."""
    row = Area.objects.get(pk=area.pk)
    refuse_if(rules.against_giving(rights_of(by), role=role, area=row))
    locked = Person.objects.select_for_update().get(pk=person.pk)
    refuse_if(_against_offering(locked, role=role, area=row, at=at))
    return steps.offer(person=locked, role=role, area=row, name="", by=by, at=at)


def _against_offering(person: Person, *, role: Role, area: Area, at: datetime) -> Iterator[Refusal]:
    yield from rules.against_offering(
        holds_it=open_grants().filter(person=person, role=role, area=area).exists(),
        is_offered=open_offers(at=at).filter(person=person, role=role, area=area).exists(),
    )


@command
def accept(appointment: Appointment, *, person: Person, at: datetime) -> Grant:
    """The role is theirs from now on; with a predecessor, what she was responsible for as well."""
    row = _locked(appointment)
    refuse_if(rules.against_answering(offer_state(row, at=at)))
    refuse_if(rules.against_place(row.role, row.area))
    row.accepted_at = at
    row.save(update_fields=["accepted_at"])
    if row.name and not person.name:
        Person.objects.filter(pk=person.pk, name="").update(name=row.name)
    grant = give_role(person=person, role=Role(row.role), area=row.area, by=row.offered_by)
    note("people.offer_accepted", subject=row, actor=person)
    if row.succeeds is not None:
        handovers.hand_over(row.succeeds, to=person, area=row.area, role=row.role)
    _tell_inviter(row, "accepted", at=at)
    return grant


@command
def decline(appointment: Appointment, *, person: Person, at: datetime) -> None:
    row = _locked(appointment)
    refuse_if(rules.against_answering(offer_state(row, at=at)))
    row.declined_at = at
    row.save(update_fields=["declined_at"])
    note("people.offer_declined", subject=row, actor=person)
    _tell_inviter(row, "declined", at=at)


@command
def withdraw(appointment: Appointment, *, by: Person, at: datetime) -> None:
    row = _locked(appointment)
    refuse_if(rules.against_ending(rights_of(by), role=row.role, path=row.area.path))
    refuse_if(rules.against_withdrawing(offer_state(row, at=at)))
    steps.withdraw(row, by=by, at=at)


@command
def remind(appointment: Appointment, *, by: Person, at: datetime) -> None:
    """Sends the message again, and the days count anew."""
    row = _locked(appointment)
    refuse_if(rules.against_giving(rights_of(by), role=row.role, area=row.area))
    refuse_if(rules.against_reminding(offer_state(row, at=at), offered_at=row.offered_at, at=at))
    row.offered_at, row.expires_at = at, at + rules.OPEN_FOR
    row.save(update_fields=["offered_at", "expires_at"])
    note("people.role_offered", subject=row, actor=by, values={"role": row.role, "area": row.area_id})
    steps.send(row)


@command
def end(grant: Grant, *, by: Person, at: datetime) -> None:
    row = Grant.objects.select_related("person", "area").get(pk=grant.pk)
    refuse_if(rules.against_ending(rights_of(by), role=row.role, path=row.area.path))
    end_roles([row], by=by, at=at)


@command
def take_back_ending(grant: Grant, *, by: Person, at: datetime) -> None:
    """Undo: the same grant runs on, if whoever ended it may give it still."""
    row = Grant.objects.select_for_update(of=("self",)).select_related("person", "area").get(pk=grant.pk)
    refuse_if(rules.against_giving(rights_of(by), role=row.role, area=row.area))
    again = open_grants().filter(person=row.person, role=row.role, area=row.area).exists()
    refuse_if(rules.against_taking_back(ended_at=None if again else row.ends_at, at=at))
    reopen_role(row, by=by)


def _locked(appointment: Appointment) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",)).select_related(
        "person", "area", "offered_by", "succeeds"
    )
    row: Appointment = rows.get(pk=appointment.pk)
    return row


def _tell_inviter(row: Appointment, answer: str, *, at: datetime) -> None:
    post(
        ROLE_ANSWERED,
        payload={"appointment": row.pk, "answer": answer},
        dedupe_key=f"{row.pk}:{answer}:{at.isoformat()}",
    )
