"""What families do in the same moment, each over a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import uuid4

from django.db import connection

from kit import clock
from kit.refusals import Refused
from networks.models import inside
from programmes.signup.commands import changing, courses, registering
from tests.signup.signing import party


def at_once(network, *works):
    """What each came to: its own answer, or the code of its refusal."""
    start = Barrier(len(works))

    def run(work):
        try:
            with inside(network):
                connection.ensure_connection()
                start.wait(timeout=10)
                return work()
        except Refused as no:
            return no.codes[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def signs(session, home, key=None, *, waits=False, **values):
    """One family's work; what is chosen is read before all begin."""
    household, by = home
    chosen, key = replace(party(household, **values), waits=waits), key or uuid4()

    def work():
        return registering.register(
            household=household, session=session, party=chosen, by=by, request_key=key, at=clock.now()
        ).pk

    return work


def joins_course(days, home, key=None):
    """All of these days, from the page of the first."""
    household, by = home
    chosen, key = party(household), key or uuid4()

    def work():
        return courses.register_course(
            household=household,
            session=days[0],
            days=[day.code for day in days],
            party=chosen,
            by=by,
            request_key=key,
            at=clock.now(),
        ).pk

    return work


def changes(registration, home, **values):
    household, by = home
    chosen = party(household, **values)
    return lambda: changing.change_party(registration=registration, party=chosen, by=by, at=clock.now()).counted


def cancels(registration, by):
    return lambda: changing.cancel(registration=registration, by=by, at=clock.now()).ending


def made(told):
    return {one for one in told if isinstance(one, int)}
