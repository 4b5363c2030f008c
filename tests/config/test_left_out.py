"""A web process does not keep in memory what no address of ours uses."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {
    "ninja", "pydantic", "pygments", "charset_normalizer", "requests", "rich", "yaml",
    "weasyprint", "ortools", "numpy", "openpyxl", "pypdfium2", "holidays",
}  # fmt: skip
CODE = f"""
import sys
import config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
print(sorted(name for name in {HEAVY} if sys.modules.get(name) is not None))
"""


def test_a_web_process_with_all_its_addresses_loads_nothing_heavy() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False
    )
    assert (answer.stdout.strip(), answer.returncode) == ("[]", 0), answer.stderr[-2000:]
