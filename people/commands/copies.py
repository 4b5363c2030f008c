"""A copy of one's data: asked for, made by a job, fetched behind a fresh proof, removed after a week."""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from kit.command import command
from kit.refusals import Refusal, Refused
from networks.choices import JobState
from networks.models import Job
from networks.steps.jobs import ask_for
from networks.steps.journal import note
from networks.steps.outbox import post
from people.messages import DATA_COPY_READY
from people.models import DataCopy, Person

COPY_JOB = "people.data_copy"
LIFE = timedelta(days=7)
A_DAY = 3


@command
def ask_for_copy(person: Person, *, at: datetime) -> DataCopy:
    """The one under way, if there is one; three a day are enough for anybody."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    mine = DataCopy.objects.filter(person=person)
    under_way = mine.filter(made_at=None, job__in=_jobs_under_way()).first()
    if under_way is not None:
        found: DataCopy = under_way
        return found
    if mine.filter(asked_at__gt=at - timedelta(days=1)).count() >= A_DAY:
        raise Refused(
            Refusal(
                "enough_copies",
                _("You have asked for three copies today."),
                _("The newest is below; or ask again tomorrow."),
            )
        )
    copy: DataCopy = DataCopy.objects.create(person=person, asked_at=at, expires_at=at + LIFE)
    copy.job = ask_for(COPY_JOB, args={"copy": copy.pk}, by=person.pk).code
    copy.save(update_fields=["job"])
    note("people.data_copy_asked", subject=copy, actor=person)
    return copy


def _jobs_under_way() -> list[str]:
    rows = Job.objects.filter(kind=COPY_JOB, state__in=[JobState.WAITING, JobState.RUNNING])
    return list(rows.values_list("code", flat=True))


@command
def keep_copy(copy: DataCopy, *, content: bytes, at: datetime) -> None:
    """A second run of the job after a crash replaces what the first one wrote."""
    row = DataCopy.objects.select_for_update().get(pk=copy.pk)
    if row.file:
        row.file.delete(save=False)
    row.file.save(f"{row.code}.zip", ContentFile(content), save=False)
    row.made_at = at
    row.save(update_fields=["file", "made_at"])
    note("people.data_copy_made", subject=row, actor=row.person_id)
    post(DATA_COPY_READY, payload={"copy": row.pk}, dedupe_key=f"{row.pk}")


@command
def count_taken(copy: DataCopy, *, by: Person) -> None:
    row = DataCopy.objects.select_for_update().get(pk=copy.pk)
    row.taken += 1
    row.save(update_fields=["taken"])
    note("people.data_copy_taken", subject=row, actor=by)
