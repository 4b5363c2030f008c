"""The demo's e-mails: files that its mail server keeps (deploy/local/mailbox.py)."""

import email
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from itertools import islice
from pathlib import Path

from notifications.choices import Channel

_LOOKED_AT = 200


@dataclass(frozen=True)
class ShownMail:
    """Looks like a ShownMessage to the page."""

    to: str
    subject: str
    text: str
    shown_at: datetime
    code: str = ""
    channel: Channel = Channel.EMAIL

    def get_channel_display(self) -> str:
        return str(self.channel.label)


def mails(folder: Path, *, network_code: str, most: int) -> list[ShownMail]:
    """Newest first: their names begin with the time."""
    files = sorted(folder.glob("[0-9]*.eml"), reverse=True)[:_LOOKED_AT]
    return list(islice(_of_network(files, network_code), most))


def _of_network(files: list[Path], network_code: str) -> Iterator[ShownMail]:
    for path in files:
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        if message["X-Siji-Network"] != network_code or not isinstance(message, EmailMessage):
            continue
        milliseconds = int(path.name.split("-", 1)[0])
        yield ShownMail(
            to=str(message["To"]),
            subject=str(message["Subject"]),
            text=_text(message),
            shown_at=datetime.fromtimestamp(milliseconds / 1000, tz=UTC),
        )


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return "" if body is None else str(body.get_content())
