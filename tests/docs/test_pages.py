"""Pages agree with what they speak of: links, decisions, targets, commands, words."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.utils import translation

from tests.docs.reading import (
    OUR_ROOMS,
    ROOT,
    bare,
    dead_links,
    links_to_pages,
    make_targets,
    make_words,
    manage_words,
    pages,
    table_rows,
)

PAGES = pages()


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def our_commands() -> set[str]:
    return {name for name, room in get_commands().items() if str(room) in OUR_ROOMS}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert dead_links(page) == []


def test_every_page_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached:
            reached.add(page)
            waiting += links_to_pages(page)
    assert [str(page.relative_to(ROOT)) for page in PAGES if page not in reached] == []


def test_every_decision_is_in_the_index_under_its_title() -> None:
    titles = {}
    for path in sorted((ROOT / "docs/adr").glob("[0-9]*.md")):
        number, title = re.match(r"# (\d{4}) (.+)", path.read_text(encoding="utf-8")).groups()  # type: ignore[union-attr]
        assert path.name.startswith(f"{number}-")
        titles[f"[{number}]({path.name})"] = title
    index = {row[0]: row[1] for row in table_rows(read("docs/adr/README.md"))}
    assert {entry: title.split(":")[0] for entry, title in index.items()} == titles
    assert list(index) == sorted(index)


def test_every_target_of_make_is_explained() -> None:
    rows = table_rows(read("docs/reference/make.md"))
    assert {bare(row[0]).removeprefix("make ") for row in rows if row[0].startswith("`make ")} == make_targets(
        read("Makefile")
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_tells_to_run_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert make_words(text) - make_targets(read("Makefile")) == set()
    assert manage_words(text) - set(get_commands()) == set()


def test_every_command_is_explained() -> None:
    rows = table_rows(read("docs/reference/commands.md"))
    assert {bare(row[0]).split()[0] for row in rows} == our_commands()


def test_every_rule_of_a_network_is_explained() -> None:
    asked = {
        name
        for room in OUR_ROOMS.values()
        for path in room.rglob("*.py")
        for name in re.findall(r"""rules(?:\.get\(|\[)["'](\w+)["']""", path.read_text(encoding="utf-8"))
    }
    assert {bare(row[0]) for row in table_rows(read("docs/reference/network-rules.md"))} == asked


def glossary() -> dict[str, set[str]]:
    """Word → its Chinese names. A remark in brackets tells two meanings of a word apart."""
    words: dict[str, set[str]] = {}
    for word, chinese, *_meaning in table_rows(read("docs/glossary.md")):
        plain = re.sub(r"\W", "", re.sub(r"\(.*\)", "", word)).lower()
        words.setdefault(plain, set()).update(chinese.split("、"))
    return words


def test_every_model_has_its_word() -> None:
    with translation.override("zh-hans"):
        models = {
            f"{model._meta.app_label}.{model.__name__}": (model.__name__.lower(), str(model._meta.verbose_name))
            for model in apps.get_models()
            if model._meta.app_label in OUR_ROOMS
        }
    words = glossary()
    missing = {label: names for label, names in models.items() if names[1] not in words.get(names[0], set())}
    assert missing == {}


def test_no_word_is_explained_twice() -> None:
    words = [row[0] for row in table_rows(read("docs/glossary.md"))]
    assert len(words) == len(set(words))
