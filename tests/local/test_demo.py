"""The real demo: kill -9 of every part, one after the other, brings it back and leaves no process behind."""

import os
import re
import signal
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import psycopg
import pytest

from tests.local.harness import DemoRun, kill, memory_megabytes, running_demo, wait_until
from tests.local.pressing import Family, families_for

pytestmark = pytest.mark.demo

PARTS = ["mail", "postgres", "relay", "web"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoRun]:
    with running_demo(tmp_path_factory.mktemp("demo") / "data") as run:
        with psycopg.connect(run.owner_url) as connection:
            connection.execute("CREATE TABLE kept (word text)")
            connection.execute("INSERT INTO kept VALUES ('留下')")
        yield run


def whole(demo: DemoRun) -> bool:
    return (
        demo.parts() == PARTS
        and all(len(demo.pids(part)) == 2 for part in PARTS)
        and len(demo.workers()) == 2
        and demo.serves
    )


def words(demo: DemoRun) -> list[str]:
    with psycopg.connect(demo.url()) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM kept")]


def test_it_says_where_it_serves_and_where_its_data_are(demo: DemoRun) -> None:
    assert whole(demo)
    for host in ("127.0.0.1", "nanjing.localhost", "shenzhen.localhost"):
        assert f"http://{host}:{demo.port}/" in demo.said
    assert str(demo.data) in demo.said


def test_only_this_machine_reaches_it(demo: DemoRun) -> None:
    with psycopg.connect(demo.owner_url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    listening = [
        line.split()[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        for line in Path(table).read_text().splitlines()
        if line.split()[3] == "0A" and int(line.split()[1].rpartition(":")[2], 16) == demo.port
    ]
    assert {address.rpartition(":")[0] for address in listening} == {"0100007F"}


def test_a_second_start_on_the_same_folder_is_refused_with_a_way_on(demo: DemoRun) -> None:
    assert demo.supervisor is not None
    second = DemoRun(demo.data)
    second.output = demo.output.with_suffix(".second")
    second.begin()
    assert second.wait() == 1
    assert second.said == (
        f"✗ {demo.data} is in use by process {demo.supervisor.pid}: end that first, or start another demo beside it "
        "with DEMO_DIR=var/second PORT=8001 make demo.\n"
    )
    assert demo.serves


def test_a_web_process_stays_small(demo: DemoRun) -> None:
    for _ in range(10):
        for path in ("/healthz", "/", "/events/", "/venues/"):
            demo.get(path)
    assert max(memory_megabytes(pid) for pid in demo.workers()) <= 160


NUMBERS = (f"1370014{number:04}" for number in range(10_000))


def ask_for_codes(demo: DemoRun, how_many: int) -> list[str]:
    """New families ask for a code: each posts a fact that the relay has to hand on."""
    numbers = [next(NUMBERS) for _ in range(how_many)]
    for number in numbers:
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        address = f"http://127.0.0.1:{demo.port}/sign-in/"
        page = browser.open(address, timeout=30).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        form = urlencode({"csrfmiddlewaretoken": token[1], "phone": number}).encode()
        assert browser.open(address, data=form, timeout=30).url.endswith("/sign-in/code/")
    return [f"+86{number}" for number in numbers]


def messages_to(demo: DemoRun, numbers: list[str]) -> dict[str, int]:
    with psycopg.connect(demo.owner_url) as connection:
        rows = connection.execute(
            'SELECT "to", count(*) FROM notifications_shownmessage WHERE "to" = ANY(%s) GROUP BY 1', [numbers]
        )
        return dict(rows.fetchall())


@pytest.mark.parametrize("who", ["child", "leash"])
@pytest.mark.parametrize("part", PARTS)
def test_a_killed_part_comes_back_and_no_fact_is_lost(demo: DemoRun, part: str, who: str) -> None:
    wait_until(lambda: whole(demo), what="whole before the blow")
    before = demo.pids(part)
    numbers = ask_for_codes(demo, 3)
    kill(before[who])
    killed = set(before.values())
    wait_until(lambda: not killed & set(demo.processes()) and whole(demo), what=f"{part} back")
    assert words(demo) == ["留下"]
    once = dict.fromkeys(numbers, 1)
    wait_until(lambda: messages_to(demo, numbers).keys() == once.keys(), what="every code on its phone")
    assert messages_to(demo, numbers) == once


def test_a_killed_web_worker_comes_back(demo: DemoRun) -> None:
    wait_until(lambda: whole(demo), what="whole before the blow")
    before = demo.workers()
    kill(before[0])
    wait_until(lambda: before[0] not in demo.workers() and whole(demo), what="two workers again")


def told_of(demo: DemoRun, session: str) -> list[tuple[int, int, int, int]]:
    """Of each live registration: its places, its seats, how often the family was told, and which it is."""
    with psycopg.connect(demo.owner_url) as connection:
        rows = connection.execute(
            """SELECT counted,
                   (SELECT count(*) FROM signup_seat WHERE registration_id = row.id),
                   (SELECT count(*) FROM notifications_message WHERE person_id = row.by_id AND kind = 'signup.registered'),
                   household_id
               FROM signup_registration AS row JOIN planning_session ON planning_session.id = session_id
               WHERE planning_session.code = %s AND ended_at IS NULL""",
            [session],
        )
        return rows.fetchall()


def test_families_who_press_while_parts_are_killed_get_their_places_once(demo: DemoRun) -> None:
    wait_until(lambda: whole(demo), what="whole before the blow")
    session, known = families_for(demo, families=24, places=10)
    pressing = [Family(demo, session, one) for one in known]
    for number, family in enumerate(pressing):
        family.start()
        if number in {6, 12}:
            kill(demo.workers()[0])
        if number == 9:
            kill(demo.pids("relay")["child"])
        if number == 15:
            kill(demo.pids("postgres")["child"])
        time.sleep(0.05)
    for family in pressing:
        family.join()
    wait_until(lambda: whole(demo), what="everything back")
    assert {len(set(family.answers)) for family in pressing} == {1}
    assert sum(family.answers == [303, 303] for family in pressing) == 10
    wait_until(lambda: all(told for _c, _s, told, _h in told_of(demo, session)), what="every family told")
    rows = told_of(demo, session)
    assert [row[:3] for row in rows] == [(1, 1, 1)] * 10
    assert len({row[3] for row in rows}) == 10
    with psycopg.connect(demo.owner_url) as connection:
        (taken,) = connection.execute(
            "SELECT taken FROM signup_places JOIN planning_session ON id = session_id WHERE code = %s", [session]
        ).fetchone() or (0,)
    assert taken == 10


def test_a_killed_supervisor_takes_everything_along_and_a_second_start_is_quick(demo: DemoRun) -> None:
    wait_until(lambda: whole(demo), what="whole before the blow")
    assert demo.supervisor is not None
    kill(demo.supervisor.pid)
    demo.wait()
    assert demo.leftovers() == []
    demo.start()
    assert [step for step in ("Static files", "Migrations", "Demo data") if step in demo.said] == []
    assert whole(demo)
    assert words(demo) == ["留下"]


def test_what_survives_even_its_leash_is_ended_by_the_next_start(demo: DemoRun) -> None:
    """Supervisor, leash and main process killed at once: nobody is left to end the web workers."""
    wait_until(lambda: whole(demo), what="whole before the blow")
    assert demo.supervisor is not None
    web, workers = demo.pids("web"), demo.workers()
    for pid in (demo.supervisor.pid, web["leash"], web["child"]):
        os.kill(pid, signal.SIGSTOP)
    for pid in (demo.supervisor.pid, web["leash"], web["child"]):
        kill(pid)
    demo.wait()
    demo.start()
    assert whole(demo)
    assert not set(workers) & set(demo.processes())


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_ends_all_children(demo: DemoRun, by: signal.Signals) -> None:
    if demo.has_ended:
        demo.start()
    assert demo.stop(by) == 0
    assert demo.leftovers() == []
    assert demo.parts() == []
    assert "Everything has ended" in demo.said
