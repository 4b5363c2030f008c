"""What is told where the library says yes first: to the family, and to the staff who say it."""

from collections.abc import Iterator
from datetime import time

from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.engine.scopes import in_each_network
from networks.registers import HandedFact, every
from notifications.choices import Channel, Need
from notifications.listeners.telling import tells
from notifications.registers import MessageKind, Recipient
from programmes.planning.queries.lines import sessions_with_places
from programmes.signup import messages as facts
from programmes.signup.choices import Ending, State
from programmes.signup.commands.approving import remind_of_approvals
from programmes.signup.listeners.audience import (
    EXAMPLES,
    MINE,
    TICKET_EXAMPLE,
    WHAT,
    of_live,
    registration_in,
    to_adults,
    to_page,
    to_ticket,
    to_times,
    words_of,
)
from programmes.signup.queries.approvals import count_asking
from programmes.signup.queries.told import staff_of

_ANSWERS = "/plan/sign-ups/approvals/"
_BOTH = (Channel.INBOX, Channel.SMS)


@every(name="signup.remind_of_approvals", at=time(8, 5))
def remind() -> None:
    in_each_network(lambda network: remind_of_approvals(today=clock.today(network.zone), zone=network.zone))


def _of_asking(fact: HandedFact) -> Iterator[Recipient]:
    yield from of_live(fact, State.ASKED, leads=to_page)


def _of_approved(fact: HandedFact) -> Iterator[Recipient]:
    """On the waiting list it is no news yet: the invitation says the rest."""
    yield from of_live(fact, State.HOLDS, leads=to_ticket)


def _of_turned_down(fact: HandedFact) -> Iterator[Recipient]:
    row = registration_in(fact)
    if row is not None and row.ending == Ending.REFUSED:
        yield from to_adults([row], {**words_of(row.session), "reason": row.end_reason}, leads=to_times)


def _staff(fact: HandedFact) -> Iterator[Recipient]:
    """Nobody where all have been answered meanwhile."""
    session = sessions_with_places().filter(pk=fact.payload["session"], called_off_at=None).first()
    count = count_asking(session) if session is not None else 0
    if session is not None and count:
        for person in staff_of(session):
            yield Recipient(person, {**words_of(session), "count": str(count)})


tells(
    MessageKind(
        key="signup.asked",
        fact=facts.ASKED,
        title=_("We have your sign-up"),
        body=_(
            "%(library)s looks at each sign-up for “%(title)s” (%(when)s, %(where)s) and lets you know. "
            "Until then your places are kept: %(places)s."
        ),
        channels=(Channel.INBOX,),
        fields=(*WHAT, "places"),
        link=MINE,
        audience=_of_asking,
        examples=EXAMPLES,
    )
)
tells(
    MessageKind(
        key="signup.approved",
        fact=facts.APPROVED,
        title=_("Your sign-up is approved"),
        body=_(
            "You are expected at “%(title)s”: %(when)s, %(where)s; places: %(places)s. "
            "If you cannot come, please cancel in time, so that another family gets to come."
        ),
        sms=_("Your sign-up for “%(title)s” on %(when)s is approved. Ticket: %(address)s"),
        channels=_BOTH,
        fields=(*WHAT, "places"),
        link=MINE,
        example_link=TICKET_EXAMPLE,
        audience=_of_approved,
        examples=EXAMPLES,
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="signup.turned_down",
        fact=facts.ENDED,
        title=_("Your sign-up was not approved"),
        body=_(
            "We are sorry: %(library)s could not approve your sign-up for “%(title)s” (%(when)s, %(where)s). "
            "%(reason)s There are other sessions among the events."
        ),
        sms=_("Your sign-up for “%(title)s” on %(when)s was not approved: %(reason)s"),
        channels=_BOTH,
        fields=(*WHAT, "reason"),
        link=MINE,
        audience=_of_turned_down,
        examples=EXAMPLES,
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="signup.approval_asked",
        fact=facts.APPROVAL_ASKED,
        title=_("Families wait for your yes or no"),
        body=_("Families who wait for an answer for “%(title)s” (%(when)s, %(where)s): %(count)s."),
        channels=(Channel.INBOX,),
        fields=(*WHAT, "count"),
        link=_ANSWERS,
        audience=_staff,
        examples=EXAMPLES,
    )
)
tells(
    MessageKind(
        key="signup.approval_due",
        fact=facts.APPROVAL_DUE,
        title=_("Tomorrow, and families still wait for an answer"),
        body=_(
            "“%(title)s” is tomorrow (%(when)s, %(where)s), and families still do not know whether they may come: "
            "%(count)s. Please answer today."
        ),
        channels=(Channel.INBOX,),
        fields=(*WHAT, "count"),
        link=_ANSWERS,
        audience=_staff,
        examples=EXAMPLES,
    )
)
