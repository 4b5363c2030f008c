"""What a later start of the demo does again: whatever its sources say has changed, in rooms inside rooms, too."""

from pathlib import Path

import pytest

from deploy.local import demo

FILES = {
    "kit/static/kit/base.css": "static",
    "programmes/planning/static/planning/days.css": "static",
    "programmes/planning/migrations/0001_first.py": "migrations",
    "programmes/planning/rules/ages.py": "data",
}


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (*FILES, "kit/__init__.py", "programmes/__init__.py", "programmes/planning/__init__.py", "uv.lock"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before")
    monkeypatch.setattr(demo, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("name", "part"), FILES.items())
def test_a_changed_file_is_noticed(sources: Path, name: str, part: str) -> None:
    before = demo.fingerprint()
    (sources / name).write_text("and after")
    assert demo.fingerprint()[part] != before[part]


def test_where_nothing_changed_nothing_is_done_again(sources: Path) -> None:
    assert demo.fingerprint() == demo.fingerprint()
