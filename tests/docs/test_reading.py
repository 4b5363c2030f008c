"""What reads the documentation finds planted faults."""

from pathlib import Path

from tests.docs import reading
from tests.docs.reading import Setting


def test_dead_links_are_found(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# A head: with a colon\n\n```\n# not a head\n```\n")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](other.md) [b](gone.md) [c](other.md#a-head-with-a-colon) [d](other.md#not-a-head)\n"
        "[e](https://example.org/gone) [f](#here) `[g](code.md)`\n\n```\n[h](fenced.md)\n```\n\n## Here\n"
    )
    assert reading.dead_links(page) == ["gone.md", "other.md#not-a-head"]


def test_pages_of_others_are_left_out(tmp_path: Path) -> None:
    for place in ("README.md", ".venv/lib/README.md", "docs/a.md"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).touch()
    assert reading.pages(tmp_path) == [tmp_path / "README.md", tmp_path / "docs" / "a.md"]


def test_tables_are_read_without_their_heads() -> None:
    assert reading.table_rows("| A | B |\n|---|---|\n| `a` | x \\| y |\n\ntext\n") == [["`a`", "x | y"]]


def test_settings_are_read_from_the_source() -> None:
    source = """
A = env.secret("SECRET", demo="x")
B = env.number("NUMBER", 8000)
C = env.text("PATH_OF", str(BASE / "x"))
D = env.words("HOSTS", "", demo="localhost")
E = env.flag("LOUD", default=False)
F = env.text("MAYBE", "")
stage = _plain.choice("STAGE", "production", STAGES)
other.text("NOT_OURS", "")
"""
    assert reading.settings_read(source) == {
        "SECRET": Setting("secret", is_required=True, default=""),
        "NUMBER": Setting("number", is_required=False, default="8000"),
        "PATH_OF": Setting("text", is_required=False, default=None),
        "HOSTS": Setting("words", is_required=False, default=""),
        "LOUD": Setting("flag", is_required=False, default="no"),
        "MAYBE": Setting("text", is_required=False, default=""),
        "STAGE": Setting("choice", is_required=False, default="production"),
    }


def test_example_settings_are_read_also_where_commented_out() -> None:
    text = "# Words about it\nSTAGE=production\n# PORT=8000\n#DATA_CIPHER=\n"
    assert reading.example_settings(text) == {"STAGE": "production", "PORT": "8000", "DATA_CIPHER": ""}


def test_targets_and_what_pages_tell_to_run_are_read() -> None:
    assert reading.make_targets("demo test: .venv\n\techo\nX := 1\ndemo-reset:\n") == {"demo", "test", "demo-reset"}
    page = "Run `make demo`, or\n\n```\nPORT=9000 make demo-reset && make test\n```\nto make sense of `manage.py messages --check`.\n"
    assert reading.make_words(page) == {"demo", "demo-reset", "test"}
    assert reading.manage_words(page) == {"messages"}
