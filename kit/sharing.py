"""Pictures that stand beside shared links: drawn when somebody asks, one at a time, and known again by what stands on them."""

from collections import OrderedDict
from threading import Lock

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import get_conditional_response

from kit import lettering
from kit.limits import TooMany
from kit.share_picture import Card, share_picture

A_YEAR, A_WHILE = 365 * 24 * 3600, 300
# What chats ask for again within a minute, each for each of its servers; 40 KB each.
MOST_KEPT = 8
PATIENCE_SECONDS = 5
_turn = Lock()
_kept: OrderedDict[str, bytes] = OrderedDict()


def can_share() -> bool:
    """Without fonts that write Chinese there is no picture."""
    return lettering.can_draw()


def answer(request: HttpRequest, card: Card, *, asked: str, current: str) -> HttpResponseBase:
    """`asked`: the version in the address; `current`: the address of this one. A link that was shared before leads on."""
    if not can_share():
        raise Http404
    if asked != card.version:
        return HttpResponseRedirect(current, headers={"Cache-Control": f"public, max-age={A_WHILE}"})
    tag = f'"{card.version}"'
    found = get_conditional_response(request, etag=tag)
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={A_YEAR}, immutable"}
    if found is not None:
        for name, value in headers.items():
            found[name] = value
        return found
    return HttpResponse(_drawn(card), content_type="image/png", headers=headers)


def _drawn(card: Card) -> bytes:
    """Whoever waits too long for the pen is asked to come back."""
    if not _turn.acquire(timeout=PATIENCE_SECONDS):
        raise TooMany(wait_seconds=PATIENCE_SECONDS)
    try:
        body = _kept.pop(card.version, None) or share_picture(card)
        _kept[card.version] = body
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
        return body
    finally:
        _turn.release()
