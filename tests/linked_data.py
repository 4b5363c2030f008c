"""Structured data of a page, held against schema.org's own lists of properties, as far as we use them."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SCHEMA = "https://schema.org"
KNOWN: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("schema_org.json").read_text(encoding="utf-8"))
_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_of(page: str) -> dict[str, Any]:
    """The one block of a page; what nobody knows in it fails."""
    (text,) = _BLOCK.findall(page)
    data: dict[str, Any] = json.loads(text)
    found = list(faults(data))
    assert (data["@context"], found) == (SCHEMA, []), found
    return data


def faults(node: dict[str, Any], where: str = "") -> Iterator[str]:
    kind = node.get("@type", "")
    here = f"{where}{kind}"
    if "properties" not in KNOWN.get(kind, {}):
        yield f"{here}: no such type"
        return
    if "@id" in node and not _is_address(node["@id"]):
        yield f"{here}.@id: no address"
    for name in KNOWN[kind].get("needs", []):
        if name not in node:
            yield f"{here}.{name}: missing"
    for name, value in node.items():
        if not name.startswith("@"):
            yield from _faults_of(kind, name, value, f"{here}.{name}")


def _faults_of(kind: str, name: str, value: Any, where: str) -> Iterator[str]:
    allowed = _types_of(kind, name)
    values = value if isinstance(value, list) else [value]
    if not allowed or not values:
        yield f"{where}: {'empty' if allowed else 'no such property'}"
    for one in values if allowed else []:
        if isinstance(one, dict):
            if not _above(one.get("@type", "")) & set(allowed):
                yield f"{where}: no {one.get('@type')}"
            yield from faults(one, f"{where}.")
        elif not any(_fits(one, wanted) for wanted in allowed):
            yield f"{where}: {one!r} is no {' or '.join(allowed)}"


def _types_of(kind: str, name: str) -> list[str]:
    lists = (KNOWN[one]["properties"].get(name, []) for one in _above(kind))
    return [one for found in lists for one in found]


def _above(kind: str) -> set[str]:
    """The type and all that it is a kind of."""
    return {kind}.union(*(_above(one) for one in KNOWN.get(kind, {}).get("above", [])))


def _fits(value: Any, wanted: str) -> bool:
    if "one_of" in KNOWN.get(wanted, {}):
        return value in {f"{SCHEMA}/{one}" for one in KNOWN[wanted]["one_of"]}
    check = _CHECKS.get(wanted)
    return check is not None and check(value)


def _is_address(value: Any) -> bool:
    parts = urlsplit(value) if isinstance(value, str) else None
    return bool(parts and parts.scheme in {"http", "https"} and parts.netloc)


def _reads(read: Any, value: Any) -> bool:
    try:
        found = read(value)
    except (TypeError, ValueError):
        return False
    return not isinstance(found, datetime) or found.tzinfo is not None


_CHECKS = {
    "Text": lambda value: isinstance(value, str) and value.strip() != "",
    "URL": _is_address,
    "Boolean": lambda value: isinstance(value, bool),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Date": lambda value: _reads(date.fromisoformat, value),
    "DateTime": lambda value: _reads(datetime.fromisoformat, value),
    "Time": lambda value: _reads(time.fromisoformat, value),
}
