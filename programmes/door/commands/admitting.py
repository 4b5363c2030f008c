"""A whole ticket of this session, by a device that has its roster: most of those who come, in the ten minutes when all come."""

from kit import clock
from kit.command import command
from networks.models.scoping import current_network
from programmes.door.choices import Outcome
from programmes.door.commands.checking_in import Asking
from programmes.door.models import Scan
from programmes.door.queries.coming_in import door_of
from programmes.door.queries.glance import Glance
from programmes.door.rules.outcomes import outcome_of
from programmes.door.steps.letting_in import was_here, write_scan


def admit(*, seen: Glance, asking: Asking) -> int:
    """How many seats came in by it. 0: nothing was written, or somebody was quicker; whatever it is, the whole way answers it."""
    door = door_of(seen.session, current_network().rules)
    return _admit(seen, asking) if outcome_of(seen.known, door, at=asking.at) == Outcome.ADMITTED else 0


@command
def _admit(seen: Glance, asking: Asking) -> int:
    scan = Scan(
        client_id=asking.client_id,
        session=seen.session,
        registration=seen.registration,
        outcome=Outcome.ADMITTED,
        way=asking.way,
        at=asking.at,
        received_at=clock.now(),
        by=asking.by,
        device=asking.device,
        desk_device=asking.desk_device,
    )
    came = write_scan(scan)
    if came == 0:
        was_here(scan)
    return came or 0
