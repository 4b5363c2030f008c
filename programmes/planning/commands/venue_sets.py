"""Sets of venues that a planner chooses together again and again."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kit.command import command
from kit.refusals import Refusal, refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import VenueSet


@command
def keep_set(*, name: str, venues: Sequence[int], by: Person) -> VenueSet:
    """A set of that name is what it holds from now on."""
    refuse_if(_against(name, venues))
    row, _is_new = VenueSet.objects.select_for_update().get_or_create(name=name.strip())
    before, row.venues = len(row.venues), list(venues)
    row.save(update_fields=["venues"])
    note("planning.venue_set_kept", subject=row, actor=by, values={"venues": [before, len(row.venues)]})
    return row


@command
def rename_set(*, row: VenueSet, name: str, by: Person) -> None:
    refuse_if(_against(name, row.venues))
    if VenueSet.objects.filter(name=name.strip()).exclude(pk=row.pk).exists():
        refuse_if([Refusal("name_taken", _("There is a set of this name already."), field="name")])
    before, row.name = row.name, name.strip()
    row.save(update_fields=["name"])
    note("planning.venue_set_renamed", subject=row, actor=by, values={"name": [before, row.name]})


@command
def delete_set(*, row: VenueSet, by: Person) -> None:
    note("planning.venue_set_deleted", subject=row, actor=by, values={"name": [row.name, ""]})
    row.delete()


def _against(name: str, venues: Sequence[int]) -> list[Refusal]:
    found = []
    if not name.strip():
        found.append(Refusal("no_name", _("A set needs a name."), field="name"))
    if not venues:
        found.append(Refusal("no_venues", _("No space is chosen yet.")))
    return found
