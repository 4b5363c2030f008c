from collections.abc import Mapping

from kit.command import command
from networks.models import Network, OpeningStep, inside
from networks.steps.journal import note

FIELDS = ("state", "owner", "note")


@command
def set_opening_steps(*, network: Network, wishes: Mapping[str, Mapping[str, str]], actor: int | None) -> None:
    """How far lines of the opening list are: by key, the state, owner and note they get. The rest stays."""
    lines = OpeningStep.objects.select_for_update().filter(network=network, key__in=wishes).order_by("pk")
    with inside(network):
        for line in lines:
            wish = wishes[line.key]
            changed = [name for name in FIELDS if getattr(line, name) != wish[name]]
            if changed:
                for name in changed:
                    setattr(line, name, wish[name])
                line.save(update_fields=[*changed, "changed_at"])
                note("networks.opening_step_set", subject=line, actor=actor, changed=changed)
