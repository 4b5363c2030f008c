"""How the tree of areas may look."""

from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from networks.choices import AreaKind
from networks.models import Area

# Higher ones hold lower ones; a district and a functional zone stand side by side.
_FLOOR = {
    AreaKind.CITY: 0,
    AreaKind.DISTRICT: 1,
    AreaKind.ZONE: 1,
    AreaKind.STREET: 2,
    AreaKind.COMMUNITY: 3,
    AreaKind.VENUE: 4,
}
LARGEST_TILE = 11


def kinds_below(kind: str) -> list[AreaKind]:
    """What may be added there by hand; venues bring their own."""
    return [one for one, floor in _FLOOR.items() if floor > _FLOOR[AreaKind(kind)] and one != AreaKind.VENUE]


def may_hold(parent_kind: str, kind: str) -> bool:
    return _FLOOR[AreaKind(parent_kind)] < _FLOOR[AreaKind(kind)]


def against_adding(*, kind: str, parent: Area) -> Iterator[Refusal]:
    if kind == AreaKind.VENUE:
        yield Refusal("a_venue", _("Venues are added on their own page."), field="kind")
    elif not may_hold(parent.kind, kind):
        yield _wrong_kind(kind, parent, field="kind")
    if parent.closed_at is not None:
        yield Refusal("closed", _("%s is closed.") % parent.name, _("Open it again first."))


def against_name(name: str, *, taken: Collection[str]) -> Iterator[Refusal]:
    """`taken`: what the others under the same area are called."""
    if name in taken:
        yield Refusal("name_taken", _("There is another %s in the same place.") % name, field="name")


def against_moving(area: Area, *, to: Area) -> Iterator[Refusal]:
    if area.kind == AreaKind.VENUE:
        yield Refusal("a_venue", _("A venue is moved on its own page."), field="parent")
    elif area.parent_id is None:
        yield Refusal("the_city", _("Everything lies in the city; it cannot be moved."), field="parent")
    elif to.path.startswith(area.path):
        yield Refusal("below_itself", _("An area cannot lie inside itself."), field="parent")
    elif not may_hold(to.kind, area.kind):
        yield _wrong_kind(area.kind, to, field="parent")
    if to.closed_at is not None and area.closed_at is None:
        yield Refusal("closed", _("%s is closed.") % to.name, _("Open it again first."), field="parent")


def against_tile(column: int | None, row: int | None) -> Iterator[Refusal]:
    if (column is None) != (row is None):
        yield Refusal("half_a_tile", _("A tile has a column and a row."), field="tile_column")
    elif column is not None and row is not None and not (0 <= column <= LARGEST_TILE and 0 <= row <= LARGEST_TILE):
        yield Refusal("off_the_map", _("The map has 12 columns and 12 rows."), field="tile_column")


def against_map(places: Iterable[tuple[int | None, int | None]]) -> Iterator[Refusal]:
    found = list(places)
    for column, row in found:
        yield from against_tile(column, row)
    taken = [place for place in found if None not in place]
    if twice := {place for place in taken if taken.count(place) > 1}:
        words = "、".join(f"{(column or 0) + 1}-{(row or 0) + 1}" for column, row in sorted(twice, key=str))
        yield Refusal("one_tile_each", _("Two tiles stand on one place: %s.") % words)


def against_closing(area: Area, *, open_below: int) -> Iterator[Refusal]:
    if area.kind == AreaKind.VENUE:
        yield Refusal("a_venue", _("A venue is closed on its own page."))
    if area.parent_id is None:
        yield Refusal("the_city", _("The city itself stays open."))
    if area.closed_at is not None:
        yield Refusal("closed", _("It is closed already."))
    if open_below:
        yield Refusal(
            "areas_below",
            _("%(count)s open areas lie below it.") % {"count": open_below},
            _("Close or move them first."),
        )


def against_reopening(area: Area, *, parent: Area | None) -> Iterator[Refusal]:
    if area.closed_at is None:
        yield Refusal("open", _("It is open already."))
    if area.kind == AreaKind.VENUE:
        yield Refusal("a_venue", _("A venue is opened on its own page."))
    if parent is not None and parent.closed_at is not None:
        yield Refusal("closed", _("%s is closed.") % parent.name, _("Open it again first."))


def _wrong_kind(kind: str, parent: Area, *, field: str) -> Refusal:
    words = {"kind": AreaKind(kind).label, "parent": AreaKind(parent.kind).label}
    return Refusal("wrong_floor", _("A %(kind)s cannot lie in a %(parent)s.") % words, field=field)
