"""The settings in the source, in .env.example and on the reference page are the same."""

from tests.docs.reading import ROOT, Setting, bare, example_settings, settings_read, table_rows

# Checked at the start instead: only production needs it, and another broker may stand in for the queue.
CHECKED_AT_START = {"REDIS_URL"}


def read() -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for path in sorted((ROOT / "config").rglob("*.py")):
        found |= settings_read(path.read_text(encoding="utf-8"))
    return found


def documented() -> dict[str, list[str]]:
    rows = table_rows((ROOT / "docs/reference/settings.md").read_text(encoding="utf-8"))
    return {bare(row[0]): row[1:] for row in rows}


def test_the_reference_page_lists_every_setting_as_it_is() -> None:
    shown = {
        name: (kind, needed == "yes", None if default == "(computed)" else bare(default))
        for name, (kind, needed, default, _meaning) in documented().items()
    }
    assert shown == {name: (one.kind, one.is_required, one.default) for name, one in read().items()}


def test_each_setting_has_a_meaning() -> None:
    assert [name for name, row in documented().items() if len(row[3]) < 10] == []


def test_the_example_names_every_setting_and_no_other() -> None:
    example = example_settings((ROOT / ".env.example").read_text(encoding="utf-8"))
    assert set(example) == set(read())


def test_the_example_shows_defaults_as_they_are_and_leaves_open_what_is_needed() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name, one in read().items():
        is_open = f"\n{name}=\n" in text
        assert is_open == (one.is_required or name in CHECKED_AT_START), name
        assert example_settings(text)[name] in {one.default or "", "production"}, name
