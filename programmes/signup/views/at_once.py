"""What most families send: children that the library knows, and nothing new. It is answered without the sheet being
read and drawn again; whatever is odd about it goes the whole way, where it is said.
"""

from uuid import UUID

from django.http import HttpRequest, QueryDict

from kit import clock
from kit.refusals import Refusal, Refused
from people.doors import member
from programmes.signup.commands.registering import register_seen
from programmes.signup.forms.sheet import sent_key
from programmes.signup.models import Registration
from programmes.signup.queries.glance import glance_at
from programmes.signup.rules.registering import full
from programmes.signup.steps.parties import Party

SENT = ("household", "request_key", "children", "adults", "accepts")
_PLAIN = frozenset({"csrfmiddlewaretoken", "waits", *SENT})


def made_at_once(request: HttpRequest, code: str) -> Registration | Refusal | None:
    """A refusal only where every place is taken, as most are told in the minute when sign-up opens."""
    sent = request.POST
    key, party = sent_key(sent), _party(sent)
    if key is None or party is None:
        return None
    return _made(request, code, party, key)


def _made(request: HttpRequest, code: str, party: Party, key: UUID) -> Registration | Refusal | None:
    at, by = clock.now(), member(request)
    seen = glance_at(
        session=code,
        household=request.POST.get("household", ""),
        children=party.children,
        by=by,
        request_key=key,
        at=at,
    )
    if seen is None:
        return None
    if not party.waits and not seen.is_known and seen.has_no_place:
        return full(0, 1)
    try:
        return register_seen(seen, party=party, by=by, request_key=key, at=at)
    except Refused as no:
        return no.refusals[0] if no.codes == ("full",) else None


def _party(sent: QueryDict) -> Party | None:
    """None where anything but known children was typed."""
    if any(sent.get(name) for name in sent if name not in _PLAIN and not name.endswith("_shown")):
        return None
    children, adults, accepts = sent.getlist("children"), sent.get("adults", ""), sent.get("accepts", "")
    if not children or not _is_number(adults) or (accepts and not _is_number(accepts)):
        return None
    waits = sent.get("waits") == "1"
    return Party(tuple(children), int(adults), int(accepts) if accepts else None, waits=waits, answers={})


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
