"""A real mail server that does as it is told."""

import email
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from networks.models import inside
from people.choices import Role
from tests.browsers import person, staff


@dataclass
class MailServer:
    """Down until `start()`. `answer` is said to every mail; what it took in is kept."""

    port: int
    answer: str = "250 kept"
    taken: list[EmailMessage] = field(default_factory=list)
    seen: int = 0
    controller: Any = None

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.seen += 1
        if self.answer.startswith("250"):
            self.taken.append(email.message_from_bytes(envelope.original_content, policy=default))
        return self.answer

    def start(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server = MailServer(probe.getsockname()[1])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
    yield server
    server.stop()


@pytest.fixture
def reader(nanjing):
    found = person(nanjing, "13800138000", name="王芳")
    found.email = "wangfang@example.com"
    with inside(nanjing):
        found.save(update_fields=["email"])
    return found


@pytest.fixture
def admin(nanjing):
    return staff(nanjing, "13900000009", Role.NETWORK_ADMIN, name="许文静")
