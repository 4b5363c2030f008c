"""All kinds of message with the words they have here, and an example of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import pgettext

from kit.refusals import Text
from networks.models import Network
from networks.queries.hosts import address_of
from networks.registers import journal_words
from notifications.choices import Channel
from notifications.models import OwnWords
from notifications.queries.wording import Wording, signature_of, word_book, wording
from notifications.registers import MessageKind, kinds
from notifications.rules import words as rules
from notifications.rules.words import Words


@dataclass(frozen=True)
class SmsExample:
    """As it arrives, with the longest values that are believable."""

    text: str
    signs: int
    parts: int
    template: str
    long_values: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    kind: MessageKind
    wording: Wording
    own: OwnWords | None
    sms: SmsExample | None

    @property
    def channels(self) -> list[Text]:
        return [Channel(channel).label for channel in self.kind.channels]


@dataclass(frozen=True)
class RoomOfKinds:
    title: Text
    lines: list[Shown]


def gallery(network: Network) -> list[RoomOfKinds]:
    """By room. Two statements."""
    book, site = word_book(), address_of(network)
    found = sorted(kinds.values(), key=lambda kind: (_room(kind), kind.need, str(kind.called)))
    return [
        RoomOfKinds(
            journal_words.groups.get(room, room),
            [shown_kind(kind, network, book.newest(kind.key), site=site) for kind in of_room],
        )
        for room, of_room in groupby(found, key=_room)
    ]


def shown_kind(kind: MessageKind, network: Network, own: OwnWords | None, *, site: str) -> Shown:
    """`own` may be words that are only being looked at; `site`: how the library's addresses begin."""
    name = pgettext("example", "Wang Fang")
    address = _address(kind, site)
    said = wording(kind, fields=kind.examples, library=network.library_name, name=name, own=own, address=address)
    return Shown(kind, said, own, _sms(kind, network, said) if Channel.SMS in kind.channels else None)


def tried_words(kind: MessageKind, words: Words) -> OwnWords:
    """Not kept anywhere: for a preview."""
    return OwnWords(kind=kind.key, title=words.title, body=words.body, sms=words.sms)


def place_examples(kind: MessageKind, network: Network, *, site: str) -> Iterator[tuple[str, Any]]:
    """Each place that staff may write, with what could stand there."""
    yield "library", network.library_name
    yield "name", pgettext("example", "Wang Fang")
    for name in kind.fields:
        yield name, kind.examples[name]
    if Channel.SMS in kind.channels:
        yield rules.ADDRESS, _address(kind, site)


def _address(kind: MessageKind, site: str) -> str:
    return site + (kind.example_link or kind.link)


def _room(kind: MessageKind) -> str:
    return kind.key.partition(".")[0]


def _sms(kind: MessageKind, network: Network, said: Wording) -> SmsExample:
    text = rules.signed(said.sms, signature=signature_of(network))
    templates: Mapping[str, str] = network.rules.get("sms_templates", {})
    return SmsExample(
        text=text,
        signs=rules.signs(text),
        parts=rules.parts(text),
        template=templates.get(kind.key, ""),
        long_values=tuple(name for name in kind.fields if len(str(kind.examples[name])) > rules.LONGEST_VALUE),
    )
