"""The import contracts hold, and turn red on a planted fault."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["cms", "config", "deploy", "kit", "networks", "notifications", "people", "programmes", "venues"]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "static", "locale"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "line", "contract"),
    [
        pytest.param("networks/rules/planted.py", "import people.models\n", "Rooms", id="upward-import"),
        pytest.param("networks/helpers.py", "", "Floors", id="a-stray-helpers-file"),
        pytest.param("people/models/planted.py", "import people.doors\n", "Floors", id="upward-inside-a-room"),
        pytest.param("people/queries/planted.py", "import wagtail\n", "Wagtail", id="wagtail-below-cms"),
        pytest.param("people/queries/planted.py", "import celery\n", "Celery", id="celery-outside-tasks"),
    ],
)
def test_a_planted_fault_turns_its_contract_red(copy: Path, path: str, line: str, contract: str) -> None:
    target = copy / path
    target.parent.mkdir(exist_ok=True)
    (target.parent / "__init__.py").touch()
    target.write_text(line)
    answer = lint(copy)
    broken = [row for row in answer.stdout.splitlines() if " BROKEN" in row]
    assert answer.returncode == 1
    assert len(broken) == 1
    assert contract in broken[0]


def imports_inside_functions(source: str) -> list[int]:
    tree = ast.parse(source)
    lines = source.splitlines()
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        first = [inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
        if first and not any(lines[number].lstrip().startswith("#") for number in (first[0].lineno - 2,)):
            found.append(first[0].lineno)
    return found


def test_an_import_inside_a_function_gives_its_reason() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
        for line in imports_inside_functions(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_an_import_without_a_reason_is_found() -> None:
    assert imports_inside_functions("def f():\n    import os\n") == [2]
    assert imports_inside_functions("def f():\n    # slow to load\n    import os\n") == []
