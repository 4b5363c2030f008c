from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        # Models and registers are there only once every app is loaded.
        from notifications import listeners  # noqa: F401 - registers what it hears
        from notifications.listeners import families  # noqa: F401 - the same
        from notifications.queries import words  # noqa: F401 - the journal, in words
        from notifications.queries.deliveries import unread
        from notifications.steps import holdings  # noqa: F401 - registers what it keeps
        from people.doors import member
        from people.registers import AccountGroup, AccountPage, account_pages

        account_pages.add(
            AccountPage(
                "inbox",
                _("Inbox"),
                "notifications:inbox",
                "mail",
                line=_("what the library told you"),
                count=lambda request: unread(member(request)),
            )
        )
        account_pages.add(
            AccountPage(
                "message_wishes",
                _("Message settings"),
                "notifications:wishes",
                "bell",
                line=_("what you want to be told, and when not"),
                group=AccountGroup.ACCOUNT,
                place=60,
            )
        )
        _add_staff_ways()
        _add_words()


def _add_staff_ways() -> None:
    # Models are there only once every app is loaded.
    from kit import navigation
    from kit.waiting import Waiting, waiting
    from notifications.queries.deliveries import not_accepted
    from people.choices import Verb
    from people.doors import may_anywhere

    navigation.staff.add(
        navigation.Entry(
            _("Deliveries"),
            "notifications:deliveries",
            "mail",
            place=84,
            shown_to=may_anywhere(Verb.WATCH_SERVICE),
            group=navigation.Group.SERVICE,
            line=_("messages that did not arrive"),
        )
    )
    waiting.add(
        Waiting(
            "deliveries",
            _("Messages not accepted"),
            lambda _request: not_accepted().count(),
            "notifications:deliveries",
            "mail",
            shown_to=may_anywhere(Verb.WATCH_SERVICE),
            query="state=failed",
            place=82,
        )
    )


def _add_words() -> None:
    # Models are there only once every app is loaded.
    from kit import navigation
    from people.choices import Verb
    from people.doors import may_anywhere

    navigation.staff.add(
        navigation.Entry(
            _("Letters to many"),
            "notifications:letters",
            "mail",
            place=60,
            shown_to=may_anywhere(Verb.RUN_SESSIONS),
            group=navigation.Group.PEOPLE,
            line=_("what you wrote to all families of a session"),
        )
    )
    navigation.staff.add(
        navigation.Entry(
            _("SMS and what they cost"),
            "notifications:spending",
            "yuan",
            place=85,
            shown_to=may_anywhere(Verb.WATCH_SERVICE),
            group=navigation.Group.SERVICE,
            line=_("by day, month and kind of message"),
        )
    )

    navigation.staff.add(
        navigation.Entry(
            _("Messages and their words"),
            "notifications:message-kinds",
            "edit",
            place=88,
            shown_to=may_anywhere(Verb.CHANGE_SETTINGS),
            group=navigation.Group.SYSTEM,
            line=_("what people are told, in your own words"),
        )
    )
