"""One member of staff: roles now and before, phones, what was done about them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kit.refusals import Text
from networks.models import JournalLine
from networks.registers import journal_words
from people.models import Appointment, Device, Grant, Person
from people.queries.devices import state_of
from people.queries.staff import offer_state
from people.queries.workplace import within
from people.rules.appointing import may_give
from people.rules.rights import Rights

LINES = 30


@dataclass(frozen=True)
class RoleLine:
    grant: Grant
    can_end: bool
    is_ending: bool


@dataclass(frozen=True)
class OfferLine:
    offer: Appointment
    state: str
    label: Text
    can_act: bool


@dataclass(frozen=True)
class HistoryLine:
    at: datetime
    words: Text
    who: str
    reason: str


def role_lines(person: Any, rights: Rights) -> list[RoleLine]:
    """`person` as `staff_within` gives it."""
    return [
        RoleLine(grant, may_give(rights, role=grant.role, path=grant.area.path), grant.ends_at is not None)
        for grant in person.held
    ]


def offer_lines(person: Any, rights: Rights, *, at: datetime) -> list[OfferLine]:
    return [
        OfferLine(offer, state, state.label, may_give(rights, role=offer.role, path=offer.area.path))
        for offer in person.offers
        for state in [offer_state(offer, at=at)]
    ]


def past_grants(person: Person, paths: tuple[str, ...], *, at: datetime) -> list[Grant]:
    rows = Grant.objects.filter(within("area__path", paths), person=person, ends_at__lte=at)
    return list(rows.select_related("area", "granted_by").order_by("-ends_at")[:LINES])


def bound_devices(person: Any, *, at: datetime) -> list[tuple[Device, Any]]:
    """None of somebody who was only invited."""
    if not person.is_known:
        return []
    rows = Device.objects.filter(person=person, asked_at__isnull=False).order_by("-asked_at")[:10]
    return [(device, state_of(device, at=at)) for device in rows]


def history_of(person: Any) -> list[HistoryLine]:
    """What staff did about this person's work; of somebody only invited, the invitations alone are on the page."""
    if not person.is_known:
        return []
    rows = list(
        JournalLine.objects.filter(subject_kind="people.person", subject_id=person.pk, verb__in=STAFF_VERBS).order_by(
            "-at", "-pk"
        )[:LINES]
    )
    names = dict(Person.objects.filter(pk__in={row.actor_id for row in rows}).values_list("pk", "name"))
    return [
        HistoryLine(row.at, journal_words.of(row.verb), names.get(row.actor_id or 0, ""), row.reason) for row in rows
    ]


STAFF_VERBS = ("people.role_given", "people.role_ended", "people.role_ending_undone", "people.staff_left")
