"""What keeps sessions from becoming public."""

from collections.abc import Sequence
from datetime import datetime

from kit.refusals import Refusal
from programmes.planning.models import Session
from programmes.planning.registers import publish_guards
from programmes.planning.rules.sessions import against_publishing


def publishing_faults(sessions: Sequence[Session], *, at: datetime) -> dict[int, list[Refusal]]:
    """By id, those with faults only. The sessions come as `queries.lines.sessions_with_places` gives them."""
    found = {row.pk: list(against_publishing(row, at=at)) for row in sessions}
    for guard in publish_guards:
        for key, refusals in guard(sessions, at).items():
            found[key].extend(refusals)
    return {key: refusals for key, refusals in found.items() if refusals}
