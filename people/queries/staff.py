"""Who works where, as those see it who appoint them: roles held, invitations under way, how safely each signs in.

Somebody who was only invited is shown by what the inviter typed. Whether the number was known before, and as whom,
shows nowhere: neither in a name, nor in a sort, nor in what a search finds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from kit import clock
from kit.refusals import Refusal
from networks.models import Area
from people.choices import OfferState, Role
from people.models import Appointment, Device, Grant, Person
from people.queries.workplace import as_tree, within
from people.rules import appointing, phones
from people.rules.devices import LIFE

# Persons with what `_people` notes on each: shown_name, held, offers and so on.
Staff = QuerySet[Any]


@dataclass(frozen=True)
class StaffPost:
    """A role held, or offered: a person has one or several."""

    name: str
    phone: str
    role: str
    area: str
    district: str
    state: str
    seen_on: date | None
    since: datetime


def open_offers(*, at: datetime) -> "QuerySet[Appointment]":
    """Not answered, and still to be."""
    rows: QuerySet[Appointment] = Appointment.objects.filter(
        accepted_at=None, declined_at=None, withdrawn_at=None, expires_at__gt=at
    )
    return rows


def shown_offers(paths: tuple[str, ...], *, at: datetime) -> "QuerySet[Appointment]":
    """Those that somebody still has to look at: open, run out, declined."""
    rows: QuerySet[Appointment] = Appointment.objects.filter(
        within("area__path", paths), accepted_at=None, withdrawn_at=None, offered_at__gt=at - appointing.SHOWN_FOR
    )
    return rows


def held_grants(paths: tuple[str, ...], *, at: datetime) -> "QuerySet[Grant]":
    rows: QuerySet[Grant] = Grant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), within("area__path", paths), starts_at__lte=at
    )
    return rows


def staff_within(paths: tuple[str, ...], *, at: datetime) -> Staff:
    """Everybody with a role or an invitation there. Three statements, however many they are."""
    return _people(paths, at=at).filter(Q(is_staff_here=True) | Q(is_invited=True))


def gone_within(paths: tuple[str, ...], *, at: datetime) -> Staff:
    """Who held a role there until lately."""
    return _people(paths, at=at).filter(is_known=True, is_staff_here=False, is_invited=False)


def anybody_within(paths: tuple[str, ...], *, at: datetime) -> Staff:
    """For one person's page: who holds, held or was offered a role there."""
    return _people(paths, at=at).filter(Q(is_known=True) | Q(is_invited=True))


def _people(paths: tuple[str, ...], *, at: datetime) -> Staff:
    here, mine = within("area__path", paths), OuterRef("pk")
    held, offers = held_grants(paths, at=at), shown_offers(paths, at=at)
    typed = Appointment.objects.filter(here, person=mine).exclude(name="").order_by("-offered_at")
    bound = Device.objects.filter(person=mine, confirmed_at__gt=at - LIFE, revoked_at=None)
    factor = Authenticator.objects.filter(user_id=mine, type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN))
    rows: Staff = Person.objects.select_related("network").annotate(
        is_known=Exists(Grant.objects.filter(here, person=mine)),
        is_staff_here=Exists(held.filter(person=mine)),
        is_invited=Exists(offers.filter(person=mine)),
        has_factor=Case(When(is_known=True, then=Exists(factor)), default=Value(False)),
        has_bound=Case(When(is_known=True, then=Exists(bound)), default=Value(False)),
        shown_seen=Case(When(is_known=True, then=F("seen_on")), default=None, output_field=DateField(null=True)),
        shown_name=Coalesce(
            Case(When(is_known=True, then=NullIf(F("name"), Value(""))), default=None, output_field=CharField()),
            Subquery(typed.values("name")[:1]),
            Value(""),
        ),
    )
    areas = ("area__place", "area_id", "pk")
    return rows.prefetch_related(
        Prefetch("grants", held.select_related("area__parent", "granted_by").order_by(*areas), to_attr="held"),
        Prefetch(
            "appointments", offers.select_related("area__parent", "offered_by").order_by(*areas), to_attr="offers"
        ),
    )


def named(rows: Staff, words: str) -> Staff:
    """By name, or by the last digits of the number; numbers are sealed, so those are opened one by one."""
    digits = "".join(sign for sign in words if sign.isdigit())
    if len(digits) < 4 or len(digits) != len(words.replace(" ", "").lstrip("+")):
        return rows.filter(shown_name__icontains=words)
    found = [person.pk for person in rows.prefetch_related(None) if person.phone.endswith(digits)]
    return rows.filter(pk__in=found)


def with_role(rows: Staff, role: str, *, paths: tuple[str, ...], at: datetime) -> Staff:
    mine = OuterRef("pk")
    return rows.filter(
        Exists(held_grants(paths, at=at).filter(person=mine, role=role))
        | Exists(shown_offers(paths, at=at).filter(person=mine, role=role))
    )


def offer_state(offer: Appointment, *, at: datetime) -> OfferState:
    return appointing.state_of(
        accepted_at=offer.accepted_at,
        declined_at=offer.declined_at,
        withdrawn_at=offer.withdrawn_at,
        expires_at=offer.expires_at,
        at=at,
    )


def in_state(rows: Staff, state: str, *, paths: tuple[str, ...], at: datetime) -> Staff:
    """`state`: "holds", or that of an invitation."""
    if state == "holds":
        return rows.filter(is_staff_here=True)
    offers = shown_offers(paths, at=at).filter(person=OuterRef("pk"))
    wanted = {
        OfferState.OPEN: Q(declined_at=None, expires_at__gt=at),
        OfferState.EXPIRED: Q(declined_at=None, expires_at__lte=at),
        OfferState.DECLINED: Q(declined_at__isnull=False),
    }[OfferState(state)]
    return rows.filter(Exists(offers.filter(wanted)))


def posts_of(people: Iterable[Any], *, at: datetime) -> Iterable[StaffPost]:
    """Line by line for a table: of people as `staff_within` gives them, without a further statement."""
    for person in people:
        for grant in person.held:
            yield _post(person, grant, state="holds", since=grant.starts_at)
        for offer in person.offers:
            yield _post(person, offer, state=offer_state(offer, at=at), since=offer.offered_at)


def _post(person: Any, post: Grant | Appointment, *, state: str, since: datetime) -> StaffPost:
    return StaffPost(
        name=person.shown_name,
        phone=phones.masked(person.phone),
        role=str(Role(post.role).label),
        area=post.area.name,
        district=post.area.parent.name if post.area.parent else "",
        state=state,
        seen_on=person.shown_seen,
        since=since,
    )


def areas_to_choose(paths: tuple[str, ...]) -> list[Area]:
    """Open ones, every area after the one it lies in."""
    return as_tree(list(Area.objects.filter(within("path", paths), closed_at=None)))


def expired_offers(paths: tuple[str, ...], *, at: datetime) -> "QuerySet[Appointment]":
    return shown_offers(paths, at=at).filter(declined_at=None, expires_at__lte=at)


def grants_hanging_on(area: Area) -> Iterator[Refusal]:
    """A guard of areas: roles and invitations there, or below."""
    at = clock.now()
    held = held_grants((area.path,), at=at).count()
    offered = open_offers(at=at).filter(area__path__startswith=area.path).count()
    there = f"{reverse('people:staff')}?area={area.pk}"
    for refusal in appointing.against_closing(roles=held, offers=offered):
        yield replace(refusal, link=there)
