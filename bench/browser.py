"""A browser that only asks: one connection, kept open, with cookies and forms."""

import http.client
import re
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from deploy.local.trouble import Trouble
from people.rules.codes import DEMO_CODE

_SENT = re.compile(r'name="sent" value="([^"]+)"')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    location: str
    seconds: float


PATIENT_SECONDS = 5


@dataclass
class Browser:
    at: int
    host: str
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.at, timeout=60)
        self._asked_at = time.monotonic()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, form: dict[str, str], *, referrer: str = "") -> Answer:
        """With the token that the page's own form holds."""
        page = self.get(referrer or path).body.decode()
        body = urlencode({"csrfmiddlewaretoken": _token(page), **form}).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def send_file(self, path: str, *, name: str, filename: str, content: bytes) -> Answer:
        line = uuid.uuid4().hex
        token = _token(self.get(path).body.decode())
        parts = [
            f'--{line}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'.encode(),
            f'--{line}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n".encode(),
            content,
            f"\r\n--{line}--\r\n".encode(),
        ]
        return self._ask("POST", path, b"".join(parts), {"Content-Type": f"multipart/form-data; boundary={line}"})

    def sign_in(self, phone: str) -> None:
        self.post("/sign-in/", {"phone": phone})
        sent = _SENT.search(self.get("/sign-in/code/").body.decode())
        answer = self.post("/sign-in/code/", {"code": DEMO_CODE, "sent": sent.group(1) if sent else ""})
        if answer.status not in {302, 303} or "sign-in" in answer.location:
            raise Trouble(f"{phone} could not sign in; a number gets one code each half minute.")

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        origin = f"http://{self.host}:{self.at}"
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {
            "Host": f"{self.host}:{self.at}",
            "Origin": origin,
            "Referer": origin + path,
            "Cookie": cookie,
            **headers,
        }
        if time.monotonic() - self._asked_at > PATIENT_SECONDS:
            # A server lets go of a line on which nobody speaks.
            self._connection.close()
        self._asked_at = time.monotonic()
        began = time.perf_counter()
        self._connection.request(method, path, body, sent)
        answer = self._connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - began
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, value = line.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, content, urlsplit(answer.headers.get("Location", "")).path, seconds)


def _token(page: str) -> str:
    found = _TOKEN.search(page)
    if found is None:
        raise Trouble("The page holds no form.")
    return found.group(1)
