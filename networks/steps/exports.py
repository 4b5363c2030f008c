"""Lists taken out are written and removed here, each with its line in the journal."""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction

from kit.command import step
from networks.models import Export
from networks.steps.journal import note


@step
def keep_export(
    *, list_key: str, query: str, purpose: str, days: int, content: bytes, rows: int, by: int, at: datetime
) -> Export:
    """`content`: an Excel file that says itself what it is for and until when."""
    export: Export = Export(
        list_key=list_key,
        query=query,
        purpose=purpose,
        made_by=by,
        made_at=at,
        expires_at=at + timedelta(days=days),
        rows=rows,
    )
    export.file.save(f"{export.code}.xlsx", ContentFile(content), save=False)
    export.save(force_insert=True)
    note(
        "networks.export_made",
        subject=export,
        actor=by,
        values={"list_key": list_key, "rows": rows, "days": days},
        reason=purpose,
    )
    return export


@step
def remove_file(export: Export, *, by: int | None, at: datetime) -> None:
    """The row stays, without the filters; the file goes once this is committed."""
    storage, name = export.file.storage, export.file.name
    export.file, export.query, export.removed_at = "", "", at
    export.save(update_fields=["file", "query", "removed_at"])
    note("networks.export_removed", subject=export, actor=by)
    if name:
        transaction.on_commit(lambda: storage.delete(name))
