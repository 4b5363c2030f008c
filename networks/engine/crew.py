"""The threads of one process that hand facts over: two for effects in the database, two for the outside,
so that a slow mail server holds up no booking. The relay keeps them at work; a Celery task calls them to a shift.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from kit import clock
from networks.engine import claims, handing
from networks.engine.hands import Hand, Watch

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.2
SWEEP_SECONDS = 1.0
DRAIN_SECONDS = 10.0
FIRST_GAP_SECONDS = 0.25
LONGEST_GAP_SECONDS = 2.0
# "Try me again": whoever supervises the process starts a new one.
EXIT_REPLACE_ME = 75


@dataclass(frozen=True)
class Staffing:
    inside: int = 2
    outside: int = 2


class Crew:
    def __init__(self, name: str, staffing: Staffing, *, on_hang: Callable[[], None]) -> None:
        self._on_hang = on_hang
        self._stopping = threading.Event()
        self._rung = threading.Condition()
        self._rings = 0
        # The ring after which each hand last found nothing to do.
        self._idle_since: dict[str, int] = {}
        sorts = [(False, "inside", staffing.inside), (True, "outside", staffing.outside)]
        self._members = [
            (Hand(f"{name}/{sort}{number}"), is_outside)
            for is_outside, sort, count in sorts
            for number in range(1, count + 1)
        ]
        self.hands = [hand for hand, _is_outside in self._members]
        self._watch = Watch(self.hands, on_hang=self._hung)
        self._threads: list[threading.Thread] = []
        self._on_duty = threading.Event()

    def start(self) -> None:
        self._watch.start()
        for hand, is_outside in self._members:
            self._threads.append(
                threading.Thread(target=self._work, args=[hand, is_outside], name=hand.holder, daemon=True)
            )
            self._threads[-1].start()

    def stay_on_duty(self) -> None:
        self._on_duty.set()

    def shift(self, *, seconds: float) -> bool:
        """Work until nothing is due, or the time is over. True when everybody came to find nothing."""
        ends_at = time.monotonic() + seconds
        self._on_duty.set()
        asked = self.ring()
        while not (finished := self._all_idle_since(asked)) and time.monotonic() < ends_at:
            time.sleep(LOOK_SECONDS / 10)
        self._on_duty.clear()
        while any(hand.is_busy and not hand.is_hung for hand in self.hands):
            time.sleep(LOOK_SECONDS)
        return finished

    def ring(self) -> int:
        with self._rung:
            self._rings += 1
            self._rung.notify_all()
            return self._rings

    def ask_to_stop(self) -> None:
        """Takes no lock, so a signal handler may call it."""
        for hand in self.hands:
            hand.stopping = True

    def stop(self) -> None:
        """Let everybody finish the fact they are at; whoever hangs is left to the end of the process."""
        self.ask_to_stop()
        self._stopping.set()
        self._on_duty.set()
        self.ring()
        until = time.monotonic() + DRAIN_SECONDS
        hung = {hand.holder for hand in self.hands if hand.is_hung}
        for thread in self._threads:
            if thread.name not in hung:
                thread.join(timeout=max(0.0, until - time.monotonic()))
        self._watch.stop()
        self._give_back()

    def _hung(self) -> None:
        self.ask_to_stop()
        self._on_hang()

    def _give_back(self) -> None:
        """What a thread still holds after the drain, another process takes at once."""
        try:
            for hand in self.hands:
                if hand.is_busy and not hand.is_hung:
                    claims.recover_of(hand.holder, at=clock.now())
        except handing.TROUBLE as trouble:
            log.warning("facts.left_leases error=%s", type(trouble).__name__)

    def _work(self, hand: Hand, is_outside: bool) -> None:  # noqa: FBT001 - called by Thread
        while not self._stopping.is_set():
            self._on_duty.wait()
            seen = self._rings
            try:
                worked = handing.hand_some(hand, is_outside=is_outside)
            except handing.TROUBLE as trouble:
                log.warning("facts.lost_database holder=%s error=%s", hand.holder, type(trouble).__name__)
                self._recover(hand)
                continue
            if not worked:
                self._wait_for_ring(hand, seen)
        connection.close()

    def _wait_for_ring(self, hand: Hand, seen: int) -> None:
        with self._rung:
            self._idle_since[hand.holder] = seen
            if self._rings == seen and not self._stopping.is_set():
                self._rung.wait(SWEEP_SECONDS)

    def _all_idle_since(self, ring: int) -> bool:
        with self._rung:
            return all(self._idle_since.get(hand.holder, 0) >= ring and not hand.is_busy for hand in self.hands)

    def _recover(self, hand: Hand) -> None:
        """Until there is a database again; then what this thread had in hand goes back to the others."""
        hand.takes_batch([])
        gap = FIRST_GAP_SECONDS
        while not self._stopping.wait(gap):
            connection.close()
            gap = min(gap * 2, LONGEST_GAP_SECONDS)
            try:
                claims.recover_of(hand.holder, at=clock.now())
            except handing.TROUBLE:
                continue
            return


def process_name(sort: str) -> str:
    return f"{sort}/{socket.gethostname()[:30]}/{os.getpid()}"
