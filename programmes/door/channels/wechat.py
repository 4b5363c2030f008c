"""Asks WeChat for what signs our pages (jsapi_ticket). Two calls, a few seconds each, with no transaction open.

The token comes from `stable_token`: another system of the library that uses the same account keeps its own.
"""

import http.client
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from programmes.door.rules.wechat import SILENT, UNREADABLE, Account

TIMEOUT = 5
LONGEST_ANSWER = 64_000
LONGEST_CODE = 12
# WeChat's refusal names the address that called.
_CALLER = re.compile(r"invalid ip ([0-9A-Fa-f.:]{3,45})")


@dataclass(frozen=True)
class Ticket:
    text: str = field(repr=False)
    seconds: int


class NoTicket(Exception):
    """`code` is WeChat's number or one of ours; of its words only our own address is kept."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def fetch_ticket(account: Account) -> Ticket:
    wish = {"grant_type": "client_credential", "appid": account.app_id, "secret": account.secret}
    token = _told(_call("POST", "/cgi-bin/stable_token", json.dumps(wish)), "access_token")
    query = urlencode({"access_token": token["access_token"], "type": "jsapi"})
    told = _told(_call("GET", f"/cgi-bin/ticket/getticket?{query}"), "ticket")
    return Ticket(told["ticket"], told["expires_in"])


def _call(method: str, path: str, body: str | None = None) -> bytes:
    endpoint = urlsplit(settings.WECHAT_ENDPOINT)
    maker = http.client.HTTPSConnection if endpoint.scheme == "https" else http.client.HTTPConnection
    line = maker(endpoint.netloc, timeout=TIMEOUT)
    try:
        line.request(method, path, body=body, headers={"Content-Type": "application/json"})
        return line.getresponse().read(LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as error:
        raise NoTicket(SILENT) from error
    finally:
        line.close()


def _told(body: bytes, wanted: str) -> dict[str, Any]:
    """What is wanted, with for how long it holds."""
    try:
        answer: Any = json.loads(body)
        code = str(answer.get("errcode", 0))[:LONGEST_CODE]
    except (ValueError, AttributeError):
        raise NoTicket(UNREADABLE) from None
    if code != "0":
        caller = _CALLER.search(str(answer.get("errmsg", "")))
        raise NoTicket(code, caller[1] if caller else "")
    if not isinstance(answer.get(wanted), str) or not isinstance(answer.get("expires_in"), int):
        raise NoTicket(UNREADABLE)
    return dict(answer)
