"""What a message says, in the language that is switched on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from notifications.registers import MessageKind


@dataclass(frozen=True)
class Wording:
    title: str
    body: str
    sms: str


def wording(kind: MessageKind, *, fields: Mapping[str, Any], library: str, name: str) -> Wording:
    """A field that the kind names and nobody gave is a fault and raises."""
    values = {"library": library, "name": name, **{key: fields[key] for key in kind.fields}}
    return Wording(
        title=str(kind.title) % values, body=str(kind.body) % values, sms=(str(kind.sms) or str(kind.body)) % values
    )
