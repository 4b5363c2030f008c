"""What the probe's processes do. Inside the database it leaves a line in the journal; outside, one in PROBE_FILE."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from networks import registers
from networks.engine import job_runner
from networks.registers import GiveUp, HandedFact, NotNow, Progress
from networks.steps.journal import note
from tests.networks.probe import lines


def tell(*words: object) -> None:
    with Path(os.environ["PROBE_FILE"]).open("a", encoding="utf-8") as file:
        file.write(" ".join(str(word) for word in words) + "\n")


def inside(fact: HandedFact) -> None:
    note("probe.inside", subject=fact.network, reason=fact.dedupe_key)
    time.sleep(fact.payload.get("seconds", 0))


def outside(fact: HandedFact) -> None:
    tell("begun", fact.dedupe_key, fact.id)
    time.sleep(fact.payload.get("seconds", 0))
    tell("done", fact.dedupe_key, fact.id)


def hang(fact: HandedFact) -> None:
    tell("hang", fact.dedupe_key, fact.attempt, os.getpid())
    if fact.attempt == 1:
        time.sleep(600)


def hang_in_database(fact: HandedFact) -> None:
    note("probe.hang", subject=fact.network, reason=fact.dedupe_key)
    if fact.attempt == 1:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(600)")


def die(fact: HandedFact) -> None:
    tell("suicide", fact.dedupe_key, fact.attempt, os.getpid())
    if fact.attempt == 1:
        os.kill(os.getpid(), signal.SIGKILL)


def refuse(_fact: HandedFact) -> None:
    raise NotNow("总是不行。")


def count(progress: Progress, *, to: int, pause: float = 0.0, die_once: bool = False) -> None:
    tell("job", os.getpid())
    progress.start(total=to, note="数着")
    for number in range(to):
        if die_once and number == 2 and len(lines("job")) == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        progress.step()
        time.sleep(pause)
    progress.result(counted=to)
    progress.result_file("count.txt", str(to).encode())


def deaf(progress: Progress) -> None:
    tell("job", os.getpid())
    progress.start(total=1)
    time.sleep(600)


def give_up(_progress: Progress, *, why: str) -> None:
    if why:
        raise GiveUp(why)
    raise ValueError("13800001234")


def register() -> None:
    job_runner.MANAGE = (sys.executable, "-m", "tests.networks.probe")
    registers.listens_inside("probe.inside", name="probe.inside")(inside)
    registers.listens_outside("probe.outside", name="probe.outside")(outside)
    registers.listens_outside("probe.hang", name="probe.hang", limit_seconds=1)(hang)
    registers.listens_inside("probe.hang_in_database", name="probe.hang_in_database", limit_seconds=1)(hang_in_database)
    registers.listens_outside("probe.suicide", name="probe.suicide")(die)
    registers.listens_outside("probe.poison", name="probe.poison")(refuse)
    registers.job("probe.count", title="数数")(count)
    registers.job("probe.deaf", title="听不见", limit_seconds=8)(deaf)
    registers.job("probe.give_up", title="做不成")(give_up)


@contextmanager
def registered() -> Iterator[None]:
    """For the test's own process, which posts what the others hand over."""
    register()
    try:
        yield
    finally:
        for kept in (registers.listeners, registers.job_kinds):
            for name in [name for name in kept if name.startswith("probe.")]:
                del kept[name]
