"""How somebody wants to be told, and the address by which e-mails are switched off without signing in."""

from dataclasses import fields

from django.core import signing
from django.urls import reverse

from networks.models import Network
from networks.queries.hosts import address_of
from notifications.models import Preference
from notifications.rules.wishes import USUAL, Wishes
from people.models import Person


def wishes_of(person: Person) -> Wishes:
    row = Preference.objects.filter(person=person).first()
    return USUAL if row is None else Wishes(**{field.name: getattr(row, field.name) for field in fields(Wishes)})


def unsubscribe_address(person: Person) -> str:
    """Works without an end: an old e-mail's button has to work too."""
    token = _signer(person.network).sign_object([person.pk])
    return address_of(person.network) + reverse("notifications:unsubscribe", args=[token])


def person_of_token(network: Network, token: str) -> Person | None:
    """Nobody for a token that was changed, or that another network gave out."""
    try:
        number = _signer(network).unsign_object(token)[0]
    except signing.BadSignature:
        return None
    person: Person | None = Person.objects.select_related("network").filter(pk=number, erased_at=None).first()
    return person


def _signer(network: Network) -> signing.Signer:
    return signing.Signer(salt=f"notifications.unsubscribe:{network.code}")
