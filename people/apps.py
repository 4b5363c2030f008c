from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        # Models and registers are there only once every app is loaded.
        from kit import navigation
        from people import listeners  # noqa: F401 - registers what it hears
        from people.choices import Verb
        from people.doors import is_signed_in, is_staff, is_stranger, may_anywhere

        navigation.account.add(navigation.Entry(_("Sign in"), "people:sign-in", "enter", shown_to=is_stranger))
        navigation.account.add(navigation.Entry(_("Workplace"), "people:plan", "desk", place=10, shown_to=is_staff))
        navigation.staff.add(navigation.Entry(_("Workplace"), "people:plan", "desk", place=0))
        navigation.account.add(navigation.Entry(_("My pages"), "people:me", "person", shown_to=is_signed_in))
        navigation.reader.add(navigation.Entry(_("Mine"), "people:me", "person", place=90))
        for label, page, icon, place, verb in (
            (_("Library systems"), "operator", "home", 10, Verb.OPERATE),
            (_("Keepers' phones"), "keepers-devices", "phone", 80, Verb.CONFIRM_DEVICES),
            (_("Former numbers"), "former-numbers", "undo", 82, Verb.GRANT_ROLES),
            (_("Set aside"), "facts", "warn", 85, Verb.WATCH_SERVICE),
            (_("Long work"), "jobs", "clock", 86, Verb.EXPORT),
            (_("Library system"), "settings", "home", 90, Verb.CHANGE_SETTINGS),
        ):
            navigation.staff.add(
                navigation.Entry(label, f"people:{page}", icon, place=place, shown_to=may_anywhere(verb))
            )
