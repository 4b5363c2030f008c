"""What goes after a while, in small bites, so that no claim waits behind a long delete. What was set aside stays."""

from datetime import datetime

from django.db import connection

from networks.engine.scopes import across_networks
from networks.models import Job, Pulse

BITE = 2_000


def facts(*, before: datetime) -> int:
    gone = 0
    while bite := _one_bite(before):
        gone += bite
    return gone


def _one_bite(before: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM networks_fact WHERE id IN (
                   SELECT id FROM networks_fact
                   WHERE state IN ('done', 'expired', 'dropped') AND settled_at < %s
                   ORDER BY settled_at LIMIT %s
               )""",
            [before, BITE],
        )
        return cursor.rowcount


def jobs(*, before: datetime) -> int:
    with across_networks():
        old = list(Job.objects.filter(finished_at__lt=before).order_by("pk"))
        for job in old:
            if job.result_file:
                job.result_file.delete(save=False)
        Job.objects.filter(pk__in=[job.pk for job in old]).delete()
    return len(old)


def pulses(*, before: datetime) -> int:
    return Pulse.objects.filter(seen_at__lt=before).delete()[0]
