"""A device alone decides as the library does: its module runs in Chromium, and is held to the table of outcomes."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from kit.ids import tidy_code
from programmes.door.queries.roster import tail_hash
from programmes.door.rules.outcomes import Door, Known, outcome_of
from programmes.signup.choices import State

MODULE = Path("programmes/door/static/door/deciding.js").read_text(encoding="utf-8")
NOON, DAY = datetime(2026, 5, 16, 12, 0, tzinfo=UTC), date(2026, 5, 16)
HOUR = timedelta(hours=1)
DOOR = Door(1, DAY, NOON - HOUR, NOON + HOUR)
STATES = {State.HOLDS: "", State.WAITS: "waits", State.INVITED: "waits", State.ASKED: "asked"}


@pytest.fixture(scope="module")
def decide(chromium):
    """Calls one of the module's functions with JSON."""
    page = chromium.new_page()
    page.route("http://localhost/**", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto("http://localhost/")
    page.evaluate(
        "async (text) => { const at = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));"
        " globalThis.deciding = await import(at); }",
        MODULE,
    )
    yield lambda name, *told: page.evaluate(f"(told) => deciding.{name}(...told)", list(told))
    page.close()


def ms(at):
    return int(at.timestamp() * 1000)


def test_every_case_is_answered_as_the_table_does(decide):
    cases = product(State, [False, True], [False, True], [False, True], [-2 * HOUR, -HOUR, 0 * HOUR, HOUR, 2 * HOUR])
    told = []
    for state, has_ended, is_off, came, later in cases:
        known = Known(1, DAY, state, has_ended=has_ended, is_called_off=is_off, came=came)
        roster = {"is_off": is_off, "opens": ms(DOOR.opens_at), "closes": ms(DOOR.closes_at)}
        party = {"s": "ended" if has_ended else STATES[state]}
        alone = decide("outcomeOf", roster, party, {"here": int(came), "beside": None, "now": ms(NOON + later)})
        told.append((alone, outcome_of(known, DOOR, at=NOON + later).value))
    assert len(told) == 4 * 8 * 5
    assert [one for one in told if one[0] != one[1]] == []


def test_whom_no_roster_knows_is_unknown_or_at_the_wrong_door(decide):
    asked = {"here": 0, "now": 0}
    told = [decide("outcomeOf", {}, None, {**asked, "beside": beside}) for beside in (None, "14:00")]
    assert told == ["unknown", "another_session"]


@pytest.mark.parametrize("typed", ["abc-123", " o1Li u8 ", "ＡＢＣ１２３", "王小雨", "' OR 1=1 --", ""])
def test_what_is_typed_is_mended_alike(decide, typed):
    assert decide("tidy", typed) == tidy_code(typed)


@pytest.mark.parametrize(
    ("read", "tail", "kept"),
    [
        ("https://nanjing.test/t/0123456789ABCDEF/", "ABCDEF", "0123456789ABCDEF"),
        ("0123 4567 89ab cdef", "ABCDEF", "0123456789ABCDEF"),
        ("abc-def", "ABCDEF", "ABCDEF"),
        ("11 0108 0012 34", "", "110108001234"),
        ("https://qr.alipay.com/fkx01", "", ""),
        ("wxp://f2f0abcdef", "", ""),
        ("https://nanjing.test/t/ABCDEF/", "", ""),
        ("", "", ""),
    ],
)
def test_the_end_of_a_ticket_is_read_and_a_payment_code_is_not_kept(decide, read, tail, kept):
    assert (decide("tailIn", read), decide("worthKeeping", read)) == (tail, kept)


def test_another_citys_ticket_is_told_apart_by_its_address(decide):
    hosts = ["nanjing.test", "jinling.test"]
    told = [
        decide("isForeign", f"https://{host}/t/0123456789ABCDEF/", hosts)
        for host in ("nanjing.test", "Jinling.test:8000", "b.test")
    ]
    assert told == [False, False, True]


def test_both_hash_alike(decide):
    assert decide("hashOf", "ABCDEF", "5a17") == tail_hash("ABCDEF", "5a17")
