from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class DoorConfig(AppConfig):
    name = "programmes.door"
    label = "door"
    verbose_name = pgettext_lazy("of a session", "Door")

    def ready(self) -> None:
        # Models and registers are there only once every app is loaded.
        from programmes.door.queries import (  # noqa: F401 - what can be scanned; the journal, in words
            finding,
            words,
        )
        from programmes.door.rules import network_rules  # noqa: F401 - registers what a library system may set
        from programmes.door.steps import holdings  # noqa: F401 - registers what it keeps
