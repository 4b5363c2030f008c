import signal
import sys
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from networks.engine.job_child import run_claimed


class Command(BaseCommand):
    help = "Runs one job that a runner has claimed. Called by the runner only."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("lease", type=uuid.UUID)

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(143))
        # Ctrl-C at a terminal is the runner's to hear.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        run_claimed(options["code"], lease=options["lease"])
