"""What families are told of their registrations, and of sessions that they are signed up for. Without children's names:
a message outlives the erasing of a child.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from networks.registers import HandedFact
from notifications.choices import Channel, Need
from notifications.listeners.telling import tells
from notifications.registers import MessageKind, Recipient
from programmes.planning import messages as planned
from programmes.signup import messages as facts
from programmes.signup.choices import HOLDING, Ending, State
from programmes.signup.listeners.audience import (
    BOTH,
    EXAMPLES,
    MINE,
    TICKET_EXAMPLE,
    WHAT,
    of_live,
    of_session,
    registration_in,
    stands,
    to_adults,
    to_page,
    to_ticket,
    to_times,
    words_in,
    words_of,
)


def _of_changed(fact: HandedFact) -> Iterator[Recipient]:
    yield from of_live(fact, *HOLDING, leads=to_page)


def _of_registered(fact: HandedFact) -> Iterator[Recipient]:
    yield from of_live(fact, State.HOLDS, leads=to_ticket)


def _of_group(fact: HandedFact) -> Iterator[Recipient]:
    row = registration_in(fact)
    if row is not None and row.group is not None and row.ended_at is None:
        fields = {**words_of(row.session), "group": row.group.name, "places": str(row.counted)}
        yield from to_adults([row], fields, leads=to_ticket)


def _of_moved(fact: HandedFact) -> Iterator[Recipient]:
    row = registration_in(fact)
    if row is not None and row.ended_at is None and row.follows is not None:
        fields = {**words_of(row.session), "reason": row.follows.end_reason}
        yield from to_adults([row], fields, leads=to_ticket, about=row.session.starts_at)


def _ended(fact: HandedFact, ending: Ending) -> Iterator[Recipient]:
    """All but whoever did it; of what was signed up for, not of what was waited for."""
    row = registration_in(fact)
    if row is not None and row.ending == ending and row.state not in {State.WAITS, State.INVITED}:
        fields = {**words_in(fact, row.session), "reason": row.end_reason}
        by = fact.payload["by"]
        yield from to_adults([row], fields, leads=to_times, besides=by, about=row.session.starts_at)


def _ended_by_staff(fact: HandedFact) -> Iterator[Recipient]:
    yield from _ended(fact, Ending.BY_STAFF)


def _ended_by_family(fact: HandedFact) -> Iterator[Recipient]:
    yield from _ended(fact, Ending.BY_FAMILY)


def _of_standing(fact: HandedFact) -> Iterator[Recipient]:
    if stands(fact):
        yield from of_session(fact, (State.HOLDS, State.ASKED), leads=to_ticket)


def _of_called_off(fact: HandedFact) -> Iterator[Recipient]:
    if not stands(fact):
        yield from of_session(fact, tuple(State), leads=to_times)


tells(
    MessageKind(
        key="signup.registered",
        fact=facts.REGISTERED,
        title=_("You are signed up"),
        body=_(
            "Your family is signed up for “%(title)s”: %(when)s, %(where)s; places: %(places)s. "
            "If you cannot come, please cancel in time, so that another family gets to come."
        ),
        channels=(Channel.INBOX,),
        fields=(*WHAT, "places"),
        link=MINE,
        example_link=TICKET_EXAMPLE,
        audience=_of_registered,
        examples=EXAMPLES,
    )
)
tells(
    MessageKind(
        key="signup.written_down",
        fact=facts.WRITTEN_DOWN,
        title=_("The library has signed you up"),
        body=_(
            "%(library)s has signed your family up for “%(title)s”, as you asked: %(when)s, %(where)s; places: "
            "%(places)s. Sign in with this number to see the ticket, to add your children or to cancel."
        ),
        sms=_("You are signed up for “%(title)s”: %(when)s, %(where)s; places: %(places)s. Ticket: %(address)s"),
        channels=BOTH,
        fields=(*WHAT, "places"),
        link=MINE,
        example_link=TICKET_EXAMPLE,
        audience=_of_registered,
        examples=EXAMPLES,
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="signup.group",
        fact=facts.GROUP_REGISTERED,
        title=_("Your class is signed up"),
        body=_(
            "%(library)s has signed %(group)s up for “%(title)s”: %(when)s, %(where)s; places: %(places)s. If the class "
            "cannot come, or somebody stays at home, please call the venue."
        ),
        sms=_("%(group)s is signed up for “%(title)s”: %(when)s, %(where)s; places: %(places)s. Ticket: %(address)s"),
        channels=BOTH,
        fields=(*WHAT, "group", "places"),
        example_link=TICKET_EXAMPLE,
        audience=_of_group,
        examples={**EXAMPLES, "group": pgettext_lazy("example", "Langya Road School, class 3.2")},
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="signup.moved",
        fact=facts.MOVED,
        title=_("You were moved to another session"),
        body=_(
            "%(library)s has moved your family to “%(title)s”: %(when)s, %(where)s. %(reason)s Your old ticket leads to "
            "the new one. If it does not suit you, you can cancel at any time before it begins."
        ),
        sms=_(
            "You were moved to “%(title)s”: %(when)s, %(where)s. %(reason)s You can cancel at any time. Ticket: %(address)s"
        ),
        channels=BOTH,
        fields=(*WHAT, "reason"),
        link=MINE,
        example_link=TICKET_EXAMPLE,
        audience=_of_moved,
        examples=EXAMPLES,
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="signup.changed",
        fact=facts.CHANGED,
        title=_("Your registration was changed"),
        body=_("“%(title)s”, %(when)s, %(where)s: your family has %(places)s places now."),
        channels=(Channel.INBOX,),
        fields=(*WHAT, "places"),
        link=MINE,
        audience=_of_changed,
        examples=EXAMPLES,
    )
)
tells(
    MessageKind(
        key="signup.ended_by_library",
        fact=facts.ENDED,
        title=_("Your registration was cancelled"),
        body=_(
            "We are sorry: %(library)s has cancelled your registration for “%(title)s” (%(when)s, %(where)s). "
            "%(reason)s There are other sessions among the events."
        ),
        sms=_("Your registration for “%(title)s” on %(when)s was cancelled: %(reason)s"),
        channels=BOTH,
        fields=(*WHAT, "reason"),
        link=MINE,
        audience=_ended_by_staff,
        examples=EXAMPLES,
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="signup.ended_by_family",
        fact=facts.ENDED,
        title=_("Your family is no longer signed up"),
        body=_(
            "Somebody of your family has cancelled “%(title)s” (%(when)s, %(where)s). "
            "If you want to come after all, sign up again while there are places."
        ),
        channels=(Channel.INBOX,),
        fields=WHAT,
        link=MINE,
        audience=_ended_by_family,
        examples=EXAMPLES,
    )
)
tells(
    MessageKind(
        key="signup.session_moved",
        fact=planned.MOVED,
        title=_("A session that you are signed up for was moved"),
        body=_(
            "“%(title)s” now takes place at another time or place: %(when)s, %(where)s. Your places are kept. "
            "If it does not suit you any more, you can cancel at any time before it begins."
        ),
        sms=_("“%(title)s” was moved: now %(when)s, %(where)s. Your places are kept. Ticket: %(address)s"),
        channels=BOTH,
        fields=WHAT,
        link=MINE,
        example_link=TICKET_EXAMPLE,
        audience=_of_standing,
        examples=EXAMPLES,
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="signup.session_called_off",
        fact=planned.CALLED_OFF,
        title=_("A session that you are signed up for was called off"),
        body=_(
            "We are sorry: “%(title)s” (%(when)s, %(where)s) does not take place. %(reason)s "
            "You need not do anything; there are other sessions among the events."
        ),
        sms=_("“%(title)s” on %(when)s is called off: %(reason)s We are sorry."),
        channels=BOTH,
        fields=(*WHAT, "reason"),
        link=MINE,
        audience=_of_called_off,
        examples=EXAMPLES,
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="signup.session_restored",
        fact=planned.RESTORED,
        title=_("A session that you are signed up for takes place after all"),
        body=_(
            "Good news: “%(title)s” takes place after all: %(when)s, %(where)s. Your places are still yours. "
            "If you have other plans by now, please cancel."
        ),
        sms=_("“%(title)s” takes place after all: %(when)s, %(where)s. Your places are kept. Ticket: %(address)s"),
        channels=BOTH,
        fields=WHAT,
        link=MINE,
        example_link=TICKET_EXAMPLE,
        audience=_of_standing,
        examples=EXAMPLES,
        need=Need.NECESSARY,
    )
)
