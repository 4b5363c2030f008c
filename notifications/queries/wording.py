"""What a message says, in the language that is switched on, or in the library's own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from networks.models import Network
from notifications.models import OwnWords
from notifications.registers import MessageKind
from notifications.rules.words import Words, filled, shown


@dataclass(frozen=True)
class Wording:
    title: str
    body: str
    sms: str


@dataclass(frozen=True)
class WordBook:
    """The own words of some kinds, newest first: a message says what was in force when it was made."""

    rows: Mapping[str, list[OwnWords]]

    def of(self, kind: str, *, at: datetime) -> OwnWords | None:
        row = next((row for row in self.rows.get(kind, ()) if row.since <= at), None)
        return row if row is not None and row.title else None

    def newest(self, kind: str) -> OwnWords | None:
        rows = self.rows.get(kind)
        return rows[0] if rows and rows[0].title else None


def word_book(kinds: Iterable[str] | None = None) -> WordBook:
    """Of these kinds or of all, in one statement."""
    rows = OwnWords.objects.order_by("-since", "-pk")
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    found: dict[str, list[OwnWords]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return WordBook(found)


def wording(
    kind: MessageKind,
    *,
    fields: Mapping[str, Any],
    library: str,
    name: str,
    own: OwnWords | None = None,
    address: str = "",
) -> Wording:
    """A field that the kind names and nobody gave is a fault and raises. `address`: where it leads, for the SMS."""
    values = {"library": library, "name": name, **{key: fields[key] for key in kind.fields}}
    texted = {**values, "address": address}
    sms = own.sms if own is not None else ""
    return Wording(
        title=filled(own.title, values) if own is not None else str(kind.title) % values,
        body=filled(own.body, values) if own is not None else str(kind.body) % values,
        sms=filled(sms, texted) if sms else (str(kind.sms) or str(kind.body)) % texted,
    )


def link_of(kind: MessageKind, content: Mapping[str, Any]) -> str:
    """The path to which a delivery leads: its own, else its kind's."""
    return str(content.get("link", kind.link))


def standard_words(kind: MessageKind) -> Words:
    """As staff write them."""
    return Words(title=shown(str(kind.title)), body=shown(str(kind.body)), sms=shown(str(kind.sms or kind.body)))


def signature_of(network: Network) -> str:
    """What stands before each SMS, as the provider approved it."""
    return str(network.rules.get("sms_signature") or network.library_name)
