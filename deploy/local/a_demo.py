"""A demo to look at or to measure: the one that runs, or one that is started for it and goes with it."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import ports
from deploy.local.children import ROOT
from deploy.local.demo import answers, port
from deploy.local.trouble import Trouble

PATIENCE = 240


def where() -> int:
    """The demo's port if one runs or was named, else a free one."""
    return port() if answers(port()) or os.environ.get("PORT") else ports.free_port()


@contextmanager
def a_demo(at: int) -> Iterator[Path | None]:
    """The one that runs on this port, or one of its own; that one's folder is given, and goes with it."""
    if answers(at):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="siji-demo-") as folder:
        environment = os.environ | {"DEMO_DIR": folder, "PORT": str(at)}
        demo = subprocess.Popen([sys.executable, "-m", "deploy.local.demo"], cwd=ROOT, env=environment)
        try:
            _wait_for(demo, at=at)
            yield Path(folder)
        finally:
            demo.terminate()
            demo.wait()


def _wait_for(demo: "subprocess.Popen[bytes]", *, at: int) -> None:
    over = time.monotonic() + PATIENCE
    while not answers(at):
        if demo.poll() is not None or time.monotonic() > over:
            raise Trouble("The demo did not start; its own words are above.")
        time.sleep(0.5)
