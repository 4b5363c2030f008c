"""Signing in by phone, up to the point where allauth takes over."""

from datetime import datetime

from django.utils.translation import gettext as _

from kit import ids, sealed
from kit.command import command
from kit.refusals import Refusal, Refused
from networks.models import Network
from networks.steps.journal import note
from networks.steps.outbox import post
from people.messages import CODE, SECOND_FACTOR_CHANGED, SIGN_IN_CODE
from people.models import Device, FormerNumber, Person
from people.queries.devices import hash_of
from people.queries.persons import person_with_phone
from people.rules import codes
from people.steps.numbers import release_number
from people.steps.persons import enrol, put_phone, verify


@command
def begin(*, network: Network, phone: str) -> Person:
    """The person with this number; a number nobody has begins an account that the first right code makes real."""
    return enrol(network=network, phone=phone)


@command
def send_code(*, person: Person, phone: str, code: str, at: datetime) -> None:
    """Hands the code to the relay. It is never sent once it has run out."""
    place = {"network_code": person.network.code, "purpose": CODE}
    post(
        SIGN_IN_CODE,
        payload={
            "person": person.pk,
            "phone": sealed.seal(phone, **place),
            "code": sealed.seal(code, **place),
            "minutes": int(codes.LIFE.total_seconds() // 60),
        },
        dedupe_key=ids.new_id(),
        expires_at=at + codes.LIFE,
    )


@command
def verify_phone(*, person: Person, at: datetime) -> None:
    verify(person, at=at)


@command
def remember_device(*, person: Person, secret: str, label: str) -> None:
    Device.objects.bulk_create([Device(person=person, secret_hash=hash_of(secret), label=label)], ignore_conflicts=True)


@command
def take_number_over(*, person: Person, at: datetime) -> Person:
    """The number leaves an account long silent and opens an empty one; the old account keeps all it holds."""
    old = Person.objects.select_for_update(of=("self",)).select_related("network").get(pk=person.pk)
    phone = old.phone
    former = release_number(old, taken_by=None, at=at)
    fresh = enrol(network=old.network, phone=phone)
    verify(fresh, at=at)
    former.taken_by = fresh
    former.save(update_fields=["taken_by"])
    return fresh


@command
def give_number_back(*, former: FormerNumber, by: Person, reason: str, at: datetime) -> None:
    """Staff have seen who it is: the account signs in with its old number again, and the newer one loses it."""
    row = FormerNumber.objects.select_for_update(of=("self",)).select_related("person__network").get(pk=former.pk)
    if row.given_back_at is not None:
        raise Refused(Refusal("given_back_already", _("This number has been given back already.")))
    person = row.person
    phone = row.phone
    holder = person_with_phone(phone, network=person.network)
    if holder is not None:
        release_number(holder, taken_by=person, at=at)
    put_phone(person, phone=phone)
    person.phone_verified_at = at
    person.save(update_fields=["phone_sealed", "phone_index", "phone_verified_at"])
    row.given_back_at = at
    row.save(update_fields=["given_back_at"])
    note("people.number_given_back", subject=person, actor=by, changed=["phone"], reason=reason)


@command
def tell_second_factor(*, person: Person, change: str) -> None:
    """`change` in allauth's words: totp_activated, webauthn_removed, recovery_codes_generated …"""
    note("people.second_factor_changed", subject=person, actor=person, values={"change": [change]})
    post(
        SECOND_FACTOR_CHANGED,
        payload={"person": person.pk, "change": change},
        dedupe_key=ids.new_id(),
    )
