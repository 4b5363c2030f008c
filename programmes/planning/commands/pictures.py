"""Pictures of an activity: added, described, put in order, removed and brought back."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kit import ids, kept_pages
from kit.command import command
from kit.refusals import Refusal, refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Activity, ActivityPicture
from programmes.planning.rules.programmes import against_change
from programmes.planning.steps.ordering import move_forward
from programmes.planning.steps.programmes import lock_activity

MOST_PICTURES = 12


@command
def add_picture(*, activity: Activity, content: bytes, description: str, credit: str, by: Person) -> ActivityPicture:
    """`content`: as `kit.pictures.cleaned` gives it."""
    row = lock_activity(activity)
    there = ActivityPicture.objects.filter(activity=row, removed_at=None)
    refuse_if([*against_change(row.dropped_at), *_against_more(there.count() + 1)])
    last = there.aggregate(last=Max("place"))["last"]
    picture = ActivityPicture(
        activity=row, description=description, credit=credit, place=0 if last is None else last + 1
    )
    picture.image.save(f"{ids.random_code(12).lower()}.webp", ContentFile(content), save=False)
    picture.save(force_insert=True)
    note("planning.picture_added", subject=row, actor=by, values={"picture": [None, picture.pk]})
    kept_pages.forget()
    return picture


@command
def describe_picture(*, picture: ActivityPicture, description: str, credit: str, by: Person) -> None:
    row: ActivityPicture = ActivityPicture.objects.select_for_update().get(pk=picture.pk)
    row.description, row.credit = description, credit
    row.save(update_fields=["description", "credit"])
    note("planning.picture_described", subject=row, actor=by, changed=["description", "credit"])
    kept_pages.forget()


@command
def move_picture_forward(*, picture: ActivityPicture, by: Person) -> None:
    """One place nearer to the front, where the picture of lists and posters stands."""
    row = lock_activity(picture.activity)
    lines = ActivityPicture.objects.filter(activity=row, removed_at=None).order_by("place", "pk")
    if move_forward(lines, picture.pk):
        note("planning.picture_moved", subject=row, actor=by, values={"picture": [picture.pk]})
        kept_pages.forget()


@command
def remove_picture(*, picture: ActivityPicture, by: Person, at: datetime) -> None:
    """No page shows it any more; the file goes a week later."""
    if ActivityPicture.objects.filter(pk=picture.pk, removed_at=None).update(removed_at=at):
        note("planning.picture_removed", subject=picture.activity, actor=by, values={"picture": [picture.pk, None]})
        kept_pages.forget()


@command
def bring_picture_back(*, picture: ActivityPicture, by: Person) -> None:
    row = lock_activity(picture.activity)
    refuse_if(_against_more(ActivityPicture.objects.filter(activity=row, removed_at=None).count() + 1))
    if ActivityPicture.objects.filter(pk=picture.pk).exclude(removed_at=None).update(removed_at=None):
        note("planning.picture_brought_back", subject=row, actor=by, values={"picture": [None, picture.pk]})
        kept_pages.forget()


@command
def purge_pictures(*, before: datetime) -> int:
    """Rows of what was removed before then, and files that no other season's activity shows."""
    rows = list(ActivityPicture.objects.select_for_update().filter(removed_at__lt=before))
    files = [(row.image.storage, row.image.name) for row in rows]
    ActivityPicture.objects.filter(pk__in=[row.pk for row in rows]).delete()
    shown = set(
        ActivityPicture.objects.filter(image__in=[name for _storage, name in files]).values_list("image", flat=True)
    )
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in files if name not in shown])
    return len(rows)


def _against_more(count: int) -> list[Refusal]:
    if count <= MOST_PICTURES:
        return []
    text = _("An activity has at most %(most)s pictures.") % {"most": MOST_PICTURES}
    return [Refusal("enough_pictures", text, _("Remove one first."))]
