"""An SMS provider on this machine: checks each signature by the provider's description, keeps what it took, and does as told."""

import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

KEY_ID, SECRET = "LTAI-test", "a-secret-of-the-test"


@dataclass
class SmsServer:
    """`answers` are given in turn, the last again and again; each a status and a code, after `seconds`."""

    answers: list[tuple[int, str]] = field(default_factory=lambda: [(200, "OK")])
    seconds: float = 0
    drops: bool = False
    taken: list[dict[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    server: Any = None

    def start(self) -> str:
        """Gives its address."""
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                owner.answer(self)

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def stop(self) -> None:
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        given = dict(parse_qsl(urlsplit(request.path).query, keep_blank_values=True, strict_parsing=True))
        if request.headers["authorization"] != authorization(dict(request.headers), given):
            self.wrong.append(request.headers["authorization"])
            self._say(request, 400, "SignatureDoesNotMatch")
            return
        status, code = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if code == "OK":
            self.taken.append(given)
        time.sleep(self.seconds)
        if self.drops:
            request.close_connection = True
            return
        self._say(request, status, code)

    @staticmethod
    def _say(request: BaseHTTPRequestHandler, status: int, code: str) -> None:
        body = json.dumps({"Code": code, "BizId": "9006195", "Message": "13800138000"}).encode() if code else b"<html>"
        request.send_response(status)
        request.send_header("content-length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)


def authorization(headers: dict[str, str], given: dict[str, str]) -> str:
    """What the header has to be, worked out from the description of version 3, not from the code under test."""
    low = {name.lower(): value.strip() for name, value in headers.items()}
    signed = sorted(name for name in low if name.startswith("x-acs-") or name in {"host", "content-type"})
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in given.items())
    canonical = "POST\n/\n" + "&".join("=".join(pair) for pair in pairs) + "\n"
    canonical += "".join(f"{name}:{low[name]}\n" for name in signed) + "\n" + ";".join(signed) + "\n"
    canonical += hashlib.sha256(b"").hexdigest()
    digest = hashlib.sha256(canonical.encode("utf-8")).hexdigest()
    proof = hmac.new(SECRET.encode(), ("ACS3-HMAC-SHA256\n" + digest).encode(), hashlib.sha256).hexdigest()
    return f"ACS3-HMAC-SHA256 Credential={KEY_ID},SignedHeaders={';'.join(signed)},Signature={proof}"
