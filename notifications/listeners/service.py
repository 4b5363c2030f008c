"""Letters to many on their way, and what administrators are told of the day's SMS."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import clock
from kit.dates import short_day
from kit.refusals import Text
from networks.registers import HandedFact, listens_inside
from notifications.choices import Channel
from notifications.listeners.telling import tells
from notifications.messages import BUDGET_USED_UP, LETTER
from notifications.queries.letters import LETTER_BY_SMS, LETTER_KIND
from notifications.registers import MessageKind, Recipient, add_kind
from notifications.rules.spending import parts_a_day
from notifications.steps.letters import tell_some
from people.choices import Verb
from people.queries.rights import holders_of

_EXAMPLES: dict[str, Text | int] = {
    "title": pgettext_lazy("example", "Please bring a pair of scissors"),
    "text": pgettext_lazy(
        "example", "We are going to make paper lanterns on Saturday. Please bring a pair of children's scissors."
    ),
}


@listens_inside(LETTER, name="notifications.send_letter", limit_seconds=60)
def send_letter(fact: HandedFact) -> None:
    tell_some(fact.payload["letter"], at=clock.now())


def _administrators(fact: HandedFact) -> Iterator[Recipient]:
    day = short_day(date.fromisoformat(fact.payload["day"]))
    for person in holders_of(Verb.CHANGE_SETTINGS):
        yield Recipient(person, {"day": day, "count": parts_a_day(fact.network.rules)})


add_kind(
    MessageKind(
        key=LETTER_KIND,
        fact=LETTER,
        title="%(title)s",
        body="%(text)s",
        channels=(Channel.INBOX, Channel.EMAIL),
        fields=("title", "text"),
        examples=_EXAMPLES,
        label=_("A letter to many"),
    )
)
add_kind(
    MessageKind(
        key=LETTER_BY_SMS,
        fact=LETTER,
        title="%(title)s",
        body="%(text)s",
        sms=_("The library has written to you: “%(title)s”. Please read it in your inbox."),
        channels=(Channel.INBOX, Channel.SMS, Channel.EMAIL),
        fields=("title", "text"),
        examples=_EXAMPLES,
        label=_("A letter to many, with an SMS"),
    )
)
tells(
    MessageKind(
        key="notifications.budget_used_up",
        fact=BUDGET_USED_UP,
        title=_("The day's SMS are used up"),
        body=_(
            "On %(day)s the %(count)s SMS of the rules are used up. Necessary and urgent ones still go out; the others "
            "wait for the next morning, and inboxes are told at once."
        ),
        channels=(Channel.INBOX,),
        fields=("day", "count"),
        link="/plan/spending/",
        audience=_administrators,
        examples={"day": pgettext_lazy("example", "16 May"), "count": 5000},
    )
)
