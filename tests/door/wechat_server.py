"""WeChat's interface on this machine: knows one account, gives tokens and tickets, and refuses as told."""

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

APP_ID, SECRET, TOKEN, TICKET = "wx0123456789abcdef", "a-secret-of-the-test", "token-1", "ticket-1"


@dataclass
class WeChatServer:
    """`refusals`: what is said to each path in place of the answer. `asked`: paths in order, without what is secret."""

    refusals: dict[str, tuple[int, str]] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    expires_in: int = 7200
    seconds: float = 0
    asked: list[str] = field(default_factory=list)
    server: Any = None

    def start(self) -> str:
        """Gives its address."""
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = json.loads(self.rfile.read(int(self.headers["content-length"])))
                owner.answer(self, owner.token(sent))

            def do_GET(self) -> None:
                owner.answer(self, owner.ticket(parse_qs(urlsplit(self.path).query)))

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def token(self, sent: dict[str, str]) -> dict[str, Any]:
        if sent != {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET}:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        return {"access_token": TOKEN, "expires_in": 7200}

    def ticket(self, sent: dict[str, list[str]]) -> dict[str, Any]:
        if sent != {"access_token": [TOKEN], "type": ["jsapi"]}:
            return {"errcode": 40001, "errmsg": "invalid credential"}
        return {"errcode": 0, "errmsg": "ok", "ticket": TICKET, "expires_in": self.expires_in}

    def answer(self, request: BaseHTTPRequestHandler, told: dict[str, Any]) -> None:
        path = urlsplit(request.path).path.rsplit("/", 1)[1]
        self.asked.append(path)
        time.sleep(self.seconds)
        if path in self.refusals:
            code, words = self.refusals[path]
            told = {"errcode": code, "errmsg": words}
        body = self.bodies.get(path, json.dumps(told).encode())
        request.send_response(200)
        request.send_header("content-length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)
