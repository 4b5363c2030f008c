"""What the door does by itself."""

from kit import clock
from networks.engine.scopes import in_each_network
from networks.models import Network
from networks.registers import every
from programmes.door.commands.settling import lift_who_came, settle_by_itself
from programmes.door.queries.absences import that_came_after_all, to_settle


@every(name="door.settle", seconds=3600)
def settle() -> None:
    in_each_network(_settle)


def _settle(network: Network) -> None:
    at = clock.now()
    for session_id in to_settle(network.rules, at=at):
        settle_by_itself(session_id=session_id, at=at)
    for absence in that_came_after_all():
        lift_who_came(absence=absence, at=at)
