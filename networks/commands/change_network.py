from collections.abc import Mapping
from typing import Any

from kit import kept_pages
from kit.command import command
from networks.models import Network
from networks.steps.journal import note


@command
def change_network(*, network: Network, values: Mapping[str, Any], actor: int) -> Network:
    """The library changes what it says of itself; what it did not touch is left as it is, were it changed meanwhile."""
    row = Network.objects.select_for_update().get(pk=network.pk)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    kept_pages.forget()
    note("networks.changed", subject=row, actor=actor, changed=changed)
    return row
