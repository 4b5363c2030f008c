from kit.command import command
from networks.choices import OpeningState
from networks.models import Network, OpeningStep, inside
from networks.steps.journal import note


@command
def set_opening_step(
    *, network: Network, key: str, state: OpeningState, owner: str, remark: str, actor: int | None
) -> None:
    """Somebody of the operator says how far a line of the opening list is."""
    line = OpeningStep.objects.select_for_update().get(network=network, key=key)
    changed = [
        name for name, value in (("state", state), ("owner", owner), ("note", remark)) if getattr(line, name) != value
    ]
    if not changed:
        return
    line.state, line.owner, line.note = state, owner, remark
    line.save(update_fields=["state", "owner", "note", "changed_at"])
    with inside(network):
        note("networks.opening_step_set", subject=line, actor=actor, changed=changed, values={"state": [state]})
