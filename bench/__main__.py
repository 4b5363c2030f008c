"""`make bench`: how long the demo's pages take, beside the smallest answer that the same server gives in the same run."""

import re
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench import rollouts, tables
from bench.arriving import measure_arriving
from bench.browser import Answer, Browser
from bench.public import measure_public
from bench.registrations import measure_registrations
from bench.relay import measure_relay
from deploy.local.a_demo import a_demo, where
from deploy.local.demo import Demo
from deploy.local.trouble import Trouble

HOST = "nanjing.localhost"
PLANNER, ADMIN, PARENT = "13800000001", "13800000005", "13800000010"
ROUNDS = 25
FILES = 3


@dataclass(frozen=True)
class Page:
    """`limit`: milliseconds that the design allows in the server. `link`: the page that is measured is the first of
    these that the path leads to.
    """

    name: str
    path: str
    phone: str = ""
    limit: int = 100
    link: str = ""


@dataclass(frozen=True)
class Preview:
    name: str
    path: str
    content: Callable[[int], bytes]
    phone: str
    rows: int = 2000
    limit: int = 3000


PAGES = (
    Page("venues, for readers", "/venues/?open=sunday&with=step_free"),
    Page("venues, open now", "/venues/?open=now"),
    Page("one venue", "/venues/nj028/?fresh=1"),
    Page("a week of sessions, for readers", "/events/?fresh=1"),
    Page("sessions to come, for readers", "/events/?when=coming"),
    Page("sessions that are over", "/events/past/?fresh=1"),
    Page("sessions for one age at the weekend", "/events/?when=weekend&age=4"),
    Page("sessions, searched by words", f"/events/?q={quote('故事')}"),
    Page("a month of sessions", "/events/month/?fresh=1"),
    Page("one session", "/events/?when=coming", link=r"/events/(?!week/|month/|past/)[a-z0-9]+/"),
    Page("feed of a whole city", "/events.ics?fresh=1", limit=300),
    Page("map of all sessions, first file", "/sitemap-events-1.xml", limit=200),
    Page("venue list of staff", "/plan/venues/?size=200", PLANNER),
    Page("venue list of staff, open now", "/plan/venues/?state=open", PLANNER),
    Page("staff list", "/plan/staff/?size=200", ADMIN),
    Page("session list of staff", "/plan/sessions/?time=all&size=200", PLANNER),
    Page("month plan", "/plan/table/", PLANNER),
    Page("a day of the whole city", "/plan/day/", PLANNER),
    Page("a week of the whole city", "/plan/week/", PLANNER),
    Page("workplace", "/plan/", PLANNER),
    Page("journal", "/plan/journal/", ADMIN),
    Page("household", "/me/family/", PARENT),
    Page("consents", "/me/family/consents/", PARENT),
    Page("what is known", "/me/privacy/", PARENT),
)
PREVIEWS = (
    Preview("preview of 2,000 venues", "/plan/venues/import/", tables.venues, PLANNER),
    Preview("preview of 2,000 sessions", "/plan/whole/", tables.plan, PLANNER),
    Preview("preview of 2,000 staff", "/plan/staff/import/", tables.staff, ADMIN),
)


def median_ms(answers: list[Answer], *, expected: int = 200) -> float:
    odd = [answer.status for answer in answers if answer.status != expected]
    if odd:
        raise Trouble(f"Answered {odd[0]}: {answers[-1].body.decode()[:300]}")
    return statistics.median(answer.seconds for answer in answers) * 1000


def measure(ask: Callable[[], Answer], *, rounds: int, warm: int = 3) -> float:
    for _ in range(warm):
        ask()
    return median_ms([ask() for _ in range(rounds)])


def landed(browser: Browser, path: str) -> str:
    """Where a page that only points on leads to."""
    answer = browser.get(path)
    return answer.location if answer.status in {302, 303} else path


def main() -> None:
    wanted = " ".join(sys.argv[1:])
    at = where()
    with a_demo(at) as own:
        browsers = {phone: Browser(at, HOST) for phone in ("", PLANNER, ADMIN, PARENT)}
        for phone, browser in browsers.items():
            if phone:
                browser.sign_in(phone)
        floor = measure(lambda: browsers[""].get("/healthz"), rounds=ROUNDS * 4)
        print(f"{'floor: the same server answers “ok”':<40}{floor:9.2f} ms")
        late = [name for name in _each(browsers, floor, wanted) if name]
        late += _written(own, at, wanted)
    if late:
        raise Trouble(f"Over their limit: {', '.join(late)}.")


def _written(own: Path | None, at: int, wanted: str) -> list[str]:
    """Families by the hundred are put into a demo that goes with the bench, and into no other."""
    asked = [measure for name, measure in _WRITING.items() if wanted in name]
    if asked and own is None:
        print("registrations, check-ins and facts are measured in a demo that the bench starts: end the one that runs")
        return []
    return [late for measure in asked for late in measure(Demo(own, at=at))] if own else []


_WRITING = {
    "public pages": measure_public,
    "facts to inboxes": measure_relay,
    "registrations": measure_registrations,
    "check-ins": measure_arriving,
}


def _each(browsers: dict[str, Browser], floor: float, wanted: str) -> list[str]:
    pages = [page for page in PAGES if wanted in page.name]
    previews = [preview for preview in PREVIEWS if wanted in preview.name]
    return [
        *(_told(page, *_asked(browsers[page.phone], page, floor)) for page in pages),
        *(_told(preview, _previewed(browsers[preview.phone], preview), floor) for preview in previews),
        *_rolled_out(browsers[PLANNER], floor, wanted),
    ]


def _asked(browser: Browser, page: Page, floor: float) -> tuple[float, float, int]:
    """How long it takes, beside the floor, and how many octets it is before it is packed for the wire."""
    path = landed(browser, page.path)
    if page.link:
        found = re.search(page.link, browser.get(path).body.decode())
        if found is None:
            raise Trouble(f"{page.path} leads to no {page.name}.")
        path = f"{found[0]}?fresh=1"
    return measure(lambda: browser.get(path), rounds=ROUNDS), floor, len(browser.get(path).body)


def _previewed(browser: Browser, preview: Preview) -> float:
    """From sending the file until its preview has been read, over the redirect between them."""
    content = preview.content(preview.rows)

    def send() -> Answer:
        sent = browser.send_file(preview.path, name="file", filename="table.xlsx", content=content)
        if sent.status not in {302, 303}:
            return sent
        shown = browser.get(sent.location)
        return Answer(shown.status, shown.body, shown.location, sent.seconds + shown.seconds)

    return measure(send, rounds=FILES, warm=1)


def _rolled_out(browser: Browser, floor: float, wanted: str) -> list[str]:
    """60 spaces × 13 weeks, before it is written and while it is."""
    looked = Page("preview of a roll-out of 780 sessions", "", limit=1000)
    written = Page("commit of a roll-out of 780 sessions", "", limit=3000)
    if wanted not in looked.name and wanted not in written.name:
        return []
    work = rollouts.asked(browser)
    return [
        _told(looked, measure(lambda: browser.get(work.preview), rounds=ROUNDS), floor),
        _told(written, measure(lambda: work.commit(browser), rounds=FILES, warm=1), floor),
    ]


def _told(what: Page | Preview, spent: float, floor: float, octets: int = 0) -> str:
    is_late = spent > what.limit
    size = f"{octets / 1024:8.0f} KB" if octets else ""
    print(
        f"{what.name:<40}{spent:9.1f} ms{spent / floor:8.0f} ×   of {what.limit} ms{size}{'  LATE' if is_late else ''}"
    )
    return what.name if is_late else ""


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        sys.exit(f"✗ {trouble}")
