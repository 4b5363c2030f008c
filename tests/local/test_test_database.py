"""The tests' own database: the web role's rights, and that a transactional test leaves no trace."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection, transaction
from wagtail.models import Locale, Page

from networks.models import Network

pytestmark = pytest.mark.versions


@pytest.mark.django_db
def test_the_tests_connect_as_the_role_that_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole)")
        assert cursor.fetchone() == ("siji_web", 0)
        with pytest.raises(ProgrammingError, match="must be owner of table"), transaction.atomic():
            cursor.execute("ALTER TABLE networks_network ADD COLUMN odd integer")


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_finds_what_migrations_wrote_and_leaves_nothing() -> None:
    for _turn in range(2):
        # What ends every such test; whatever ran before this one moved the numbers.
        with connection.cursor() as cursor:
            cursor.execute("SELECT siji_test.restore()")
        ContentType.objects.clear_cache()
        network = Network.objects.create(code="n1", name="甲", library_name="甲图书馆")
        assert list(Network.objects.all()) == [network]
        assert ContentType.objects.get_for_model(Network).pk == ContentType.objects.get(model="network").pk
        assert Page.objects.filter(depth=1).count() == 1
        assert Locale.objects.count() == 1
        assert network.pk == 1
