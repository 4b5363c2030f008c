from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from kit import navigation


class NetworksConfig(AppConfig):
    name = "networks"
    verbose_name = _("Networks")

    def ready(self) -> None:
        # It fills the registers, with the models loaded.
        from networks import listeners  # noqa: F401
        from networks.queries import words  # noqa: F401 - the journal, in words
        from networks.views import privacy_links

        navigation.footer.add_supply(privacy_links)
        connection_created.connect(_on_new_connection, dispatch_uid="networks.tell_connection")


def _on_new_connection(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    # The models are not loaded yet when this module is.
    from networks.models.scoping import tell_connection

    tell_connection(connection)
