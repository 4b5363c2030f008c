"""When a fact is tried again, and when it is set aside."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from networks.choices import FactState
from networks.models import Fact

_SIX_HOURS = 6 * 3600
# About two days in all; an hour without a mail server delays a letter by at most half an hour more.
GAPS_SECONDS = (5, 30, 120, 300, 600, 900, 900, 1800, 3600, 3 * 3600, *([_SIX_HOURS] * 7))
MOST_TRIES = len(GAPS_SECONDS) + 1
# A worker that died says nothing about the fact; one that kills its workers is held back like any other.
TRIES_BEFORE_A_LOSS_COUNTS = 3


def gap_after(tries: int, *, lane: str, fact_id: int) -> timedelta | None:
    """How long to wait after that many tries; None when it was the last.

    The jitter (up to a fifth) is the same for a whole lane, so that facts which failed together come back in order.
    """
    if tries >= MOST_TRIES:
        return None
    seed = hashlib.blake2b(f"{lane or fact_id}:{tries}".encode(), digest_size=2).digest()
    share = int.from_bytes(seed, "big") / 0xFFFF / 5
    return timedelta(seconds=GAPS_SECONDS[max(tries, 1) - 1] * (1 + share))


def against_sending_again(fact: Fact) -> Iterator[Refusal]:
    if fact.state != FactState.SET_ASIDE:
        yield Refusal("not_set_aside", _("This is no longer set aside."), _("Reload the page to see what is."))


def against_dropping(fact: Fact, *, reason: str) -> Iterator[Refusal]:
    yield from against_sending_again(fact)
    if not reason.strip():
        yield Refusal("no_reason", _("Say why this is dropped."), field="reason")
