"""The page of facts is what the rooms registered."""

from networks import registers
from notifications.registers import kinds
from tests.docs.reading import ROOT, bare, table_rows

ROWS = table_rows((ROOT / "docs/reference/facts.md").read_text(encoding="utf-8"))


def rows_of(length: int) -> list[list[str]]:
    return [[bare(cell) for cell in row] for row in ROWS if len(row) == length]


def test_every_listener_is_listed_with_its_sort() -> None:
    registered = {
        (one.kind, one.name, "outside" if one.is_outside else "inside") for one in registers.listeners.values()
    }
    assert {(kind, name, sort) for kind, name, sort, _what in rows_of(4)} == registered


def test_every_message_is_listed_with_its_channels() -> None:
    assert {kind: channels.split(", ") for kind, channels in rows_of(2)} == {
        key: [str(channel) for channel in kind.channels] for key, kind in kinds.items()
    }


def test_all_periodic_work_is_listed_with_its_time() -> None:
    assert {name: when for name, when, _what in rows_of(3)} == {
        work.name: f"daily at {work.at:%H:%M}" if work.at else f"every {work.seconds:g} s"
        for work in registers.periodic.values()
    }
