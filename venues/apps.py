from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VenuesConfig(AppConfig):
    name = "venues"
    verbose_name = _("Venues")

    def ready(self) -> None:
        # Models and registers are there only once every app is loaded.
        from kit.navigation import Entry, reader
        from venues.steps import holdings  # noqa: F401 - registers what it keeps

        reader.add(Entry(_("Venues"), "venues:public", "pin", place=30))
