"""What is done at closing time, and who is told of a child that nobody has fetched."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import clock
from kit.refusals import Text
from networks.engine.scopes import in_each_network
from networks.models import Network
from networks.registers import HandedFact, every
from notifications.choices import Channel, Need
from notifications.listeners.telling import tells
from notifications.registers import MessageKind, Recipient
from programmes.door import messages as facts
from programmes.door.commands.signing_out import close_doors, look_for_children
from programmes.door.queries.leaving import children_here
from programmes.planning.models import Session
from programmes.planning.queries.lines import sessions_with_places
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import span_words
from programmes.signup.listeners.audience import EXAMPLES, WHAT
from programmes.signup.models import Registration
from programmes.signup.queries.told import adults_of, staff_of


@every(name="door.look_at_the_clock", seconds=60)
def look_at_the_clock() -> None:
    in_each_network(_look)


def _look(network: Network) -> None:
    look_for_children(network=network, at=clock.now())
    close_doors(network=network, at=clock.now())


def _waiting(fact: HandedFact) -> tuple[Registration, Session, int] | None:
    """How many of its children are still here; None where all have been signed out meanwhile."""
    row = Registration.objects.prefetch_related("seats").filter(pk=fact.payload["registration"]).first()
    left = len(children_here(row)) if row is not None else 0
    return (row, sessions_with_places().get(pk=row.session_id), left) if row is not None and left else None


def _words(session: Session, who: str) -> dict[str, str]:
    return {
        "title": session.title or session.activity.title,
        "when": span_words(session.starts_at, session.ends_at),
        "where": place_words(session),
        "who": who,
    }


def _family(fact: HandedFact) -> Iterator[Recipient]:
    found = _waiting(fact)
    if found is not None:
        row, session, left = found
        who = _one_or_many(left, _("your child"), _("your %(n)s children"))
        for person, _row in adults_of([row]):
            yield Recipient(person, _words(session, who))


def _staff(fact: HandedFact) -> Iterator[Recipient]:
    found = _waiting(fact)
    if found is not None:
        _row, session, left = found
        who = _one_or_many(left, _("a child"), _("%(n)s children of one family"))
        for person in staff_of(session):
            yield Recipient(person, _words(session, who), link=f"/desk/{session.code}/out/")


def _one_or_many(number: int, one: Text, many: Text) -> str:
    """Chinese has one plural form, and yet says nothing of one."""
    return str(one) if number == 1 else str(many) % {"n": number}


tells(
    MessageKind(
        key="door.please_fetch",
        fact=facts.NOT_FETCHED,
        title=_("Your child is still here, please come"),
        body=_(
            "“%(title)s” is over, and still at %(where)s: %(who)s. Please come as soon as you can, or call the venue."
        ),
        sms=_("“%(title)s” is over; still at %(where)s: %(who)s. Please come as soon as you can."),
        channels=(Channel.INBOX, Channel.SMS),
        fields=(*WHAT, "who"),
        link="/me/sign-ups/",
        audience=_family,
        examples={**EXAMPLES, "who": pgettext_lazy("example", "your 2 children")},
        need=Need.NECESSARY,
        is_urgent=True,
    )
)
tells(
    MessageKind(
        key="door.not_fetched",
        fact=facts.NOT_FETCHED,
        title=_("A child has not been fetched"),
        body=_("“%(title)s” (%(when)s, %(where)s) is over; not signed out yet: %(who)s. Please call the family."),
        sms=_("“%(title)s” at %(where)s is over; not fetched yet: %(who)s. Please look at the way out."),
        channels=(Channel.INBOX, Channel.SMS),
        fields=(*WHAT, "who"),
        link="/desk/",
        audience=_staff,
        examples={**EXAMPLES, "who": pgettext_lazy("example", "2 children of one family")},
        need=Need.NECESSARY,
        is_urgent=True,
    )
)
