"""Reads our own Markdown, settings and Makefile, so that tests can compare them."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".venv", "node_modules", "var", ".git", ".hypothesis", ".pytest_cache"}
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)


def pages(root: Path = ROOT) -> list[Path]:
    return sorted(path for path in root.rglob("*.md") if not SKIPPED.intersection(path.relative_to(root).parts))


def table_rows(text: str) -> list[list[str]]:
    """The cells of every table row, without heads and rules."""
    rows: list[list[str]] = []
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if not line.startswith("|") or _is_rule(line):
            continue
        if place + 1 < len(lines) and _is_rule(lines[place + 1]):
            continue
        rows.append([cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return rows


def _is_rule(line: str) -> bool:
    return bool(re.fullmatch(r"\|[\s|:-]+\|", line))


def bare(cell: str) -> str:
    return cell.strip("`* ")


# --- Links -----------------------------------------------------------------------------------


def dead_links(page: Path) -> list[str]:
    """Relative links of a page that lead nowhere: no such file, or no such heading in it."""
    found = []
    for target in links(page):
        name, _, anchor = target.partition("#")
        other = (page.parent / name).resolve() if name else page
        if not other.exists() or (anchor and anchor not in anchors(other.read_text(encoding="utf-8"))):
            found.append(target)
    return found


def links(page: Path) -> list[str]:
    text = re.sub(r"`[^`]*`", "", _FENCE.sub("", page.read_text(encoding="utf-8")))
    return [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:", target)]


def links_to_pages(page: Path) -> list[Path]:
    named = [(page.parent / target.partition("#")[0]).resolve() for target in links(page)]
    return [path for path in named if path.suffix == ".md" and path.is_file()]


def anchors(text: str) -> set[str]:
    """What GitHub and Gitea make of headings."""
    heads = re.findall(r"^#{1,6}\s+(.+?)\s*#*$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


# --- Settings --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Setting:
    """One name that config reads from the environment."""

    kind: str
    is_required: bool
    default: str | None
    """As the documentation writes it; None where it is computed."""


def settings_read(source: str) -> dict[str, Setting]:
    """Every `env.<kind>("NAME", …)` in a module of config."""
    found = {}
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        holder = node.func.value
        if not (isinstance(holder, ast.Name) and holder.id in {"env", "_plain"}):
            continue
        name = ast.literal_eval(node.args[0])
        found[name] = Setting(node.func.attr, *_default(node))
    return found


def _default(call: ast.Call) -> tuple[bool, str | None]:
    """Whether production must name it, and what it is otherwise."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    given = call.args[1] if len(call.args) > 1 else named.get("default")
    if given is None:
        return True, ""
    if not isinstance(given, ast.Constant):
        return False, None
    value = given.value
    return False, ("no", "yes")[value] if isinstance(value, bool) else str(value)


def example_settings(text: str) -> dict[str, str]:
    """NAME → value in .env.example; a line that is commented out counts."""
    return dict(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=(.*)$", text, re.MULTILINE))


# --- Makefile and commands ---------------------------------------------------------------------


def make_targets(text: str) -> set[str]:
    targets = re.findall(r"^([a-z][a-z0-9 -]*):(?!=)", text, re.MULTILINE)
    return {target for line in targets for target in line.split()}


def make_words(text: str) -> set[str]:
    """Every target that a page tells to run."""
    return set(re.findall(r"(?:`|^\s*|&& |[A-Z_]+=\S+ )make ([a-z][a-z0-9-]*)", text, re.MULTILINE))


def manage_words(text: str) -> set[str]:
    return set(re.findall(r"(?:`|python )manage\.py ([a-z][a-z_]*)", text))


# Each room by its label.
OUR_ROOMS = {path.parent.name: path.parent for path in [*ROOT.glob("*/apps.py"), *ROOT.glob("programmes/*/apps.py")]}
