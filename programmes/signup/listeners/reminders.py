"""Reminded the evening before, thanked afterwards: each family once, of the session as it stands by then."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.engine.scopes import in_each_network
from networks.models import Network
from networks.registers import HandedFact, every, listens_inside
from networks.steps.outbox import post_each
from notifications.choices import Channel
from notifications.listeners.telling import tells
from notifications.registers import MessageKind, Recipient
from programmes.planning.queries.lines import sessions_with_places
from programmes.signup import messages as facts
from programmes.signup.choices import State
from programmes.signup.commands.reminding import post_reminders, post_thanks
from programmes.signup.listeners.audience import (
    EXAMPLES,
    MINE,
    TICKET_EXAMPLE,
    WHAT,
    registration_in,
    to_adults,
    to_ticket,
    words_of,
)
from programmes.signup.models import Registration
from programmes.signup.rules.reminding import evening_before


@every(name="signup.reminders", seconds=300)
def look_at_the_clock() -> None:
    in_each_network(_look)


def _look(network: Network) -> None:
    post_reminders(network=network, at=clock.now())
    post_thanks(network=network, at=clock.now())


def _coming() -> "QuerySet[Registration]":
    rows: QuerySet[Registration] = Registration.objects.filter(
        ended_at=None, state=State.HOLDS, session__called_off_at=None
    )
    return rows.order_by("pk")


@listens_inside(facts.REMINDERS_DUE, name="signup.remind")
def remind(fact: HandedFact) -> None:
    """Who signed up later than that evening's hour knows it well enough; what was moved meanwhile has its own evening."""
    starts_at = datetime.fromisoformat(fact.payload["starts_at"])
    since = evening_before(starts_at.astimezone(fact.network.zone))
    rows = _coming().filter(session=fact.payload["session"], session__starts_at=starts_at, made_at__lt=since)
    beginning = starts_at.isoformat()
    post_each(
        facts.REMINDER_DUE,
        lines=[
            ({"registration": number, "starts_at": beginning}, f"{number}:{beginning}")
            for number in rows.values_list("pk", flat=True)
        ],
        expires_at=starts_at,
    )


@listens_inside(facts.THANKS_DUE, name="signup.thank")
def thank(fact: HandedFact) -> None:
    numbers = _coming().filter(session=fact.payload["session"]).values_list("pk", flat=True)
    post_each(facts.THANK_DUE, lines=[({"registration": number}, str(number)) for number in numbers])


def _reminded(fact: HandedFact) -> Iterator[Recipient]:
    """Nobody who has cancelled since, and nobody of what was moved or called off since: that is told by itself."""
    starts_at = datetime.fromisoformat(fact.payload["starts_at"])
    for row in _as_told(fact):
        if row.session.starts_at == starts_at:
            fields = {**words_of(row.session), "places": str(row.counted)}
            yield from to_adults([row], fields, leads=to_ticket, about=starts_at, expires_at=starts_at)


def _thanked(fact: HandedFact) -> Iterator[Recipient]:
    for row in _as_told(fact):
        yield from to_adults([row], {"title": words_of(row.session)["title"]})


def _as_told(fact: HandedFact) -> Iterator[Registration]:
    row = registration_in(fact)
    if row is None or row.ended_at is not None or row.state != State.HOLDS:
        return
    session = sessions_with_places().filter(pk=row.session_id, called_off_at=None).first()
    if session is not None:
        row.session = session
        yield row


tells(
    MessageKind(
        key="signup.reminder",
        fact=facts.REMINDER_DUE,
        title=_("Tomorrow you are coming to the library"),
        body=_(
            "A reminder of “%(title)s”: %(when)s, %(where)s; places: %(places)s. "
            "If you cannot come after all, please cancel under “My registrations”, so that another family gets to come."
        ),
        sms=_("Tomorrow: “%(title)s”, %(when)s, %(where)s. Your ticket, and to cancel: %(address)s"),
        channels=(Channel.INBOX, Channel.SMS, Channel.EMAIL),
        fields=(*WHAT, "places"),
        link=MINE,
        example_link=TICKET_EXAMPLE,
        audience=_reminded,
        examples=EXAMPLES,
        # At half past seven in the evening, to whoever has not looked.
        sms_after=timedelta(minutes=90),
    )
)
tells(
    MessageKind(
        key="signup.thanks",
        fact=facts.THANK_DUE,
        title=_("Thank you for being with us"),
        body=_("“%(title)s” is over. Thank you for being with us; we are looking forward to the next time."),
        channels=(Channel.INBOX,),
        fields=("title",),
        link="/events/",
        audience=_thanked,
        examples=EXAMPLES,
    )
)
