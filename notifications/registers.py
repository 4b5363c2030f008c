"""Kinds of message. A room adds its own in `apps.ready()` by notifications.listeners.tells."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from kit.refusals import Text
from networks.registers import HandedFact, NetworkRule, network_rules
from notifications.choices import Channel, Need
from people.models import Person


@dataclass(frozen=True)
class Recipient:
    """`fields` are what the texts need. `phone` and `email` only where they differ from the person's own.

    `about` is when that takes place, or runs out, which the message is about: what cannot wait for the morning goes out
    at night. By `expires_at` an SMS or e-mail that is still on its way is of no use any more.
    """

    person: Person
    fields: Mapping[str, Any] = field(default_factory=dict)
    phone: str = ""
    email: str = ""
    about: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True)
class MessageKind:
    """`audience` is asked inside the transaction that settles the fact. Texts have named places: "%(code)s".

    `library` and `name` are filled in for every text. `sms` is the text that the provider has approved under the
    template that the network's rules name ("sms_templates": {key: id}). `examples` has a believable value for each
    field, rather long than short. `need` says what people may switch off. `is_urgent` never waits for the morning;
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
    audience: Callable[[HandedFact], Iterable[Recipient]] = lambda _fact: ()
    examples: Mapping[str, Text | int] = field(default_factory=dict)
    need: Need = Need.SERVICE
    is_urgent: bool = False
    sms_after: timedelta | None = None


kinds: dict[str, MessageKind] = {}


def add_kind(kind: MessageKind) -> MessageKind:
    if kinds.setdefault(kind.key, kind) != kind:
        raise ValueError(f"Two kinds of message are called {kind.key!r}.")
    return kind


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
)
