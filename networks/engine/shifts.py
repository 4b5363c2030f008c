"""The same crew, called to work by Celery tasks in each child of a worker."""

import logging
import os
import threading

from networks.engine import bell, handing
from networks.engine.crew import EXIT_REPLACE_ME, Crew, Staffing, process_name
from networks.engine.pulse import Heart

log = logging.getLogger(__name__)
SHIFT_SECONDS = 20.0
STAFFING = Staffing(inside=1, outside=2)

_crew: Crew | None = None
_crew_of: int | None = None


def work_a_shift() -> None:
    """Hand over what is due. A queue that is longer than a shift asks for another one."""
    crew = _our_crew()
    if not crew.shift(seconds=SHIFT_SECONDS):
        bell.nudge()
    Heart(process_name("worker"), crew.hands).beat()


def sweep() -> None:
    handing.sweep()


def _our_crew() -> Crew:
    """Made anew in each forked child; tasks of one child follow one another."""
    global _crew, _crew_of
    if _crew is None or _crew_of != os.getpid():
        _crew, _crew_of = Crew(process_name("worker"), STAFFING, on_hang=_replace_this_process), os.getpid()
        _crew.start()
    return _crew


def _replace_this_process() -> None:
    # The watch itself calls this: it must go on while the others finish.
    threading.Thread(target=_leave, name="facts-leave", daemon=True).start()


def _leave() -> None:
    if _crew is not None:
        _crew.stop()
    log.warning("facts.worker_replaced pid=%s", os.getpid())
    os._exit(EXIT_REPLACE_ME)
