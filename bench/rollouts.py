"""A roll-out as a planner does it: 60 spaces and 13 Saturdays, looked at, committed, taken back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from bench.browser import Answer, Browser
from deploy.local.trouble import Trouble

SPACES, WEEKS = 60, 13
# Before any venue opens, with hours and closures not asked for: each of the 780 places is free.
_RULE = {
    "pattern": "weekly",
    "weekdays": "5",
    "every": "1",
    "times": "8:10",
    "adjusted": "keep",
    "host_lack": "skip",
}
_PROGRAMME = re.compile(r'href="/plan/programmes/(\d+)/"')
_ACTIVITY = re.compile(r'href="/plan/activities/(\d+)/"')
_SPACE = re.compile(r'name="v" value="(\d+)"')
_FIRST = re.compile(r'name="first" value="(\d{4}-\d{2}-\d{2})"')
_SEEN = re.compile(r'name="seen" value="(\w+)"')
_UNDO = re.compile(r"/plan/roll-outs/\d+/")


@dataclass(frozen=True)
class RollOut:
    """An activity of next year's plan; its preview's address, and what a commit sends."""

    address: str
    query: dict[str, str]

    @property
    def preview(self) -> str:
        return f"{self.address}?{urlencode({**self.query, 'step': 'preview'})}"

    def commit(self, browser: Browser) -> Answer:
        """Written, and taken back at once, outside the time that is measured."""
        seen = _SEEN.search(browser.get(self.preview).body.decode())
        form = {**self.query, "seen": seen.group(1) if seen else "", "do": "commit"}
        answer = browser.post(self.address, form, referrer=self.preview)
        made = _UNDO.search(answer.location)
        if made is None:
            raise Trouble("The roll-out was not made.")
        browser.post(f"{made.group(0)}undo/", {}, referrer=made.group(0))
        return Answer(200, answer.body, answer.location, answer.seconds)


def asked(browser: Browser) -> RollOut:
    """An activity of the latest season that fits into so many spaces, in the first of them."""
    for address in _activities(browser):
        page = browser.get(f"{address}?wf=1").body.decode()
        first = _FIRST.search(browser.get(f"{address}?step=rule").body.decode())
        spaces = _SPACE.findall(page)[:SPACES]
        if len(spaces) == SPACES and first is not None:
            return RollOut(address, {**_RULE, "spaces": ".".join(spaces), **_span(first.group(1))})
    raise Trouble(f"The demo has no activity that fits into {SPACES} spaces.")


def _activities(browser: Browser) -> Iterator[str]:
    programmes = set(_PROGRAMME.findall(browser.get("/plan/programmes/?size=200").body.decode()))
    for number in sorted(map(int, programmes), reverse=True):
        page = browser.get(f"/plan/programmes/{number}/").body.decode()
        for activity in sorted(set(_ACTIVITY.findall(page))):
            yield f"/plan/activities/{activity}/roll-out/"


def _span(first: str) -> dict[str, str]:
    day = date.fromisoformat(first)
    return {"first": first, "last": (day + timedelta(days=7 * WEEKS - 1)).isoformat()}
