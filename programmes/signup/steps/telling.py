"""Which fact says that a registration was made."""

from programmes.signup import messages as facts
from programmes.signup.choices import Source, State
from programmes.signup.models import Registration


def told_as(row: Registration) -> str:
    if row.state == State.WAITS:
        return facts.WAITING
    if row.follows_id is not None:
        return facts.MOVED
    if row.group_id is not None:
        return facts.GROUP_REGISTERED
    if row.state == State.ASKED:
        return facts.ASKED
    return facts.REGISTERED if row.source == Source.FAMILY else facts.WRITTEN_DOWN
