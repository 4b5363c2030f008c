from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Public site")

    def ready(self) -> None:
        # Models are not loaded yet when this module is.
        from cms.opening import open_corner
        from kit import navigation
        from networks.registers import opens_networks

        opens_networks("cms")(open_corner)
        navigation.reader.add(navigation.Entry(_("Front page"), "wagtail_serve", icon="home", place=10, args=("",)))
