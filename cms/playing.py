"""Files that are listened to and watched on the site, and films that stand elsewhere."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from kit.ranges import piece_of
from kit.refusals import Text

SOUNDS = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "wav": "audio/wav"}
FILMS = {"mp4": "video/mp4", "webm": "video/webm"}
CAPTIONS = {"vtt": "text/vtt"}
_PLAYED = SOUNDS | FILMS | CAPTIONS
_PROVIDERS: dict[str, Text] = {
    "bilibili.com": _("Bilibili"),
    "b23.tv": _("Bilibili"),
    "v.qq.com": _("Tencent Video"),
    "youku.com": _("Youku"),
    "weixin.qq.com": _("WeChat"),
}


def provider_of(address: str) -> Text:
    """Who shows a film at this address; nothing for hosts that readers here cannot be sure to reach."""
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.username or not parts.hostname:
        return ""
    host = parts.hostname
    return next((name for end, name in _PROVIDERS.items() if host == end or host.endswith(f".{end}")), "")


def play(document: Any, request: HttpRequest) -> HttpResponseBase | None:
    """A file to be played, as what its name says and nothing else; other files are Wagtail's to hand out."""
    kind = _PLAYED.get(document.file_extension.lower())
    if kind is None:
        return None
    return piece_of(request, document.file.open("rb"), size=document.file.size, content_type=kind)
