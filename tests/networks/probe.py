"""Real processes for tests, with listeners and jobs of their own: `python -m tests.networks.probe relay` and the like."""

import os
import sys
from pathlib import Path


def lines(first: str = "") -> list[list[str]]:
    """What was told to the outside, in words, of the lines that begin with `first`."""
    path = Path(os.environ["PROBE_FILE"])
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [words for line in text.splitlines() if (words := line.split()) and first in ("", words[0])]


def main() -> None:
    # Only a process of its own sets Django up.
    import django
    from django.core.management import execute_from_command_line

    django.setup()
    # Django has to be set up first.
    from tests.networks.probe_work import register

    register()
    execute_from_command_line(["manage.py", *sys.argv[1:]])


if __name__ == "__main__":
    main()
