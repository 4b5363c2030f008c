"""Habits of the house that no linter knows, each shown red on a planted fault."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from networks.models import TenantModel

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["cms", "config", "deploy", "kit", "networks", "notifications", "people", "programmes", "venues"]

# Tables that exist before, or beside, any one network. Each has its reason in docs/adr/0002.
# Pages name their network, and pictures lie in its collection, but Wagtail reads all of them at once: cms narrows what an editor
# sees.
OF_WAGTAIL = {
    "ActivityPage", "AlbumPage", "BrandPage", "GalleryPage", "HomePage", "Picture", "PlainPage", "ProgrammePage", "Rendition", "SeasonPage",
    "ShelfPage", "StoriesPage", "StoryPage",
}  # fmt: skip
UNSCOPED = OF_WAGTAIL | {"Network", "NetworkHost", "CheckFile", "OpeningStep", "Period", "Pulse"}
# The only places that read the rows of several networks at once.
ACROSS_NETWORKS: set[str] = {"networks/engine/scopes.py"}
LONGEST_FUNCTION = 40
LONGEST_MODULE = 400


def modules() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def templates() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("templates/**/*.html")):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def long_functions(source: str) -> list[str]:
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]


def test_functions_stop_at_forty_lines():
    assert {name: found for name, source in modules() if (found := long_functions(source))} == {}


def test_a_long_function_is_found():
    assert long_functions("def f():\n" + "    x = 1\n" * 40) == ["f"]


def test_modules_stop_at_four_hundred_lines():
    assert [name for name, source in modules() if source.count("\n") > LONGEST_MODULE] == []


# Styles and scripts come from files: the content policy allows no others. Mail services know neither policy nor files.
MAIL = "notifications/mail/mail.html"
INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:application/(?:ld\+)?json|importmap)\")|\sstyle=|\son[a-z]+=",
    re.IGNORECASE,
)


def test_no_template_carries_style_or_script():
    inline = {name: found for name, source in templates() if (found := INLINE.findall(source))}
    assert [name for name in inline if not name.endswith(MAIL)] == []
    assert [found for name in inline for found in inline[name] if found.strip() != "style="] == []


@pytest.mark.parametrize("fault", ["<p style='x'>", "<script>1</script>", "<a onclick='x'>", "<style>"])
def test_an_inline_style_or_script_is_found(fault):
    assert INLINE.search(fault)


def test_a_script_from_a_file_is_fine():
    assert not INLINE.search('<script type="module" src="x.js"></script>')


def crossing(source: str) -> bool:
    return any(
        (isinstance(node, ast.Name) and node.id == "scopes_disabled")
        or (isinstance(node, ast.Attribute) and node.attr in {"scopes_disabled", "_base_manager"})
        for node in ast.walk(ast.parse(source))
    )


def test_only_named_places_read_across_networks():
    assert {name for name, source in modules() if crossing(source)} == ACROSS_NETWORKS


def test_a_crossing_is_found():
    assert crossing("with scopes_disabled(): pass")
    assert crossing("Person._base_manager.all()")


def test_every_table_of_ours_belongs_to_a_network():
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in ROOMS]
    loose = {model.__name__ for model in ours if not issubclass(model, TenantModel)}
    assert loose == UNSCOPED


def formatted_translations(source: str) -> list[int]:
    words = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in words
        and any(isinstance(argument, ast.JoinedStr) for argument in node.args)
    ]


def test_no_translation_is_an_f_string():
    assert {name: found for name, source in modules() if (found := formatted_translations(source))} == {}


def test_an_f_string_in_a_translation_is_found():
    assert formatted_translations('_(f"{x} left")') == [1]


def test_migrations_are_named_as_sentences():
    names = [path.stem for room in ROOMS for path in (ROOT / room).rglob("migrations/0*.py")]
    assert [name for name in names if re.search(r"_auto_|_initial$|_alter_|_remove_.*_and_more", name)] == []
