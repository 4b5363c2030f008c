"""A bell rings once for all who pull it in a moment, and harms nobody when it cannot."""

import threading
import time

from kit.bell import Bell


def waited(until, *, seconds=3.0):
    over = time.monotonic() + seconds
    while not until() and time.monotonic() < over:
        time.sleep(0.005)
    return until()


def test_many_pulls_in_a_moment_are_few_rings_and_the_last_is_heard():
    heard, pulled = [], []
    bell = Bell("tried-bell", lambda: heard.append(len(pulled)), quiet_seconds=0.1)
    for number in range(50):
        pulled.append(number)
        bell.pull()
    assert waited(lambda: heard and heard[-1] == 50)
    assert len(heard) <= 3


def test_a_ring_that_fails_is_no_loss_to_the_next():
    heard = threading.Event()

    def ring():
        if not tried:
            tried.append(1)
            raise ValueError
        heard.set()

    tried = []
    bell = Bell("failing-bell", ring, quiet_seconds=0.01)
    bell.pull()
    assert waited(lambda: bool(tried))
    bell.pull()
    assert heard.wait(3)
