"""Kinds of message. A room adds its own in `apps.ready()` by notifications.listeners.tells."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kit.refusals import Text
from networks.registers import HandedFact, NetworkRule, network_rules
from notifications.choices import SMS_PARTS_A_DAY, SMS_PRICE, Channel, Need
from people.models import Person


@dataclass(frozen=True)
class Recipient:
    """`fields` are what the texts need. `phone` and `email` only where they differ from the person's own.

    `about` is when that takes place, or runs out, which the message is about: what cannot wait for the morning goes out
    at night. By `expires_at` an SMS or e-mail that is still on its way is of no use any more.

    `link` is the path at which the inbox leads on, where that is another for each message, and holds no secret: inboxes are
    not sealed. `sent_link` is that of SMS and e-mail, which are; asked for only where one is sent.
    """

    person: Person
    fields: Mapping[str, Any] = field(default_factory=dict)
    phone: str = ""
    email: str = ""
    about: datetime | None = None
    expires_at: datetime | None = None
    link: str = ""
    sent_link: Callable[[], str] | None = None


@dataclass(frozen=True)
class MessageKind:
    """`audience` is asked inside the transaction that settles the fact. Texts have named places: "%(code)s".

    `library` and `name` are filled in for every text, and `address` for the SMS: where the message leads. `sms` is the text that the provider has approved under the
    template that the network's rules name ("sms_templates": {key: id}). `examples` has a believable value for each
    field, rather long than short; `example_link` is one of those that the messages bring along. `need` says what people may switch off. `is_urgent` never waits for the morning;
    with `sms_after` the SMS goes out only if the line in the inbox was not read by then.
    """

    key: str
    fact: str
    title: Text
    body: Text
    channels: tuple[Channel, ...]
    fields: tuple[str, ...] = ()
    sms: Text = ""
    link: str = ""
    example_link: str = ""
    audience: Callable[[HandedFact], Iterable[Recipient]] = lambda _fact: ()
    examples: Mapping[str, Text | int] = field(default_factory=dict)
    need: Need = Need.SERVICE
    is_urgent: bool = False
    sms_after: timedelta | None = None
    label: Text = ""

    @property
    def called(self) -> Text:
        """For staff: its title, unless that is different each time."""
        return self.label or self.title


kinds: dict[str, MessageKind] = {}


def add_kind(kind: MessageKind) -> MessageKind:
    if kinds.setdefault(kind.key, kind) != kind:
        raise ValueError(f"Two kinds of message are called {kind.key!r}.")
    return kind


# --- Letters to many -----------------------------------------------------------------------


@dataclass(frozen=True)
class LetterSubject:
    """What a letter is about, for its writer: a session, say. `back` leads to its page."""

    title: str
    line: str
    back: str


@dataclass(frozen=True)
class LetterAudience:
    """People to whom staff may write at once. `subject` lets in whoever may write to them, and is not there for others;
    `people` are those of a group as things stand, by the subject's code: counted and told by their numbers."""

    key: str
    title: Text
    groups: tuple[tuple[str, Text], ...]
    subject: Callable[[HttpRequest, str], LetterSubject]
    people: "Callable[[str, str], QuerySet[Person]]"


letter_audiences: dict[str, LetterAudience] = {}


def add_letter_audience(audience: LetterAudience) -> LetterAudience:
    if letter_audiences.setdefault(audience.key, audience) != audience:
        raise ValueError(f"Two rooms write letters under the key {audience.key!r}.")
    return audience


# --- Rules of a network --------------------------------------------------------------------

network_rules.add(
    NetworkRule(
        "sms_signature",
        _("Signature of text messages"),
        _("As the SMS provider approved it; without one, the library's name."),
        default="",
    ),
    NetworkRule(
        "sms_templates",
        _("Templates at the SMS provider"),
        _("A line for each kind of message: its key = the template's number there."),
        default={},
    ),
    NetworkRule(
        "sms_price",
        _("Price of an SMS"),
        _("Of one billed part, in thousandths of a yuan; for the figures that administrators see."),
        default=SMS_PRICE,
    ),
    NetworkRule(
        "sms_parts_a_day",
        _("SMS a day"),
        _("Billed parts. Beyond them only necessary and urgent SMS go out; the others wait for the next morning."),
        default=SMS_PARTS_A_DAY,
    ),
)
