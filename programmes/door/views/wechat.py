"""微信扫码: what a page needs so that WeChat scans for it, and how the library's account stands."""

from dataclasses import dataclass
from secrets import token_hex

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kit import clock
from people.choices import Verb
from people.doors import may_anywhere, network_of, staff_only
from people.rules.agents import is_wechat
from programmes.door.engine.wechat import account_of, app_id_of, standing_of
from programmes.door.rules.wechat import signature, trouble_of

# The one host outside that a page of ours may take a script from (ADR 0034).
HOST = "https://res.wx.qq.com"
SDK = f"{HOST}/open/js/jweixin-1.6.0.js"


@dataclass(frozen=True)
class Scanner:
    """Holds for one address, as long as the ticket does."""

    app_id: str
    stamp: int
    nonce: str
    signature: str
    url: str
    sdk: str = SDK


def scanner_for(request: HttpRequest) -> Scanner | None:
    """None outside WeChat, and where the library has no account, or WeChat gave it nothing that holds."""
    if not is_wechat(request.headers.get("User-Agent", "")):
        return None
    network, at = network_of(request), clock.now()
    account = account_of(network)
    standing = standing_of(network) if account else None
    if account is None or standing is None or not standing.holds(account, at=at):
        return None
    stamp, nonce, url = int(at.timestamp()), token_hex(8), request.build_absolute_uri()
    signed = signature(ticket=standing.ticket, nonce=nonce, stamp=stamp, url=url)
    return Scanner(account.app_id, stamp, nonce, signed, url)


def with_script_of(scanner: Scanner | None, response: HttpResponse) -> HttpResponse:
    """The policy lets the script in on the very page that asks for it."""
    if scanner is not None:
        response.script_hosts = [HOST]  # type: ignore[attr-defined]
    return response


@never_cache
@require_safe
@staff_only(Verb.CHANGE_SETTINGS)
def account(request: HttpRequest) -> HttpResponse:
    network, at = network_of(request), clock.now()
    found = account_of(network)
    standing = standing_of(network) if found else None
    if standing is not None and found is not None and standing.app_id != found.app_id:
        standing = None
    page = {
        "app_id": app_id_of(network),
        "account": found,
        "standing": standing,
        "holds": bool(found and standing and standing.holds(found, at=at)),
        "trouble": trouble_of(standing.error) if standing and standing.error else None,
        "host": request.get_host().partition(":")[0],
    }
    return render(request, "door/wechat_account.html", page)


def administers(request: HttpRequest) -> bool:
    """Who sees how it stands: where the library has entered an account."""
    return bool(app_id_of(network_of(request))) and may_anywhere(Verb.CHANGE_SETTINGS)(request)


def is_refused(request: HttpRequest) -> int:
    standing = standing_of(network_of(request)) if account_of(network_of(request)) else None
    return int(bool(standing and standing.error))
