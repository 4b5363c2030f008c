"""How many facts a second one thread of the relay turns into lines of inboxes.

Run as a program of the demo's own: `python -m bench.relay FACTS`. Prints JSON.
"""

import json
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta

import django

from deploy.local.children import ROOT
from deploy.local.demo import Demo

AIM = 300
FACTS, PEOPLE = 2_000, 100


def measure_relay(demo: Demo) -> list[str]:
    """Prints; what missed its aim comes back by name."""
    program = [sys.executable, "-m", "bench.relay", str(FACTS)]
    done = subprocess.run(program, cwd=ROOT, env=demo.env("relay"), capture_output=True, check=True)
    said = json.loads(done.stdout.splitlines()[-1])
    each, spent = said["facts"] / said["seconds"], said["processor"] / said["facts"] * 1000
    print(f"{'facts to inboxes, by one thread':<40}{each:8.0f} a second   {spent:.1f} ms of processor each")
    return [f"facts to inboxes ({each:.0f} of {AIM} a second)"] if each < AIM else []


def main(count: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    # Models are there only now.
    from kit import clock
    from networks.engine.handing import drain
    from networks.models import Network, inside
    from notifications.models import Message

    # The demo's own relay leaves alone what is due tomorrow.
    tomorrow = clock.now() + timedelta(days=1)
    network = Network.objects.get(code="nanjing")
    with inside(network):
        before = Message.objects.count()
        _post(count, due_at=tomorrow)
    began, worked = time.perf_counter(), time.process_time()
    drain(at=tomorrow + timedelta(seconds=1))
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    with inside(network):
        made = Message.objects.count() - before
    print(json.dumps({"facts": made, "seconds": seconds, "processor": processor}))


def _post(count: int, *, due_at: datetime) -> None:
    from django.db import transaction

    from networks.steps.outbox import post_each
    from people import messages as facts
    from people.models import Person

    with transaction.atomic():
        people = [Person.objects.create(name=f"读者{number}").pk for number in range(PEOPLE)]
        post_each(
            facts.NUMBER_TAKEN_OVER,
            lines=[({"person": people[number % PEOPLE]}, f"bench:{people[0]}:{number}") for number in range(count)],
            due_at=due_at,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))
