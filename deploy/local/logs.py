"""The ends of logs, for the one sentence that says what went wrong."""

from pathlib import Path


def last_lines(log: Path, how_many: int = 12) -> str:
    try:
        lines = log.read_text(errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return "\n".join(lines[-how_many:]) or "(nothing)"


def last_words(log: Path) -> str:
    """The last line in which PostgreSQL says why it gives up."""
    lines = last_lines(log, 20).splitlines()
    telling = [line for line in lines if "FATAL" in line or "PANIC" in line] or lines
    return telling[-1]
