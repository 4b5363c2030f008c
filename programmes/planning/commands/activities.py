"""Activities are described, copied, dropped and taken up again. Sessions keep their times whatever is changed here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile

from kit import clock, ids, kept_pages
from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Activity, ActivityBook, ActivityPicture, Programme, Session, UnitLine
from programmes.planning.queries.programmes import coming_sessions
from programmes.planning.registers import activity_copiers
from programmes.planning.rules import activities as rules
from programmes.planning.rules.programmes import against_change, against_closed_season, against_dropping
from programmes.planning.steps.programmes import lock_activity, lock_programme
from programmes.planning.steps.sessions_many import ask_capacity_keepers
from programmes.planning.steps.telling import tell_of_activities

# What a copy takes over: all that describes it, nothing that happened to it.
COPIED = (
    "summary",
    "text",
    "statistic_class",
    "audiences",
    "from_months",
    "to_months",
    "counts",
    "adult_needed",
    "children_per_adult",
    "capacity",
    "minutes",
    "setup_minutes",
    "clearup_minutes",
    "slot_minutes",
    "room_capacity",
    "equipment",
    "mode",
    "stream_url",
    "department",
    "in_charge",
    "phone",
    "local_fields",
    "budget_source",
    "budget",
)
FIELDS = ("title", *COPIED)


@command
def add_activity(*, programme: Programme, values: Mapping[str, Any], by: Person) -> Activity:
    """`values`: fields of Activity; department and who is in charge are the programme's unless they are named."""
    home = lock_programme(programme)
    wanted = {"department": home.department, "in_charge": home.in_charge, "phone": home.phone, **values}
    refuse_if(against_closed_season(home.season.closed_at))
    row = Activity(programme=home, **wanted)
    _check(row, home)
    row.save(force_insert=True)
    note("planning.activity_added", subject=row, actor=by, values={"title": ["", row.title]})
    return row


@command
def change_activity(*, activity: Activity, values: Mapping[str, Any], by: Person) -> Activity:
    """Fields that are not in `values` stay as they are."""
    row = lock_activity(activity)
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return row
    before = {name: [getattr(row, name), value] for name, value in changed.items()}
    refuse_if(against_change(row.dropped_at))
    for name, value in changed.items():
        setattr(row, name, value)
    _check(row, row.programme)
    row.save(update_fields=list(changed))
    if "capacity" in changed:
        _keep_capacity(row)
    if "title" in changed:
        tell_of_activities([row.pk])
    note("planning.activity_changed", subject=row, actor=by, values=before)
    kept_pages.forget()
    return row


def _keep_capacity(row: Activity) -> None:
    """Of its sessions without a number of their own."""
    keys = Session.objects.filter(activity=row, capacity=None).order_by("pk").values_list("pk", flat=True)
    ask_capacity_keepers(list(keys), at=clock.now())


@command
def copy_activity(*, activity: Activity, programme: Programme, title: str, by: Person) -> Activity:
    """With units, books and pictures of its own, without sessions."""
    home = lock_programme(programme)
    refuse_if(against_closed_season(home.season.closed_at))
    source: Activity = Activity.objects.get(pk=activity.pk)
    values = {name: getattr(source, name) for name in COPIED}
    row = Activity(programme=home, title=title.strip(), copied_from=source, **values)
    _check(row, home)
    row.save(force_insert=True)
    _copy_lines(source, row)
    for copier in activity_copiers:
        copier({source.pk: row})
    note("planning.activity_copied", subject=row, actor=by, values={"title": ["", row.title], "from": source.pk})
    return row


@command
def drop_activity(*, activity: Activity, by: Person, at: datetime) -> None:
    row = lock_activity(activity)
    refuse_if(against_dropping(row.dropped_at, coming=coming_sessions(at, activity=row)))
    row.dropped_at = at
    row.save(update_fields=["dropped_at"])
    note("planning.activity_dropped", subject=row, actor=by)
    kept_pages.forget()


@command
def take_up_activity(*, activity: Activity, by: Person) -> None:
    row = lock_activity(activity)
    if row.dropped_at is None:
        return
    refuse_if(against_change(row.programme.dropped_at))
    row.dropped_at = None
    row.save(update_fields=["dropped_at"])
    note("planning.activity_taken_up", subject=row, actor=by)
    kept_pages.forget()


def _check(row: Activity, home: Programme) -> None:
    titles = Activity.objects.filter(programme=home).exclude(pk=row.pk).values_list("title", flat=True)
    refuse_if(
        [
            *against_change(home.dropped_at),
            *rules.against_title(row.title, titles=set(titles)),
            *rules.against_activity({name: getattr(row, name) for name in FIELDS}),
        ]
    )


def _copy_lines(source: Activity, row: Activity) -> None:
    units = UnitLine.objects.filter(activity=source).order_by("place", "pk")
    UnitLine.objects.bulk_create(
        [UnitLine(activity=row, unit_id=line.unit_id, role=line.role, place=line.place) for line in units]
    )
    books = ActivityBook.objects.filter(activity=source).order_by("place", "pk")
    ActivityBook.objects.bulk_create(
        [ActivityBook(activity=row, book_id=line.book_id, place=line.place) for line in books]
    )
    for picture in ActivityPicture.objects.filter(activity=source, removed_at=None).order_by("place", "pk"):
        # A file of its own: either picture may be removed.
        made = ActivityPicture(
            activity=row, description=picture.description, credit=picture.credit, place=picture.place
        )
        with picture.image.open("rb") as file:
            made.image.save(f"{ids.random_code(12).lower()}.webp", ContentFile(file.read()), save=False)
        made.save(force_insert=True)
