"""Imports cannot tell of relations, {% url %} and {% include %}: these go down only, too."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from django.urls import URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]

# Bottom to top. A room that is not built yet keeps its floor.
FLOORS = [
    ["kit"],
    ["networks"],
    ["people"],
    ["notifications"],
    ["certificates"],
    ["venues"],
    ["programmes.planning"],
    ["programmes.joint"],
    ["programmes.signup"],
    ["programmes.door"],
    ["volunteers", "programmes.contests"],
    ["figures"],
    ["cms"],
    ["config"],
]
OUTSIDE = -1


def floor(module: str) -> int:
    for number, rooms in enumerate(FLOORS):
        if any(module == room or module.startswith(f"{room}.") for room in rooms):
            return number
    return OUTSIDE


def upward_relations(all_models: list[type[models.Model]]) -> list[str]:
    return [
        str(field)
        for model in all_models
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and isinstance(field.related_model, type)
        and floor(model.__module__) != OUTSIDE
        and floor(field.related_model.__module__) > floor(model.__module__)
    ]


def test_relations_go_down() -> None:
    assert upward_relations(apps.get_models()) == []


@isolate_apps("networks", "people")
def test_a_relation_that_goes_up_is_found() -> None:
    class Above(models.Model):  # noqa: DJ008 - nobody prints it
        class Meta:
            app_label = "people"

    class Below(models.Model):  # noqa: DJ008 - nobody prints it
        above = models.ForeignKey(Above, models.CASCADE)

        class Meta:
            app_label = "networks"

    Above.__module__, Below.__module__ = "people.models", "networks.models"
    assert upward_relations([Above, Below]) == ["networks.Below.above"]


def rooms_with_templates() -> list[str]:
    return [room for rooms in FLOORS for room in rooms if (ROOT / room.replace(".", "/") / "templates").is_dir()]


def room_of_template(name: str) -> str | None:
    for room in rooms_with_templates():
        if (ROOT / room.replace(".", "/") / "templates" / name).is_file():
            return room
    return None


def room_of_url(name: str) -> str | None:
    """The room whose views stand behind a URL name ("people:sign-in")."""
    namespace = name.split(":", 1)[0] if ":" in name else ""
    return next((module for spaced, module in url_rooms() if spaced == namespace), None)


def url_rooms() -> Iterator[tuple[str, str]]:
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace:
            module = getattr(resolver.urlconf_module, "__name__", "")
            yield resolver.namespace, module.removesuffix(".urls")


def upward_references(room: str, text: str) -> list[str]:
    found = []
    for name in re.findall(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""", text):
        other = room_of_template(name)
        if other is not None and floor(other) > floor(room):
            found.append(name)
    for name in re.findall(r"""{%\s*url\s+["']([^"']+)["']""", text):
        other = room_of_url(name)
        if other is not None and floor(other) > floor(room):
            found.append(name)
    return found


@pytest.mark.parametrize("room", rooms_with_templates())
def test_templates_point_down(room: str) -> None:
    folder = ROOT / room.replace(".", "/") / "templates"
    found = {
        str(path.relative_to(ROOT)): up
        for path in folder.rglob("*.html")
        if (up := upward_references(room, path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_a_template_that_points_up_is_found() -> None:
    template = next((ROOT / "people/templates").rglob("*.html"))
    name = template.relative_to(ROOT / "people/templates")
    assert upward_references("networks", f'{{% include "{name}" %}}') == [str(name)]
    assert upward_references("networks", '{% url "people:sign-in" %}') == ["people:sign-in"]
