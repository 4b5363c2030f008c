"""A table that was uploaded waits between its preview and the yes, for half an hour.

It holds names and numbers of people, so it is neither in the session nor in a hidden field nor in a file that somebody
has to remember to delete: sealed for one network, in the cache that forgets by itself, under a code that only its own
uploader can use. The table is read and judged again when it is confirmed, so that the preview is never trusted.
"""

import base64
import json

from django.core.cache import cache
from django.utils.translation import gettext as _

from kit import ids, sealed
from kit.refusals import Refusal, Refused

LIFE_SECONDS = 30 * 60
LARGEST = 4 * 1024 * 1024
_PURPOSE = "kit.upload"


def keep(content: bytes, *, name: str, owner: int, network_code: str) -> str:
    """The code to ask for it by. Never inside a command: the cache answers at once."""
    if len(content) > LARGEST:
        raise Refused(Refusal("too_big", _("This file is larger than 4 MB."), _("Divide it into several.")))
    code = ids.random_code(20)
    text = json.dumps({"name": name, "content": base64.b64encode(content).decode()})
    cache.set(_key(code, owner), sealed.seal(text, network_code=network_code, purpose=_PURPOSE), LIFE_SECONDS)
    return code


def kept(code: str, *, owner: int, network_code: str) -> tuple[bytes, str]:
    """The bytes and what the sender called them; refused once the half hour is over, or to anybody else."""
    stored = cache.get(_key(code, owner)) if code.isalnum() else None
    if stored is None:
        raise Refused(
            Refusal("gone", _("This upload has had its half hour."), _("Nothing was written. Send the table again."))
        )
    found = json.loads(sealed.unseal(stored, network_code=network_code, purpose=_PURPOSE))
    return base64.b64decode(found["content"]), found["name"]


def forget(code: str, *, owner: int) -> None:
    cache.delete(_key(code, owner))


def _key(code: str, owner: int) -> str:
    return f"upload:{owner}:{code}"
