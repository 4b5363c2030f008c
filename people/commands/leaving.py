"""Somebody leaves: roles end, phones and sessions close, a successor is invited to the same."""

from datetime import datetime, timedelta

from kit.command import command
from kit.refusals import refuse_if
from networks.models import Network
from networks.steps.journal import note
from networks.steps.outbox import post
from people.choices import Role
from people.messages import STAFF_LEFT
from people.models import Appointment, Grant, Person
from people.queries.rights import open_grants, rights_of
from people.queries.staff import open_offers
from people.rules import appointing as rules
from people.rules import phones
from people.steps import appointments as offers
from people.steps.grants import end_roles
from people.steps.leaving import end_all_sessions, revoke_devices
from people.steps.persons import enrol

# A night that was missed is made up for by the next.
NIGHTS = timedelta(days=2)


@command
def leave(
    person: Person,
    *,
    network: Network,
    by: Person,
    at: datetime,
    ends_at: datetime,
    reason: str,
    successor_phone: str = "",
    successor_name: str = "",
) -> list[Appointment]:
    """All roles that `by` may end, at `ends_at`; those elsewhere stay. With none left, phone and sessions close at
    once, or on that day by the rights themselves. The successor is invited to each role now."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    grants = grants_to_end(locked, by=by)
    refuse_if(rules.against_leaving(roles=len(grants), is_oneself=locked.pk == by.pk))
    number = phones.normal(successor_phone) if successor_phone.strip() else ""
    if number:
        refuse_if(phones.against_number(number, foreign_allowed=phones.foreign_allowed(network.rules)))
    end_roles(grants, by=by, at=ends_at)
    if ends_at <= at and not open_grants().filter(person=locked).exists():
        revoke_devices(locked, by=by, at=at)
        end_all_sessions(locked)
    made = _succession(grants, network=network, number=number, name=successor_name, by=by, at=at) if number else []
    note("people.staff_left", subject=locked, actor=by, values={"roles": len(grants)}, reason=reason)
    post(
        STAFF_LEFT,
        payload={"person": locked.pk, "by": by.pk, "ends_at": ends_at.isoformat()},
        dedupe_key=f"{locked.pk}:{at.isoformat()}",
    )
    return made


def grants_to_end(person: Person, *, by: Person) -> list[Grant]:
    rights = rights_of(by)
    rows = open_grants().filter(person=person).select_related("area", "person").order_by("pk")
    return [grant for grant in rows if rules.may_give(rights, role=grant.role, path=grant.area.path)]


def _succession(
    grants: list[Grant], *, network: Network, number: str, name: str, by: Person, at: datetime
) -> list[Appointment]:
    successor = Person.objects.select_for_update().get(pk=enrol(network=network, phone=number).pk)
    if successor.pk == grants[0].person_id:
        refuse_if(rules.against_succeeding_oneself())
    held = set(open_grants().filter(person=successor).values_list("role", "area_id"))
    offered = set(open_offers(at=at).filter(person=successor).values_list("role", "area_id"))
    return [
        offers.offer(
            person=successor,
            role=Role(grant.role),
            area=grant.area,
            name=name,
            by=by,
            at=at,
            succeeds=grant.person,
        )
        for grant in grants
        if (grant.role, grant.area_id) not in held | offered
    ]


@command
def close_doors_behind_leavers(*, at: datetime) -> int:
    """Whose last role ended since the night before: phones and sessions go as they do when somebody leaves at once."""
    ended = Grant.objects.filter(ends_at__gt=at - NIGHTS, ends_at__lte=at).values("person_id")
    open_now = open_grants().values("person_id")
    leavers = list(Person.objects.filter(pk__in=ended).exclude(pk__in=open_now).order_by("pk"))
    for person in leavers:
        revoke_devices(person, by=None, at=at)
        end_all_sessions(person)
    return len(leavers)
