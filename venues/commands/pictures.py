"""Pictures of a venue: added, described, put in order, removed and brought back."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kit import ids, kept_pages
from kit.command import command
from kit.refusals import Refusal, Refused, refuse_if
from networks.steps.journal import note
from people.models import Person
from venues.models import Venue, VenuePicture
from venues.rules.venues import against_change
from venues.steps.venues import lock_venue

MOST_PICTURES = 12


@command
def add_picture(*, venue: Venue, content: bytes, description: str, credit: str, by: Person) -> VenuePicture:
    """`content`: as `kit.pictures.cleaned` gives it."""
    row = lock_venue(venue)
    refuse_if(against_change(row.closed_at))
    there = VenuePicture.objects.filter(venue=row, removed_at=None)
    if there.count() >= MOST_PICTURES:
        raise Refused(
            Refusal(
                "enough_pictures",
                _("A venue has at most %(most)s pictures.") % {"most": MOST_PICTURES},
                _("Remove one first."),
            )
        )
    last = there.aggregate(last=Max("place"))["last"]
    picture = VenuePicture(venue=row, description=description, credit=credit, place=0 if last is None else last + 1)
    picture.image.save(f"{ids.random_code(12).lower()}.webp", ContentFile(content), save=False)
    picture.save(force_insert=True)
    note("venues.picture_added", subject=row, actor=by, values={"picture": [None, picture.pk]})
    kept_pages.forget()
    return picture


@command
def describe_picture(*, picture: VenuePicture, description: str, credit: str, by: Person) -> None:
    row: VenuePicture = VenuePicture.objects.select_for_update().get(pk=picture.pk)
    row.description, row.credit = description, credit
    row.save(update_fields=["description", "credit"])
    note("venues.picture_described", subject=row, actor=by, changed=["description", "credit"])
    kept_pages.forget()


@command
def move_picture_forward(*, picture: VenuePicture, by: Person) -> None:
    """One place nearer to the front, where the picture of lists and cards stands."""
    venue = lock_venue(picture.venue)
    rows = list(VenuePicture.objects.filter(venue=venue, removed_at=None).order_by("place", "pk"))
    at = next((number for number, row in enumerate(rows) if row.pk == picture.pk), 0)
    if at == 0:
        return
    rows[at - 1], rows[at] = rows[at], rows[at - 1]
    for place, row in enumerate(rows):
        row.place = place
    VenuePicture.objects.bulk_update(rows, ["place"])
    note("venues.picture_moved", subject=venue, actor=by, values={"picture": [picture.pk]})
    kept_pages.forget()


@command
def remove_picture(*, picture: VenuePicture, by: Person, at: datetime) -> None:
    """No page shows it any more; the file goes a week later."""
    if VenuePicture.objects.filter(pk=picture.pk, removed_at=None).update(removed_at=at):
        note("venues.picture_removed", subject=picture.venue, actor=by, values={"picture": [picture.pk, None]})
        kept_pages.forget()


@command
def bring_picture_back(*, picture: VenuePicture, by: Person) -> None:
    if VenuePicture.objects.filter(pk=picture.pk).exclude(removed_at=None).update(removed_at=None):
        note("venues.picture_brought_back", subject=picture.venue, actor=by, values={"picture": [None, picture.pk]})
        kept_pages.forget()


@command
def purge_pictures(*, before: datetime) -> int:
    """Rows and files of what was removed before then."""
    rows = list(VenuePicture.objects.select_for_update().filter(removed_at__lt=before))
    files = [(row.image.storage, row.image.name) for row in rows]
    VenuePicture.objects.filter(pk__in=[row.pk for row in rows]).delete()
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in files])
    return len(rows)
