"""All that is known of somebody, as a file to take home: a page to read, the same as data, and pictures if any."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.formats import date_format

from people.models import Person
from people.queries.ownership import is_carer, owner_of, seen_children
from people.queries.readings import readings_of
from people.registers.holdings import Holding, Owner, Section, holdings

_STYLE = "people/copy.css"


@dataclass(frozen=True)
class Chapter:
    holding: Holding
    sections: list[Section]

    @property
    def is_empty(self) -> bool:
        return not any(section.rows for section in self.sections)


def chapters_of(owner: Owner, *, told: Callable[[Holding], None] = lambda _holding: None) -> list[Chapter]:
    """A constant number of statements for each class of data."""
    found = []
    for holding in sorted(holdings, key=lambda holding: holding.shown):
        found.append(Chapter(holding, list(holding.export(owner))))
        told(holding)
    return found


def zip_of(person: Person, *, at: datetime, told: Callable[[Holding], None]) -> bytes:
    owner = owner_of(person)
    chapters = chapters_of(owner, told=told)
    seen = seen_children(owner)
    page = {
        "person": person,
        "network": person.network,
        "at": at,
        "chapters": [chapter for chapter in chapters if not chapter.is_empty],
        "readings": readings_of(seen),
        "is_carer": not seen and is_carer(person),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("index.html", render_to_string("people/copy/index.html", page))
        book.writestr("data.json", _json(person, chapters, at=at))
        book.writestr("style.css", _style())
    return out.getvalue()


def _json(person: Person, chapters: list[Chapter], *, at: datetime) -> str:
    zone = person.network.zone
    sections = {
        section.name: [
            {str(head): _plain(cell, zone) for head, cell in zip(section.heads, row, strict=True)}
            for row in section.rows
        ]
        for chapter in chapters
        for section in chapter.sections
    }
    whole = {"library": person.network.library_name, "made_at": at.astimezone(zone).isoformat(), **sections}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _plain(value: object, zone: tzinfo) -> object:
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float) or value is None else str(value)


def in_words(value: object, zone: tzinfo) -> str:
    """A cell as people read it."""
    if isinstance(value, datetime):
        return date_format(value.astimezone(zone), "Y年n月j日 H:i")
    if isinstance(value, date):
        return date_format(value, "Y年n月j日")
    return "" if value is None else str(value)


def _style() -> str:
    found = finders.find(_STYLE)
    return Path(str(found)).read_text(encoding="utf-8") if found else ""
