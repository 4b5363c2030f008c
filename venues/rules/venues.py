"""What a venue may be called, where it may lie, and how large its rooms may be."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from networks.choices import AreaKind
from venues.choices import Equipment
from venues.rules.marks import MARKS

LARGEST_CROWD = 100_000


def against_name(name: str, *, open_names: Collection[str], names_below: Collection[str]) -> Iterator[Refusal]:
    """`names_below`: of all areas below the same parent, closed ones too."""
    if not name.strip():
        yield Refusal("no_name", _("A venue needs a name."), field="name")
    elif name in open_names:
        yield Refusal(
            "name_taken",
            _("There is a venue called %(name)s already.") % {"name": name},
            _("Add the street or the district to the name."),
            field="name",
        )
    elif name in names_below:
        yield Refusal(
            "name_taken_below",
            _("In this area the name %(name)s is taken, perhaps by a venue that is closed for good.") % {"name": name},
            _("Open that one again, or choose another name."),
            field="name",
        )


def against_number(number: str, *, numbers: Collection[str]) -> Iterator[Refusal]:
    if number and number in numbers:
        yield Refusal(
            "number_taken",
            _("The number %(number)s belongs to another venue.") % {"number": number},
            _("Numbers stay with a venue, also when it is closed for good."),
            field="number",
        )


def against_parent(kind: str, *, closed_at: datetime | None) -> Iterator[Refusal]:
    if kind == AreaKind.VENUE:
        yield Refusal("not_below_a_venue", _("A venue lies in a district, a street or a community."), field="parent")
    if closed_at is not None:
        yield Refusal(
            "area_closed", _("This area is closed."), _("Choose another one, or open it again first."), field="parent"
        )


def against_capacity(capacity: int | None, *, rooms: Collection[tuple[str, int]]) -> Iterator[Refusal]:
    """A room holds no more people than the house around it."""
    if capacity is None:
        return
    for name, most in rooms:
        if most > capacity:
            yield Refusal(
                "room_larger_than_venue",
                _("%(room)s holds %(most)s people, the whole venue only %(capacity)s.")
                % {"room": name, "most": most, "capacity": capacity},
                _("Correct one of the two numbers."),
                field="capacity",
            )


def against_room(name: str, capacity: int, *, names: Collection[str]) -> Iterator[Refusal]:
    if not name.strip():
        yield Refusal("no_room_name", _("A room needs a name."), field="name")
    if set(name) & set(MARKS):
        yield Refusal(
            "marks_in_name",
            _("A room's name cannot hold any of these: %(marks)s") % {"marks": MARKS.strip()},
            _("They part one room from the next in lists."),
            field="name",
        )
    if name in names:
        yield Refusal(
            "room_name_taken", _("This venue has a room called %(name)s already.") % {"name": name}, field="name"
        )
    if not 1 <= capacity <= LARGEST_CROWD:
        yield Refusal("room_for_nobody", _("A room holds at least one person."), field="capacity")


def against_equipment(equipment: Collection[str]) -> Iterator[Refusal]:
    if set(equipment) - set(Equipment.values):
        yield Refusal("unknown_equipment", _("This equipment is not in the list."), field="equipment")


def against_closing(closed_at: datetime | None, *, reason: str) -> Iterator[Refusal]:
    if closed_at is not None:
        yield Refusal("closed_already", _("This venue is closed for good already."))
    if not reason.strip():
        yield Refusal("no_reason", _("Say why it closes."), _("Readers who look for it see this line."), field="reason")


def against_change(closed_at: datetime | None) -> Iterator[Refusal]:
    if closed_at is not None:
        yield Refusal("closed_for_good", _("This venue is closed for good."), _("Open it again first."))


def against_opening_again(
    closed_at: datetime | None, *, name: str, open_names: Collection[str], parent_closed_at: datetime | None
) -> Iterator[Refusal]:
    if closed_at is None:
        yield Refusal("open_already", _("This venue is open already."))
    if name in open_names:
        yield Refusal(
            "name_taken",
            _("There is a venue called %(name)s already.") % {"name": name},
            _("Rename that one first."),
        )
    if parent_closed_at is not None:
        yield Refusal("area_closed", _("The area it lies in is closed."), _("Open the area again first."))
