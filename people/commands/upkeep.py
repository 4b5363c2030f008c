"""Small writes that keep persons true."""

from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator

from kit import sealed
from kit.command import command
from networks.models import Network
from people.models import FormerNumber, JoinLink, Person, ReaderNumber
from people.models.child import READER_NUMBER
from people.models.household import JOIN_LINK
from people.models.person import PHONE, SECOND_FACTOR
from people.registers import resealers

BATCH = 5_000


@command
def mark_seen(*, person: Person, today: date) -> None:
    Person.objects.filter(pk=person.pk).exclude(seen_on=today).update(seen_on=today)


@command
def seal_anew(*, network: Network) -> int:
    """What lies under an older key or cipher, a batch each night: when nothing is left, the old key may go."""
    return sum(
        (
            _numbers_anew(network, Person),
            _numbers_anew(network, FormerNumber),
            _column_anew(network, ReaderNumber, "number_sealed", purpose=READER_NUMBER),
            _column_anew(network, JoinLink, "secret_sealed", purpose=JOIN_LINK),
            _factors_anew(network),
            *(reseal(network) for reseal in resealers.values()),
        )
    )


def _numbers_anew(network: Network, model: type[Person] | type[FormerNumber]) -> int:
    return _column_anew(network, model, "phone_sealed", purpose=PHONE)


def _column_anew(network: Network, model: Any, column: str, *, purpose: str) -> int:
    rows = model.objects.select_for_update(of=("self",)).exclude(**{column: ""})
    older = rows.exclude(**{f"{column}__startswith": sealed.newest()}).order_by("pk")[:BATCH]
    for row in older:
        anew = sealed.sealed_anew(getattr(row, column), network_code=network.code, purpose=purpose)
        setattr(row, column, anew)
        row.save(update_fields=[column])
    return len(older)


def _factors_anew(network: Network) -> int:
    done = 0
    for factor in Authenticator.objects.filter(user__network=network).select_for_update(of=("self",)).order_by("pk"):
        older = [
            name
            for name in ("secret", "seed")
            if not factor.data.get(name, sealed.newest()).startswith(sealed.newest())
        ]
        for name in older:
            factor.data[name] = sealed.sealed_anew(factor.data[name], network_code=network.code, purpose=SECOND_FACTOR)
        if older:
            factor.save(update_fields=["data"])
            done += 1
    return done


@command
def set_name(*, person: Person, name: str) -> None:
    Person.objects.filter(pk=person.pk).update(name=name)
