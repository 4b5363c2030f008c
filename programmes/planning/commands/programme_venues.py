"""Where a programme is at home: its main venue and the others."""

from kit import kept_pages
from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Programme, ProgrammeVenue
from programmes.planning.rules.programmes import against_change, against_venue
from programmes.planning.steps.ordering import move_forward
from programmes.planning.steps.programmes import lock_programme
from venues.models import Venue


@command
def put_venue(*, programme: Programme, venue: Venue, by: Person) -> None:
    """The first one becomes the main venue."""
    row = lock_programme(programme)
    lines = ProgrammeVenue.objects.filter(programme=row)
    there = list(lines.values_list("venue_id", "place"))
    is_there = any(key == venue.pk for key, _place in there)
    refuse_if(
        [
            *against_change(row.dropped_at),
            *against_venue(venue.name, closed_at=venue.closed_at, is_there=is_there),
        ]
    )
    place = max((place for _key, place in there), default=-1) + 1
    ProgrammeVenue.objects.create(programme=row, venue=venue, is_main=not there, place=place)
    _noted(row, [None, venue.name], by)


@command
def take_venue_out(*, programme: Programme, venue: Venue, by: Person) -> None:
    """Where it was the main venue, the next one is it from now on."""
    row = lock_programme(programme)
    found, _kinds = ProgrammeVenue.objects.filter(programme=row, venue=venue).delete()
    if not found:
        return
    left = ProgrammeVenue.objects.filter(programme=row).order_by("-is_main", "place", "pk").first()
    if left is not None and not left.is_main:
        ProgrammeVenue.objects.filter(pk=left.pk).update(is_main=True)
    _noted(row, [venue.name, None], by)


@command
def make_main(*, programme: Programme, venue: Venue, by: Person) -> None:
    row = lock_programme(programme)
    lines = ProgrammeVenue.objects.filter(programme=row)
    if not lines.filter(venue=venue).exists():
        return
    lines.exclude(venue=venue).update(is_main=False)
    lines.filter(venue=venue).update(is_main=True)
    _noted(row, [None, venue.name], by)


@command
def move_venue_forward(*, programme: Programme, venue: Venue, by: Person) -> None:
    """Among the others; the main venue always stands first."""
    row = lock_programme(programme)
    lines = ProgrammeVenue.objects.filter(programme=row).order_by("-is_main", "place", "pk")
    rows = list(lines)
    line = next((one for one in rows[2:] if one.venue_id == venue.pk), None)
    if line is not None and move_forward(lines, line.pk):
        _noted(row, [venue.name], by)


def _noted(row: Programme, venues: list[str | None], by: Person) -> None:
    note("planning.programme_venues_changed", subject=row, actor=by, values={"venues": venues})
    kept_pages.forget()
