from collections.abc import Mapping
from typing import Any

from kit import kept_pages
from kit.command import command
from networks.models import Network
from networks.registers import network_rules
from networks.steps.journal import note


@command
def change_rules(*, network: Network, wishes: Mapping[str, Any], actor: int) -> list[str]:
    """Names the rules that changed. What is set to its default is forgotten, so that a better default reaches it; a rule
    that no room knows, which the operator may have set, stays."""
    row = Network.objects.select_for_update().get(pk=network.pk)
    known = network_rules.entries
    before = {key: row.rules.get(key, known[key].default) for key in wishes}
    changed = {key: value for key, value in wishes.items() if before[key] != value}
    if not changed:
        return []
    row.rules = {key: value for key, value in {**row.rules, **changed}.items() if not _is_default(key, value)}
    row.save(update_fields=["rules"])
    note(
        "networks.rules_changed",
        subject=row,
        actor=actor,
        changed=changed,
        values={key: [before[key], value] for key, value in changed.items()},
    )
    kept_pages.forget()
    return sorted(changed)


def _is_default(key: str, value: Any) -> bool:
    return key in network_rules.entries and network_rules.entries[key].default == value
