"""A table of venues, judged row by row against what is there. Six statements, however long the table is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from kit.sheets import Fate, Preview, Row, Sheet, Verdict
from networks.models import Area
from venues.models import Venue
from venues.queries.table import KnownAreas, known_venues
from venues.rules.importing import Register, Standing, against_row, changes_of


@dataclass(frozen=True)
class Judged:
    """`targets`: by the row's number, the venue that it changes (or None) and the area that it is to lie in."""

    preview: Preview
    targets: dict[int, tuple[Venue | None, Area]]
    standing: dict[int, Standing]


def judge(sheet: Sheet, *, paths: Sequence[str]) -> Judged:
    """`paths`: where whoever sends the table may open venues."""
    areas = KnownAreas.read()
    known = known_venues(Venue.objects.select_related("area"), areas)
    register, venues = Register(), {one.venue.pk: one.venue for one in known}
    for one in known:
        may_change = one.venue.area.path.startswith(tuple(paths)) if paths else False
        register.add(
            Standing(one.venue.pk, one.values, one.rooms, one.venue.closed_at is not None, may_change=may_change)
        )
    targets: dict[int, tuple[Venue | None, Area]] = {}
    standing: dict[int, Standing] = {}
    names: dict[str, int] = {}
    below = _names_below()
    verdicts = []
    for row in sheet.rows:
        verdict, parent = _verdict(row, register, areas, names=names, below=below, paths=tuple(paths))
        verdicts.append(verdict)
        if parent is not None:
            match = register.match(row.values)
            targets[row.number] = (venues[match.key] if match else None, parent)
            if match:
                standing[row.number] = match
    return Judged(Preview(tuple(verdicts)), targets, standing)


def _names_below() -> dict[int, dict[str, int]]:
    """Names of areas by their parent; closed venues hold theirs, too."""
    found: dict[int, dict[str, int]] = {}
    for key, parent, name in Area.objects.exclude(parent=None).values_list("pk", "parent_id", "name"):
        found.setdefault(parent, {})[name] = key
    return found


def _verdict(
    row: Row,
    register: Register,
    areas: KnownAreas,
    *,
    names: dict[str, int],
    below: dict[int, dict[str, int]],
    paths: tuple[str, ...],
) -> tuple[Verdict, Area | None]:
    if row.faults:
        return Verdict(row, Fate.REFUSED, tuple(row.faults)), None
    name = row.values["name"]
    refusals = list(against_row(row.values, row.number, register))
    if names.setdefault(name, row.number) != row.number:
        refusals.append(Refusal("name_twice", _("Row %(row)s has the same name.") % {"row": names[name]}))
    match = register.match(row.values)
    parent = _parent(_place(row.values, match), areas, paths, refusals)
    if parent is not None:
        holder = below.get(parent.pk, {}).get(name)
        if holder is not None and not (match and match.values["name"] == name):
            refusals.append(
                Refusal("name_taken_below", _("In this area the name is taken, perhaps by a closed venue."))
            )
    if refusals or parent is None:
        return Verdict(row, Fate.REFUSED, tuple(str(refusal) for refusal in refusals)), None
    if match is None:
        return Verdict(row, Fate.MADE, changes=dict(row.values)), parent
    changes = changes_of(row.values, match)
    return Verdict(row, Fate.CHANGED if changes else Fate.UNCHANGED, changes=changes), parent


def _place(values: dict[str, Any], match: Standing | None) -> tuple[str, str]:
    """District and street. Without a street, a venue of that district stays in the one where it lies."""
    district, street = values["district"], values.get("street") or ""
    if not street and match is not None and match.values["district"] == district:
        street = match.values["street"]
    return district, street


def _parent(place: tuple[str, str], areas: KnownAreas, paths: tuple[str, ...], refusals: list[Refusal]) -> Area | None:
    district, street = areas.districts.get(place[0]), place[1]
    if district is None:
        known = "、".join(list(areas.districts)[:20])
        refusals.append(
            Refusal(
                "no_district",
                _("There is no district called %(name)s. Known are: %(known)s.") % {"name": place[0], "known": known},
            )
        )
        return None
    found = areas.below(district, street) if street else [district]
    if len(found) != 1:
        refusals.append(
            Refusal(
                "no_street",
                _("In %(district)s there is no street called %(name)s.") % {"district": district.name, "name": street},
            )
        )
        return None
    if found[0].closed_at is not None:
        refusals.append(Refusal("area_closed", _("The area %(name)s is closed.") % {"name": found[0].name}))
    if not found[0].path.startswith(paths):
        refusals.append(Refusal("not_yours", _("You do not open venues in %(name)s.") % {"name": found[0].name}))
    return found[0]
