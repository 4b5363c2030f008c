"""What becomes of each row of a table of venues. Nothing is asked of the database here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from venues.rules.rooms_text import RoomLine
from venues.rules.venues import against_capacity

# An empty cell in these leaves what is there; elsewhere it empties the field.
KEPT_IF_EMPTY = frozenset({"number", "kind", "street", "hours", "rooms", "on_holidays", "is_public", "capacity"})
ACCESS = frozenset({"step_free", "accessible_toilet", "nursing_room", "sign_language", "large_print", "parking"})


@dataclass(frozen=True)
class Standing:
    """A venue as it is now. `may_change`: whoever sends the table opens venues where it lies."""

    key: int
    values: Mapping[str, Any]
    rooms: Mapping[str, RoomLine]
    is_closed: bool
    may_change: bool


@dataclass
class Register:
    """All venues of the network, and what the rows above have taken already."""

    by_number: dict[str, Standing] = field(default_factory=dict)
    by_name: dict[str, Standing] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    matched: dict[int, int] = field(default_factory=dict)

    def add(self, venue: Standing) -> None:
        if venue.values["number"]:
            self.by_number[venue.values["number"]] = venue
        if not venue.is_closed:
            self.by_name[venue.values["name"]] = venue

    def match(self, values: Mapping[str, Any]) -> Standing | None:
        return self.by_number.get(values.get("number") or "") or self.by_name.get(values["name"])


def against_row(values: Mapping[str, Any], number: int, register: Register) -> Iterator[Refusal]:
    """`number`: of the row, as Excel shows it. Districts and streets are looked at elsewhere."""
    standing = register.match(values)
    yield from _against_same(values, number, standing, register)
    if standing is None:
        yield from _against_rooms(values.get("capacity"), {room.name: room for room in values.get("rooms") or ()})
        return
    if not standing.may_change:
        yield Refusal("not_yours", _("This venue lies outside the area that you open venues in."))
    if standing.is_closed:
        yield Refusal("closed_for_good", _("The venue with this number is closed for good."), _("Open it again first."))
    yield from _against_name(values, standing, register)
    rooms = {**standing.rooms, **{room.name: room for room in values.get("rooms") or ()}}
    yield from _against_rooms(values.get("capacity") or standing.values["capacity"], rooms)


def _against_same(
    values: Mapping[str, Any], number: int, standing: Standing | None, register: Register
) -> Iterator[Refusal]:
    code = values.get("number") or ""
    if code and register.numbers.setdefault(code, number) != number:
        yield Refusal("number_twice", _("Row %(row)s has the same number.") % {"row": register.numbers[code]})
    elif standing is not None and register.matched.setdefault(standing.key, number) != number:
        yield Refusal("venue_twice", _("Row %(row)s means the same venue.") % {"row": register.matched[standing.key]})


def _against_name(values: Mapping[str, Any], standing: Standing, register: Register) -> Iterator[Refusal]:
    holder = register.by_name.get(values["name"])
    if holder is not None and holder.key != standing.key:
        yield Refusal("name_taken", _("There is a venue called %(name)s already.") % {"name": values["name"]})
    code = values.get("number") or ""
    if code and standing.values["number"] not in {"", code}:
        yield Refusal(
            "other_number",
            _("The venue of this name has the number %(number)s.") % {"number": standing.values["number"]},
            _("Correct the number, or change it on the venue's page."),
        )


def _against_rooms(capacity: int | None, rooms: Mapping[str, RoomLine]) -> Iterator[Refusal]:
    yield from against_capacity(capacity, rooms=[(room.name, room.capacity) for room in rooms.values()])


def changes_of(values: Mapping[str, Any], standing: Standing) -> dict[str, Any]:
    """New values by column, of a row whose venue is there."""
    wanted = {name: filled(name, value) for name, value in values.items() if name != "rooms"}
    found = {name: value for name, value in wanted.items() if value is not None and standing.values.get(name) != value}
    if rooms := [room for room in values.get("rooms") or () if standing.rooms.get(room.name) != room]:
        found["rooms"] = rooms
    return found


def filled(name: str, value: Any) -> Any:
    """What a cell means for a venue; None leaves what is there."""
    if value not in (None, ""):
        return value
    if name in KEPT_IF_EMPTY:
        return None
    return False if name in ACCESS else ""
