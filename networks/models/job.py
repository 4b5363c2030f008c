from typing import ClassVar

from django.core.files.storage import Storage, storages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit import clock, ids
from networks.choices import JobState
from networks.models.scoping import TenantModel


def new_job_code() -> str:
    return ids.random_code(12)


def private_storage() -> Storage:
    """Files that only a door hands out."""
    return storages["private"]


class Job(TenantModel):
    """Long work in a process of its own. `asked_by` is a person's id; the row outlives the person."""

    code = models.CharField(max_length=12, unique=True, default=new_job_code, editable=False)
    kind = models.CharField(_("work"), max_length=60)
    args = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    asked_by = models.BigIntegerField(_("asked for by"), null=True)
    asked_at = models.DateTimeField(_("asked for"), default=clock.now, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    note = models.CharField(_("now"), max_length=120, blank=True)
    result = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    result_file = models.FileField(upload_to="jobs/%Y/%m/", storage=private_storage, blank=True, max_length=200)
    error = models.CharField(_("what stopped it"), max_length=200, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    lease = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    leased_by = models.CharField(max_length=80, blank=True, editable=False)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.CheckConstraint(
                condition=Q(lease=None, lease_until=None, leased_by="")
                | Q(lease__isnull=False, lease_until__isnull=False) & ~Q(leased_by=""),
                name="a_job_lease_has_a_holder_and_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease__isnull=False) | ~Q(state=JobState.RUNNING) & Q(lease=None),
                name="a_running_job_is_in_somebodys_hands",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[JobState.WAITING, JobState.RUNNING], finished_at=None)
                | Q(state__in=[JobState.DONE, JobState.FAILED, JobState.CANCELLED], finished_at__isnull=False),
                name="an_ended_job_says_when",
            ),
            models.CheckConstraint(
                condition=Q(total=None) | Q(done__lte=F("total")), name="no_more_is_done_than_there_is"
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at", "id"], condition=Q(state=JobState.WAITING), name="jobs_to_claim"),
            models.Index(fields=["lease_until"], condition=Q(state=JobState.RUNNING), name="jobs_in_hand"),
            models.Index(fields=["network", "-asked_at", "-id"], name="jobs_newest_first"),
            models.Index(fields=["finished_at"], condition=Q(finished_at__isnull=False), name="jobs_to_purge"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
