"""How races are arranged: who has come so far waits for the others, and the database's guards come off."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, local

import psycopg
import pytest

from tests import database


@pytest.fixture
def meeting(monkeypatch):
    """meeting(module, name, number): who has passed the function of that name waits once for the others; not for long, since a
    guard may hold them back. Where nothing does, `patience` is long: a busy machine is slow to bring them there."""

    def arrange(module, name, number, patience=1.5):
        real, meet, here = getattr(module, name), Barrier(number), local()

        def met(*args, **kwargs):
            answer = real(*args, **kwargs)
            if not hasattr(here, "came"):
                here.came = True
                with suppress(BrokenBarrierError):
                    meet.wait(timeout=patience)
            return answer

        monkeypatch.setattr(module, name, met)

    return arrange


@pytest.fixture
def unguarded(monkeypatch):
    """Without a constraint or an index of the sign-up; all stand again afterwards."""
    dropped = []

    def drop(table, name):
        with psycopg.connect(database.owner_url(), autocommit=True) as owner:
            found = owner.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name])
            if (row := found.fetchone()) is not None:
                owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
                dropped.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {row[0]}")
                return
            [(again,)] = owner.execute("SELECT pg_get_indexdef(%s::regclass)", [name]).fetchall()
            owner.execute(f"DROP INDEX {name}")
            dropped.append(again)

    yield drop
    with psycopg.connect(database.owner_url(), autocommit=True) as owner:
        for one in (
            "door_leaving",
            "door_tally",
            "door_headcount",
            "door_absence",
            "door_settlement",
            "door_checkin",
            "door_scan",
            "signup_seat",
            "signup_registration",
            "signup_places",
        ):
            owner.execute(f"DELETE FROM {one}")
        for again in dropped:
            owner.execute(again)
