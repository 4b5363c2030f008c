import os
import signal
import sys
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from networks.engine.crew import Staffing
from networks.engine.relay import Relay

# Of the processes of one machine those go first that somebody waits for; a fact is as good a moment later.
GIVES_WAY = 10


class Command(BaseCommand):
    help = (
        "Hands facts to their listeners, does periodic work and runs jobs, without a broker. "
        "Ends with code 75 when it wants to be started anew."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--inside", type=int, default=2, help="threads for effects in the database")
        parser.add_argument("--outside", type=int, default=2, help="threads for messages to the outside")
        parser.add_argument("--no-jobs", action="store_true", help="leave long work to another process")

    def handle(self, *args: Any, **options: Any) -> None:
        _give_way()
        relay = Relay(Staffing(options["inside"], options["outside"]), runs_jobs=not options["no_jobs"])
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: relay.stop())
        code = relay.run()
        sys.stdout.flush()
        sys.stderr.flush()
        # Without the usual farewell: a thread that hangs would hold it up.
        os._exit(code)


def _give_way() -> None:
    """Linux weighs sessions of processes against each other before it weighs the processes; elsewhere there is no such file."""
    os.nice(GIVES_WAY)
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(GIVES_WAY), encoding="ascii")
