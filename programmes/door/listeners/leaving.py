"""What is done at closing time, and who is told of a child that nobody has fetched."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.engine.scopes import in_each_network
from networks.models import Network
from networks.registers import HandedFact, every
from notifications.choices import Channel, Need
from notifications.listeners.telling import tells
from notifications.registers import MessageKind, Recipient
from programmes.door import messages as facts
from programmes.door.commands.signing_out import close_doors, look_for_children
from programmes.door.models import CheckIn, Leaving
from programmes.planning.models import Session
from programmes.planning.queries.lines import sessions_with_places
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import span_words
from programmes.signup.listeners.audience import EXAMPLES, WHAT
from programmes.signup.models import Registration, Seat
from programmes.signup.queries.told import adults_of, staff_of


@every(name="door.look_at_the_clock", seconds=60)
def look_at_the_clock() -> None:
    in_each_network(_look)


def _look(network: Network) -> None:
    look_for_children(network=network, at=clock.now())
    close_doors(network=network, at=clock.now())


def _waiting(fact: HandedFact) -> tuple[Registration, Session] | None:
    """None where the child has been signed out meanwhile."""
    seat = Seat.objects.select_related("registration").filter(pk=fact.payload["seat"]).first()
    if seat is None or Leaving.objects.filter(seat=seat, undone_at=None).exists():
        return None
    if not CheckIn.objects.filter(seat=seat, undone_at=None).exists():
        return None
    return seat.registration, sessions_with_places().get(pk=seat.session_id)


def _words(session: Session) -> dict[str, str]:
    return {
        "title": session.title or session.activity.title,
        "when": span_words(session.starts_at, session.ends_at),
        "where": place_words(session),
    }


def _family(fact: HandedFact) -> Iterator[Recipient]:
    found = _waiting(fact)
    if found is not None:
        row, session = found
        for person, _row in adults_of([row]):
            yield Recipient(person, _words(session))


def _staff(fact: HandedFact) -> Iterator[Recipient]:
    found = _waiting(fact)
    if found is not None:
        for person in staff_of(found[1]):
            yield Recipient(person, _words(found[1]), link=f"/desk/{found[1].code}/out/")


tells(
    MessageKind(
        key="door.please_fetch",
        fact=facts.NOT_FETCHED,
        title=_("Your child is still here, please come"),
        body=_(
            "“%(title)s” is over, and your child is still at %(where)s. Please come as soon as you can, or call the venue."
        ),
        sms=_("Your child is still at %(where)s; “%(title)s” is over. Please come as soon as you can."),
        channels=(Channel.INBOX, Channel.SMS),
        fields=WHAT,
        link="/me/sign-ups/",
        audience=_family,
        examples=EXAMPLES,
        need=Need.NECESSARY,
        is_urgent=True,
    )
)
tells(
    MessageKind(
        key="door.not_fetched",
        fact=facts.NOT_FETCHED,
        title=_("A child has not been fetched"),
        body=_(
            "“%(title)s” (%(when)s, %(where)s) is over, and a child has not been signed out. Please call the family."
        ),
        sms=_("A child of “%(title)s” at %(where)s has not been fetched. Please look at the way out."),
        channels=(Channel.INBOX, Channel.SMS),
        fields=WHAT,
        link="/desk/",
        audience=_staff,
        examples=EXAMPLES,
        need=Need.NECESSARY,
        is_urgent=True,
    )
)
