"""The decision on tenancy names every table without a network, and every place that reads across them."""

import re

from django.apps import apps

from tests.docs.reading import OUR_ROOMS, ROOT, table_rows

ADR = (ROOT / "docs/adr/0002-tenancy.md").read_text(encoding="utf-8")


def has_network(model) -> bool:
    return any(field.name == "network" for field in model._meta.get_fields())


def test_every_table_without_a_network_is_named_with_its_guard() -> None:
    without = [model._meta for model in apps.get_models(include_auto_created=True) if not has_network(model)]
    found = {meta.label if meta.app_label in OUR_ROOMS else meta.app_label for meta in without}
    rows = table_rows(ADR)
    assert {name for row in rows for name in re.findall(r"`([\w.]+)`", row[0])} == found
    assert [row for row in rows if len(row[2]) < 10] == []


def test_every_place_that_leaves_the_scope_is_named() -> None:
    places = {
        str(path.relative_to(ROOT))
        for room in OUR_ROOMS.values()
        for path in room.rglob("*.py")
        if "import scopes_disabled" in path.read_text(encoding="utf-8")
    }
    section = ADR.partition("## Who reads across networks")[2].partition("## ")[0]
    assert set(re.findall(r"`([\w/]+\.py)`", section)) == places
