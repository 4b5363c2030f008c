"""Units as they are printed: by their part, in its fixed order, and within it in the planner's."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kit.refusals import Refusal, Text
from programmes.planning.choices import UnitRole


@dataclass(frozen=True)
class PrintedLine:
    """One line of a poster: 主办 and the names that follow it."""

    role: UnitRole
    label: Text
    names: tuple[str, ...]


def printed(lines: Iterable[tuple[str, str]]) -> list[PrintedLine]:
    """`lines`: part and name, in the planner's order. A part without a unit is left out."""
    found: dict[str, list[str]] = {role.value: [] for role in UnitRole}
    for role, name in lines:
        found[role].append(name)
    return [PrintedLine(role, role.label, tuple(found[role])) for role in UnitRole if found[role]]


def against_unit(name: str, *, names: Collection[str]) -> Iterator[Refusal]:
    if not name.strip():
        yield Refusal("no_name", _("A unit needs a name."), field="name")
    elif name.strip() in names:
        yield Refusal("name_taken", _("%(name)s is in the directory already.") % {"name": name}, field="name")


def against_line(name: str, *, closed_at: datetime | None, is_there: bool) -> Iterator[Refusal]:
    if closed_at is not None:
        yield Refusal(
            "unit_closed",
            _("%(name)s is no longer used.") % {"name": name},
            _("Use it again in the directory first."),
            field="name",
        )
    if is_there:
        yield Refusal("line_there", _("%(name)s has this part already.") % {"name": name}, field="name")
