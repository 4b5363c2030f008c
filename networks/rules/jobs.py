from collections.abc import Iterator

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from networks.choices import JobState
from networks.models import Job


def against_cancelling(job: Job) -> Iterator[Refusal]:
    if job.state not in {JobState.WAITING, JobState.RUNNING}:
        yield Refusal("ended", _("This work has already ended."))


def against_repeating(job: Job) -> Iterator[Refusal]:
    if job.state not in {JobState.FAILED, JobState.CANCELLED}:
        yield Refusal("not_stopped", _("Only work that was stopped can be done again."))
