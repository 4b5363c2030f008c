"""微信扫码: what lets a page of ours ask WeChat to scan, when that is asked for anew, and what WeChat's refusals mean."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from kit.refusals import Text

# A ticket holds for two hours; three tries fit into what is left of it.
RENEW_BEFORE = timedelta(minutes=20)
AGAIN_AFTER = timedelta(minutes=5)
# Ours, beside WeChat's own numbers: nobody answered; something else than WeChat did.
SILENT, UNREADABLE = "silent", "unreadable"


@dataclass(frozen=True)
class Account:
    """服务号: a library's account at WeChat."""

    app_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Standing:
    """What WeChat last said to an account. `detail` is our own address, where WeChat does not know it."""

    app_id: str
    tried_at: datetime
    ticket: str = field(default="", repr=False)
    until: datetime | None = None
    fetched_at: datetime | None = None
    error: str = ""
    detail: str = ""

    def holds(self, account: Account, *, at: datetime) -> bool:
        return self.app_id == account.app_id and bool(self.ticket) and self.until is not None and at < self.until


def is_due(standing: Standing | None, account: Account, *, at: datetime) -> bool:
    if standing is None or standing.app_id != account.app_id:
        return True
    if standing.error or standing.until is None:
        return at >= standing.tried_at + AGAIN_AFTER
    return at >= standing.until - RENEW_BEFORE


def signature(*, ticket: str, nonce: str, stamp: int, url: str) -> str:
    """As WeChat works it out itself. SHA-1 is its choice; the ticket in it is the secret."""
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={stamp}&url={url.split('#', maxsplit=1)[0]}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Trouble:
    """What is wrong, and what somebody can do."""

    text: Text
    way_on: Text


_SECRET = Trouble(
    _("WeChat does not take the secret (AppSecret)."),
    _("Whoever runs this service enters the current one; after a reset the old one is worth nothing."),
)
_LATER = _("It is asked again by itself every five minutes.")
_TROUBLES = {
    "40164": Trouble(
        _("WeChat does not know the address from which this service calls."),
        _("Enter the address in the account's IP whitelist (IP 白名单) at mp.weixin.qq.com."),
    ),
    "40125": _SECRET,
    "40001": _SECRET,
    "40013": Trouble(_("WeChat knows no such account."), _("Compare the app ID under Rules with mp.weixin.qq.com.")),
    "48001": Trouble(
        _("This account may not scan in pages."),
        _("It takes a service account that WeChat has verified (已认证的服务号)."),
    ),
    "45009": Trouble(_("WeChat has been asked too often today."), _LATER),
    "-1": Trouble(_("WeChat is busy."), _LATER),
    SILENT: Trouble(_("WeChat does not answer."), _LATER),
    UNREADABLE: Trouble(_("What answered could not be read."), _LATER),
}
_OTHER = Trouble(_("WeChat refused."), _("Its number is explained in WeChat's list of return codes (全局返回码)."))


def trouble_of(error: str) -> Trouble:
    return _TROUBLES.get(error, _OTHER)
