"""How many a second the whole service takes, and the smallest that the same web server does in the same run."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench import floor
from bench.crowd import Said, pressed
from deploy.local import ports
from deploy.local.children import ROOT
from deploy.local.demo import DATABASE, Demo, web_command
from deploy.local.postgres import OWNER, WEB
from deploy.local.trouble import Trouble


@dataclass(frozen=True)
class Rate:
    each_second: float
    milliseconds: tuple[float, float, float]

    def __str__(self) -> str:
        middle, late, last = self.milliseconds
        return f"{self.each_second:8.0f} a second   p50 {middle:6.1f}   p95 {late:6.1f}   p99 {last:6.1f} ms"


def rate(at: int, requests: Sequence[bytes], together: int, *, expected: int = 303) -> Rate:
    said, seconds = pressed(at, requests, together=together)
    refuse_odd(said, {expected})
    spent = sorted(one.seconds * 1000 for one in said)
    cut = statistics.quantiles(spent, n=100)
    return Rate(len(said) / seconds, (cut[49], cut[94], cut[98]))


def refuse_odd(said: Sequence[Said], expected: set[int]) -> None:
    odd = Counter(one.status for one in said if one.status not in expected)
    if odd:
        body = next(one.body for one in said if one.status in odd)
        raise Trouble(f"Answered {dict(odd)}: {body.decode(errors='replace')[:300]}")


@contextmanager
def floor_of(demo: Demo, program: str = "bench.floor") -> Iterator[int]:
    with psycopg.connect(demo.cluster.url(OWNER, DATABASE), autocommit=True) as connection:
        connection.execute(floor.TABLES)
    at = ports.free_port()
    command = [*web_command(at)[:-1], f"{program}:application"]
    server = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"DATABASE_URL": demo.cluster.url(WEB, DATABASE), "PYTHONPATH": str(ROOT)}
    )
    try:
        over = time.monotonic() + 20
        while not ports.answers_here(at) and time.monotonic() < over:
            time.sleep(0.1)
        yield at
    finally:
        server.terminate()
        server.wait()


def made_by(demo: Demo, program: str, *asked: object) -> dict[str, Any]:
    """What a program of the bench has put into the demo."""
    command = [sys.executable, "-m", program, *map(str, asked)]
    done = subprocess.run(command, cwd=ROOT, env=demo.env("web"), capture_output=True, check=False)
    if done.returncode:
        raise Trouble(f"Nothing for the bench: {done.stderr.decode()[-600:]}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def worked(at: int) -> float:
    """Seconds of processor that the web's processes have spent."""
    ticks = os.sysconf("SC_CLK_TCK")
    spent = 0
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes().split(b"\0")
            fields = (place / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if b"config.wsgi:application" in command and str(at).encode() in command:
            spent += int(fields[11]) + int(fields[12])
    return spent / ticks
