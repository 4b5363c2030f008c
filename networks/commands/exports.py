"""A list is taken out, fetched and removed."""

from datetime import datetime

from django.db.models import F

from kit.command import command
from kit.refusals import refuse_if
from networks.models import Export
from networks.rules import exports as rules
from networks.steps import exports as steps
from networks.steps.journal import note


@command
def make_export(
    *, list_key: str, query: str, purpose: str, days: int, content: bytes, rows: int, by: int, at: datetime
) -> Export:
    refuse_if(rules.against_export(purpose=purpose, days=days, rows=rows))
    return steps.keep_export(
        list_key=list_key, query=query, purpose=purpose.strip(), days=days, content=content, rows=rows, by=by, at=at
    )


@command
def note_fetched(export: Export, *, by: int) -> None:
    Export.objects.filter(pk=export.pk).update(taken=F("taken") + 1)
    note("networks.export_fetched", subject=export, actor=by)


@command
def remove_export(code: str, *, by: int, at: datetime) -> None:
    export = Export.objects.select_for_update().get(code=code)
    refuse_if(rules.against_removing(is_removed=export.removed_at is not None))
    steps.remove_file(export, by=by, at=at)


@command
def remove_expired(*, at: datetime) -> int:
    """Of the open scope's network."""
    rows = list(Export.objects.select_for_update(skip_locked=True).filter(removed_at=None, expires_at__lte=at)[:500])
    for export in rows:
        steps.remove_file(export, by=None, at=at)
    return len(rows)
