from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VenuesConfig(AppConfig):
    name = "venues"
    verbose_name = _("Venues")

    def ready(self) -> None:
        # Models and registers are there only once every app is loaded.
        from kit.navigation import Entry, reader
        from venues import listeners  # noqa: F401 - registers what it hears
        from venues.steps import holdings  # noqa: F401 - registers what it keeps

        reader.add(Entry(_("Venues"), "venues:public", "pin", place=30))
        _add_staff_ways()


def _add_staff_ways() -> None:
    # Models are there only once every app is loaded.
    from kit.navigation import Entry, staff, staff_bar
    from people.choices import Role, Verb
    from people.doors import has_role, may_anywhere

    tends, plans = may_anywhere(Verb.TEND_VENUES), may_anywhere(Verb.SEE_PLAN)
    staff.add(
        Entry(
            _("Venues"),
            "venues:venues",
            "building",
            place=20,
            shown_to=tends,
            line=_("details, hours, rooms, pictures"),
        )
    )
    staff.add(
        Entry(
            _("Closures"),
            "venues:closures",
            "calendar-off",
            place=22,
            shown_to=tends,
            line=_("when venues are closed, and why"),
        )
    )
    staff.add(
        Entry(
            _("Days off"), "venues:calendar", "calendar", place=24, shown_to=plans, line=_("public holidays and 调休")
        )
    )
    staff_bar.add(Entry(_("Venues"), "venues:venues", "building", place=20, shown_to=has_role(Role.KEEPER)))
