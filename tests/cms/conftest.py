from collections.abc import Callable

import pytest
from django.test import Client

from cms.models import Corner
from networks.models import Network, inside
from people.models import Person


@pytest.fixture
def editor_of() -> Callable[[Network], Client]:
    """A signed-in editor of one network, at its address."""

    def sign_in(network: Network) -> Client:
        with inside(network):
            person = Person.objects.create(name="编辑 林晚")
            person.groups.add(Corner.objects.get().editors)
            client = Client(HTTP_HOST=f"{network.code}.test")
            client.force_login(person)
        return client

    return sign_in
