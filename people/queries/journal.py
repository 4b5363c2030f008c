"""The journal for people to read: newest first, page by page along its own order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from kit.refusals import Text
from networks.models import Area, JournalLine
from networks.registers import journal_words, network_rules
from people.models import Person

PAGE = 50


@dataclass(frozen=True)
class ShownLine:
    line: JournalLine
    words: Text
    actor: str
    subject: str
    changed: list[Text]


@dataclass(frozen=True)
class JournalPage:
    lines: list[ShownLine]
    before: str


def journal_page(rows: "QuerySet[JournalLine]", *, before: str) -> JournalPage:
    """Four statements, however long the journal is. `before`: where the last page ended."""
    found = list(_older(rows, before).order_by("-at", "-pk")[: PAGE + 1])
    is_more = len(found) > PAGE
    shown = found[:PAGE]
    return JournalPage(_shown(shown), f"{shown[-1].at.isoformat()}_{shown[-1].pk}" if is_more else "")


def lines_about(*, group: str, who: str, since: datetime | None, until: datetime | None) -> "QuerySet[JournalLine]":
    rows: QuerySet[JournalLine] = JournalLine.objects.all()
    if group:
        begins = [Q(verb__startswith=beginning) for beginning in journal_words.beginnings(group)]
        rows = rows.filter(reduce(or_, begins))
    if who:
        rows = rows.filter(_about(who))
    if since:
        rows = rows.filter(at__gte=since)
    return rows.filter(at__lt=until) if until else rows


def _about(who: str) -> Q:
    """Done by people of that name, or about them."""
    people = list(Person.objects.filter(name__icontains=who).values_list("pk", flat=True)[:200])
    return Q(actor_id__in=people) | Q(subject_kind="people.person", subject_id__in=people)


def _older(rows: "QuerySet[JournalLine]", before: str) -> "QuerySet[JournalLine]":
    at, _sign, pk = before.rpartition("_")
    try:
        place, number = datetime.fromisoformat(at), int(pk)
    except ValueError:
        return rows
    if place.tzinfo is None:
        return rows
    return rows.filter(Q(at__lt=place) | Q(at=place, pk__lt=number))


def _shown(rows: list[JournalLine]) -> list[ShownLine]:
    people = {row.actor_id for row in rows} | _subjects(rows, "people.person")
    names = dict(Person.objects.filter(pk__in=people - {None}).values_list("pk", "name"))
    areas = dict(Area.objects.filter(pk__in=_subjects(rows, "networks.area")).values_list("pk", "name"))
    known = {"people.person": names, "networks.area": areas}
    return [
        ShownLine(
            row,
            journal_words.of(row.verb),
            names.get(row.actor_id, ""),
            _subject(row, known.get(row.subject_kind, {})),
            _fields(row),
        )
        for row in rows
    ]


def _subjects(rows: Iterable[JournalLine], kind: str) -> set[int | None]:
    return {row.subject_id for row in rows if row.subject_kind == kind}


def _subject(row: JournalLine, names: dict[Any, str]) -> str:
    model = _model(row.subject_kind)
    kind = str(model._meta.verbose_name) if model else row.subject_kind
    name = names.get(row.subject_id, "")
    return f"{kind} {name}" if name else kind


def _fields(row: JournalLine) -> list[Text]:
    """What changed, by the names that pages give it; values stay in the table."""
    found = [label for name in row.changed if (label := field_words(row.subject_kind, name))]
    return list(dict.fromkeys(found))


def field_words(kind: str, name: str) -> Text | None:
    """Words that a room gave, those of a rule, or the field's own; a field without any is passed over."""
    if words := journal_words.of_field(kind, name):
        return words
    if rule := network_rules.entries.get(name):
        return rule.title
    model = _model(kind)
    field = next((one for one in model._meta.fields if one.name == name), None) if model else None
    return field.verbose_name if field and isinstance(field.verbose_name, Promise) else None


def _model(kind: str) -> Any:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None
