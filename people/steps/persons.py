"""Writes to Person that commands of this and upper rooms share."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from kit import sealed
from kit.command import step
from networks.models import Network
from networks.steps.journal import note
from people.models import Person
from people.models.person import PHONE
from people.queries.persons import index_of, person_with_phone


@step
def enrol(*, network: Network, phone: str, name: str = "") -> Person:
    """The person with this number, made if nobody has it. `phone` as rules.phones.normal gives it.

    Two at once make one: the database's constraint decides, and the second finds the first.
    """
    found = person_with_phone(phone, network=network)
    if found is not None:
        return found
    fresh = Person(network=network, name=name)
    put_phone(fresh, phone=phone)
    fresh.set_unusable_password()
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:
        existing = person_with_phone(phone, network=network)
        if existing is None:
            raise
        return existing
    return fresh


@step
def enrol_each(*, network: Network, phones: Collection[str]) -> dict[str, Person]:
    """The same for many, in four statements: by number, as rules.phones.normal gives it."""
    index = {phone: index_of(phone, network=network) for phone in set(phones)}
    known = _with_indexes(index.values())
    fresh = []
    for phone, key in index.items():
        if key not in known:
            person = Person(network=network)
            put_phone(person, phone=phone)
            person.set_unusable_password()
            fresh.append(person)
    if fresh:
        # Somebody who signs up meanwhile is found the second time.
        Person.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1_000)
        known = _with_indexes(index.values())
    return {phone: known[key] for phone, key in index.items()}


def _with_indexes(indexes: Iterable[bytes]) -> dict[bytes, Person]:
    rows = Person.objects.select_related("network").filter(phone_index__in=list(indexes))
    return {bytes(person.phone_index): person for person in rows}


def put_phone(person: Person, *, phone: str) -> None:
    """Sets the columns; the caller saves them."""
    network = person.network
    person.phone_sealed = sealed.seal(phone, network_code=network.code, purpose=PHONE)
    person.phone_index = index_of(phone, network=network)
    person.__dict__.pop("phone", None)


@step
def verify(person: Person, *, at: datetime) -> None:
    if person.phone_verified_at is None:
        person.phone_verified_at = at
        person.save(update_fields=["phone_verified_at"])


@step
def set_name(person: Person, *, name: str) -> None:
    person.name = name
    person.save(update_fields=["name"])
    note("people.name_given", subject=person, actor=person, changed=["name"])
