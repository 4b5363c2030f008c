"""Small writes that keep persons true."""

from datetime import date

from allauth.mfa.models import Authenticator

from kit import sealed
from kit.command import command
from networks.models import Network
from people.models import FormerNumber, Person
from people.models.person import PHONE, SECOND_FACTOR

BATCH = 5_000


@command
def mark_seen(*, person: Person, today: date) -> None:
    Person.objects.filter(pk=person.pk).exclude(seen_on=today).update(seen_on=today)


@command
def seal_anew(*, network: Network) -> int:
    """What lies under an older key or cipher, a batch each night: when nothing is left, the old key may go."""
    return sum((_numbers_anew(network, Person), _numbers_anew(network, FormerNumber), _factors_anew(network)))


def _numbers_anew(network: Network, model: type[Person] | type[FormerNumber]) -> int:
    rows = model.objects.select_for_update(of=("self",)).exclude(phone_sealed="")
    older = rows.exclude(phone_sealed__startswith=sealed.newest()).order_by("pk")[:BATCH]
    for row in older:
        row.phone_sealed = sealed.sealed_anew(row.phone_sealed, network_code=network.code, purpose=PHONE)
        row.save(update_fields=["phone_sealed"])
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
