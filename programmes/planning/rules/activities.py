"""What can be said of an activity. The database holds the same, without words."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.planning.choices import Counts, Mode
from programmes.planning.rules.ages import against_ages
from venues.choices import Equipment

SHORTEST, LONGEST = 5, 1440
LONGEST_AROUND = 480
LARGEST_CROWD = 100_000


def against_title(title: str, *, titles: Collection[str]) -> Iterator[Refusal]:
    """`titles`: of the programme's others."""
    if not title.strip():
        yield Refusal("no_title", _("An activity needs a title."), field="title")
    elif title.strip() in titles:
        yield Refusal(
            "title_taken",
            _("This programme has an activity called %(title)s already.") % {"title": title},
            _("Say what is different about this one."),
            field="title",
        )


def against_activity(values: Mapping[str, Any]) -> Iterator[Refusal]:
    """`values`: all fields, as they would stand."""
    yield from against_ages(values["from_months"], values["to_months"])
    yield from _against_times(values)
    yield from _against_company(values)
    yield from _against_needs(values)
    if values["stream_url"] and values["mode"] == Mode.ON_SITE:
        yield Refusal(
            "stream_without_stream",
            _("There is the address of a stream, but the activity is on site only."),
            _("Choose live or both, or take the address out."),
            field="mode",
        )


def _against_times(values: Mapping[str, Any]) -> Iterator[Refusal]:
    minutes, slot = values["minutes"], values["slot_minutes"]
    if not SHORTEST <= minutes <= LONGEST:
        yield Refusal("no_such_length", _("An activity lasts from 5 minutes to a whole day."), field="minutes")
    if slot is not None and slot < SHORTEST:
        yield Refusal("slot_too_short", _("A slot lasts at least 5 minutes."), field="slot_minutes")
    if slot is not None and slot > minutes:
        yield Refusal(
            "slot_longer_than_activity",
            _("A slot of %(slot)s minutes does not fit into an activity of %(minutes)s.")
            % {"slot": slot, "minutes": minutes},
            _("Make the slot shorter, or the activity longer."),
            field="slot_minutes",
        )
    for name in ("setup_minutes", "clearup_minutes"):
        if values[name] > LONGEST_AROUND:
            yield Refusal("too_long_around", _("Setting up or clearing up takes at most eight hours."), field=name)


def _against_company(values: Mapping[str, Any]) -> Iterator[Refusal]:
    if values["children_per_adult"] is not None and not values["adult_needed"]:
        yield Refusal(
            "ratio_without_adult",
            _("It says how many children an adult minds, but not that an adult comes along."),
            _("Tick that children come with an adult, or empty the number."),
            field="children_per_adult",
        )
    if values["children_per_adult"] == 0:
        yield Refusal("ratio_of_nobody", _("An adult minds at least one child."), field="children_per_adult")
    if values["capacity"] == 0:
        yield Refusal("no_places", _("An activity has at least one place."), field="capacity")


def _against_needs(values: Mapping[str, Any]) -> Iterator[Refusal]:
    if set(values["equipment"]) - set(Equipment.values):
        yield Refusal("unknown_equipment", _("This equipment is not in the list."), field="equipment")
    room, least = values["room_capacity"], least_room(values)
    if room is not None and least is not None and room < least and values["mode"] != Mode.LIVE:
        yield Refusal(
            "room_too_small",
            _("%(least)s people come, but the room need only hold %(room)s.") % {"least": least, "room": room},
            _("Correct the places or the room."),
            field="room_capacity",
        )


def least_room(values: Mapping[str, Any]) -> int | None:
    """People a room holds when all come: the places, and an adult for so many children where adults are not counted."""
    capacity: int | None = values["capacity"]
    ratio: int | None = values["children_per_adult"]
    if capacity is None or values["counts"] == Counts.EVERYONE or not values["adult_needed"]:
        return capacity
    return capacity + -(-capacity // (ratio or 1)) if ratio else capacity
