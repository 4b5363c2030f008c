"""Lines change places."""

from typing import Any

from kit.command import step
from programmes.planning.rules.ordering import put_forward


@step
def move_forward(lines: Any, key: int) -> bool:
    """`lines`: a QuerySet in the order that stands, of rows with a `place`. False where nothing moves."""
    rows = list(lines)
    before = [row.pk for row in rows]
    after = put_forward(before, key)
    if after == before:
        return False
    by_key = {row.pk: row for row in rows}
    for place, one in enumerate(after):
        by_key[one].place = place
    lines.model.objects.bulk_update(rows, ["place"])
    return True
