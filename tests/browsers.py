"""Browsers that are signed in already, for tests that are not about signing in."""

import time

from allauth.account.internal.flows import login
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.db import transaction
from django.test import Client

from kit import clock
from networks.models import Area, Network, inside
from people.choices import Role
from people.models import Device, Person
from people.queries.devices import hash_of
from people.rules import phones
from people.steps.grants import give_role
from people.steps.persons import enrol, verify

DEVICE_SECRET = "a-device-of-the-test"


def person(network: Network, phone: str, *, name: str = "") -> Person:
    with inside(network), transaction.atomic():
        found = enrol(network=network, phone=phones.normal(phone), name=name)
        verify(found, at=clock.now())
        return found


def staff(network: Network, phone: str, role: Role, *, area: str = "", name: str = "") -> Person:
    """Somebody with a role for the area of that name, by default for the whole city."""
    found = person(network, phone, name=name)
    with inside(network), transaction.atomic():
        place = Area.objects.get(name=area) if area else Area.objects.get(parent=None)
        give_role(person=found, role=role, area=place)
    return found


def browser(who: Person, *, second_factor: bool = True, bound: bool = False) -> Client:
    """Signed in at the first host of the person's network, by code, and with a second factor unless told otherwise."""
    network = who.network
    client = Client(HTTP_HOST=network.hosts.get(is_primary=True).host)
    with inside(network):
        client.force_login(who)
        session = client.session
        methods = ["code", "mfa"] if second_factor else ["code"]
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": each, "at": time.time()} for each in methods]
        session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(who)
        session.save()
        if bound:
            at = clock.now()
            Device.objects.create(
                person=who, secret_hash=hash_of(DEVICE_SECRET), label="Android · 微信", asked_at=at, confirmed_at=at
            )
            client.cookies[settings.DEVICE_COOKIE_NAME] = DEVICE_SECRET
    return client
