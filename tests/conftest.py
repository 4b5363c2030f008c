"""Every test runs on a real PostgreSQL as the web role, with warnings, error logs and loose templates forbidden."""

import pytest

from tests import database

# The settings read the environment once: the server must stand before Django is set up, and Django before any model
# is imported.
database.prepare()

# ruff: noqa: E402
import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, connections, transaction
from django.template import engines
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings

from networks.commands.open_network import open_network
from networks.models import Area, Network, inside
from people.choices import Role
from people.models import Person
from people.steps.grants import give_role
from tests import cast
from tests.strictness import Undefined, no_error_logs

# How long an example takes says how busy the machine is, and nothing about us.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from tests.sharing import Shared

    return Shared(config, log)


def _restore_the_template_rows(_case: TransactionTestCase) -> None:
    """Instead of Django's flush, which needs the tables' owner and forgets what migrations wrote."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT siji_test.restore()")


TransactionTestCase._fixture_teardown = _restore_the_template_rows  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    database.make_copy()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    database.drop_copy()


@pytest.fixture(autouse=True)
def error_logs() -> Iterator[list[logging.LogRecord]]:
    with no_error_logs() as records:
        yield records


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail() -> None:
    for engine in engines.all():
        engine.engine.string_if_invalid = Undefined()  # type: ignore[attr-defined]


@pytest.fixture
def nanjing(db: None) -> Network:
    return cast.open_to_readers(cast.NANJING)


@pytest.fixture
def shenzhen(db: None) -> Network:
    return cast.open_to_readers(cast.SHENZHEN)


@pytest.fixture
def operator(db: None) -> Network:
    return open_network(cast.OPERATOR)


@pytest.fixture
def nanjing_cast(nanjing: Network) -> cast.Cast:
    return cast.Cast(nanjing, district="鼓楼区", other="江宁区")


@pytest.fixture
def shenzhen_cast(shenzhen: Network) -> cast.Cast:
    return cast.Cast(shenzhen, district="南山区", other="福田区")


@pytest.fixture
def operator_cast(operator: Network) -> cast.Cast:
    return cast.Cast(operator)


@pytest.fixture
def editor_of(settings: Any) -> Callable[[Network], Client]:
    """A signed-in editor of one network, at its address."""
    settings.SECOND_FACTOR_NEEDED = False

    def sign_in(network: Network) -> Client:
        with inside(network), transaction.atomic():
            person = Person.objects.create(name="林晚")
            give_role(person=person, role=Role.EDITOR, area=Area.objects.get(parent=None))
            client = Client(HTTP_HOST=f"{network.code}.test")
            client.force_login(person)
        return client

    return sign_in
