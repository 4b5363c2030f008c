"""Families who press until they are answered, whatever happens to the service meanwhile."""

import http.client
import json
import subprocess
import sys
import threading
import time
from typing import Any
from urllib.parse import urlencode

from deploy.local.children import ROOT
from deploy.local.demo import Demo
from deploy.local.ports import HERE
from tests.local.harness import PATIENCE, DemoRun

_TOKEN = "f" * 32
ANSWERS = {303, 422}


def families_for(demo: DemoRun, *, families: int, places: int) -> tuple[str, list[dict[str, str]]]:
    """A session's code, and families who are signed in."""
    asked = [sys.executable, "-m", "bench.families", str(families), str(places)]
    environment = Demo(demo.data, at=demo.port).env("web")
    done = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, check=True)
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return made["sessions"][0], made["families"]


class Family(threading.Thread):
    """Sends the same sheet again and again until somebody says yes or no, and then once more."""

    def __init__(self, demo: DemoRun, session: str, known: dict[str, str]) -> None:
        super().__init__()
        self.demo, self.path, self.known = demo, f"/events/{session}/sign-up/", known
        self.answers: list[int] = []

    def run(self) -> None:
        over = time.monotonic() + PATIENCE
        while len(self.answers) < 2 and time.monotonic() < over:
            status = self._press()
            if status in ANSWERS:
                self.answers.append(status)
            else:
                time.sleep(0.1)

    def _press(self) -> int:
        known = self.known
        sent = {
            "csrfmiddlewaretoken": _TOKEN,
            "household": known["household"],
            "request_key": known["key"],
            "children": known["child"],
            "adults": "0",
        }
        heads = {
            "Host": f"nanjing.localhost:{self.demo.port}",
            "Origin": f"http://nanjing.localhost:{self.demo.port}",
            "Cookie": f"{known['session_cookie']}; {known['csrf_cookie']}={_TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        line = http.client.HTTPConnection(HERE, self.demo.port, timeout=20)
        try:
            line.request("POST", self.path, urlencode(sent), heads)
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()
