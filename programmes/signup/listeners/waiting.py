"""The waiting list moves on by itself, and families who wait are told, each time once."""

from collections.abc import Iterator

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import clock
from networks.engine.scopes import in_each_network
from networks.models import Network
from networks.registers import HandedFact, every
from notifications.choices import Channel, Need
from notifications.listeners.telling import tells
from notifications.registers import MessageKind, Recipient
from programmes.planning import messages as planned
from programmes.signup import messages as facts
from programmes.signup.choices import Ending, State
from programmes.signup.commands.waiting import tend
from programmes.signup.listeners.audience import (
    BOTH,
    EXAMPLES,
    MINE,
    WHAT,
    of_session,
    registration_in,
    stands,
    to_adults,
    to_page,
    to_times,
    words_of,
)
from programmes.signup.queries.waiting import lists_to_tend
from programmes.signup.rules.windows import moment_words

# Seconds; an invitation runs out to the minute.
OFTEN = 30
_IN_LINE = (State.WAITS, State.INVITED)


@every(name="signup.tend_waiting_lists", seconds=OFTEN)
def tend_waiting_lists() -> None:
    in_each_network(_tend)


def _tend(network: Network) -> None:
    at = clock.now()
    for session_id in lists_to_tend(network, at=at):
        tend(session_id=session_id, at=at)


def _of_waiting(fact: HandedFact) -> Iterator[Recipient]:
    row = registration_in(fact)
    if row is not None and row.is_waiting:
        yield from to_adults([row], {**words_of(row.session), "places": str(row.counted)}, leads=to_page)


def _of_invited(fact: HandedFact) -> Iterator[Recipient]:
    """Nobody who has answered meanwhile, or was given another end."""
    row, until = registration_in(fact), parse_datetime(fact.payload["until"])
    if row is not None and until is not None and row.is_invited and row.invited_until == until > clock.now():
        fields = {**words_of(row.session), "places": str(row.counted), "until": moment_words(until)}
        yield from to_adults([row], fields, leads=to_page, about=until, expires_at=until)


def _ended(fact: HandedFact, ending: Ending) -> Iterator[Recipient]:
    row = registration_in(fact)
    if row is not None and row.ending == ending and row.state in _IN_LINE:
        fields = {**words_of(row.session), "reason": row.end_reason}
        yield from to_adults([row], fields, leads=to_times, besides=fact.payload["by"])


def _expired(fact: HandedFact) -> Iterator[Recipient]:
    yield from _ended(fact, Ending.EXPIRED)


def _had_no_turn(fact: HandedFact) -> Iterator[Recipient]:
    yield from _ended(fact, Ending.NO_TURN)


def _taken_off(fact: HandedFact) -> Iterator[Recipient]:
    yield from _ended(fact, Ending.BY_STAFF)


def _in_line(fact: HandedFact) -> Iterator[Recipient]:
    if stands(fact):
        yield from of_session(fact, _IN_LINE, leads=to_page)


tells(
    MessageKind(
        key="signup.waiting",
        fact=facts.WAITING,
        title=_("You are on the waiting list"),
        body=_(
            "Your family waits for “%(title)s”: %(when)s, %(where)s; places: %(places)s. As soon as there is room for all "
            "of you we ask whether you want to come. If you no longer do, please leave the list."
        ),
        channels=(Channel.INBOX,),
        fields=(*WHAT, "places"),
        link=MINE,
        audience=_of_waiting,
        examples=EXAMPLES,
    )
)
tells(
    MessageKind(
        key="signup.invited",
        fact=facts.INVITED,
        title=_("Places have become free for you"),
        body=_(
            "There is room for your family at “%(title)s”: %(when)s, %(where)s; places: %(places)s. Please say by %(until)s "
            "whether you come; after that the places go to the next family."
        ),
        sms=_("Places are free for you: “%(title)s”, %(when)s. Please confirm by %(until)s: %(address)s"),
        channels=BOTH,
        fields=(*WHAT, "places", "until"),
        link=MINE,
        example_link=f"{MINE}7k3qx9m2abcd/",
        audience=_of_invited,
        examples={**EXAMPLES, "until": pgettext_lazy("example", "Thu 14 May, 18:00")},
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="signup.expired",
        fact=facts.ENDED,
        title=_("The time to answer has run out"),
        body=_(
            "We kept places for you at “%(title)s” (%(when)s, %(where)s) and heard nothing, so they went to the next family. "
            "If you still want to come, please sign up again."
        ),
        channels=(Channel.INBOX,),
        fields=WHAT,
        link=MINE,
        audience=_expired,
        examples=EXAMPLES,
    )
)
tells(
    MessageKind(
        key="signup.no_turn",
        fact=facts.ENDED,
        title=_("No place became free this time"),
        body=_(
            "We are sorry: no place became free for your family at “%(title)s” (%(when)s, %(where)s), and the waiting list "
            "is closed now. There are other sessions among the events."
        ),
        sms=_("Waiting list of “%(title)s”, %(when)s: no place became free. We are sorry."),
        channels=BOTH,
        fields=WHAT,
        link=MINE,
        audience=_had_no_turn,
        examples=EXAMPLES,
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="signup.taken_off_list",
        fact=facts.ENDED,
        title=_("You are no longer on the waiting list"),
        body=_(
            "%(library)s has taken your family off the waiting list of “%(title)s” (%(when)s, %(where)s). %(reason)s "
            "There are other sessions among the events."
        ),
        channels=(Channel.INBOX,),
        fields=(*WHAT, "reason"),
        link=MINE,
        audience=_taken_off,
        examples=EXAMPLES,
    )
)
tells(
    MessageKind(
        key="signup.awaited_moved",
        fact=planned.MOVED,
        title=_("A session that you wait for was moved"),
        body=_(
            "“%(title)s” now takes place at another time or place: %(when)s, %(where)s. You keep your place in line. "
            "If it does not suit you any more, please leave the list."
        ),
        channels=(Channel.INBOX,),
        fields=WHAT,
        link=MINE,
        audience=_in_line,
        examples=EXAMPLES,
    )
)
tells(
    MessageKind(
        key="signup.awaited_restored",
        fact=planned.RESTORED,
        title=_("A session that you wait for takes place after all"),
        body=_(
            "“%(title)s” takes place after all: %(when)s, %(where)s. You are still on the waiting list. "
            "If you have other plans by now, please leave it."
        ),
        channels=(Channel.INBOX,),
        fields=WHAT,
        link=MINE,
        audience=_in_line,
        examples=EXAMPLES,
    )
)
