"""What an SMS provider is given: in mainland China a template it has approved, and the values for its places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Sms:
    """`text` is the whole of it for providers that take free text; `reference` tells two tries of one SMS as one."""

    to: str
    signature: str
    template: str
    variables: Mapping[str, str]
    text: str
    reference: str


class Provider(Protocol):
    def __call__(self, sms: Sms) -> str:
        """The provider's id. Raises Temporary or Permanent."""
        ...
