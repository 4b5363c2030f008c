"""Lists taken out, as their makers and readers of the journal see them. Two statements."""

from dataclasses import dataclass
from datetime import datetime

from kit.refusals import Text
from networks.models import Export
from networks.queries.exports import all_exports, exports_of
from networks.registers import exportables
from people.models import Person

SHOWN = 200


@dataclass(frozen=True)
class ExportLine:
    export: Export
    title: Text
    maker: str
    is_there: bool
    is_mine: bool


def export_lines(person: Person, *, sees_all: bool, at: datetime) -> list[ExportLine]:
    rows = list((all_exports() if sees_all else exports_of(person.pk))[:SHOWN])
    names = dict(Person.objects.filter(pk__in={row.made_by for row in rows}).values_list("pk", "name"))
    return [
        ExportLine(
            export=row,
            title=exportables[row.list_key].title if row.list_key in exportables else row.list_key,
            maker=names.get(row.made_by, ""),
            is_there=row.removed_at is None and at < row.expires_at,
            is_mine=row.made_by == person.pk,
        )
        for row in rows
    ]
