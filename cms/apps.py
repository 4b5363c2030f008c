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
        from people.choices import Verb
        from people.doors import may_anywhere

        navigation.staff.add(
            navigation.Entry(
                _("Front page and pictures"),
                "wagtailadmin_home",
                "book",
                place=70,
                shown_to=may_anywhere(Verb.WRITE_PAGES),
            )
        )
        opens_networks("cms")(open_corner)
        navigation.reader.add(navigation.Entry(_("Front page"), "wagtail_serve", icon="home", place=10, args=("",)))
