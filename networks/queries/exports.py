"""Lists taken out, in the open scope's network."""

from django.db.models import QuerySet

from networks.models import Export


def exports_of(person_id: int) -> "QuerySet[Export]":
    return all_exports().filter(made_by=person_id)


def all_exports() -> "QuerySet[Export]":
    rows: QuerySet[Export] = Export.objects.order_by("-made_at", "-pk")
    return rows


def export_of_code(code: str) -> Export | None:
    export: Export | None = Export.objects.filter(code=code).first()
    return export
