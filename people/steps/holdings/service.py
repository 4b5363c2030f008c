"""What the service itself keeps: journal, facts, long work, lists that were taken out. Their tables are networks'."""

from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from networks import registers
from networks.choices import FactState
from networks.models import Export, Fact, Job, JournalLine
from networks.models.scoping import current_network_id
from people.registers.holdings import Holding, Owner, Retention, Section, holdings
from people.steps.holdings.words import ADMINISTRATORS, DUTY, SERVICE

_SETTLED = (FactState.DONE, FactState.EXPIRED, FactState.DROPPED)


def _export_journal(owner: Owner) -> list[Section]:
    """Lines name rows and never say what was in them; how many there are is what concerns the person."""
    count = JournalLine.objects.filter(actor_id__in=[person.pk for person in owner.persons]).count()
    return [Section("journal", _("What you did, as noted in the journal"), (_("Lines"),), ((count,),) if count else ())]


def _old_lines(before: datetime) -> "QuerySet[JournalLine]":
    rows: QuerySet[JournalLine] = JournalLine.objects.filter(at__lt=before)
    return rows.order_by("at", "pk")


def _purge_lines(before: datetime, most: int, _at: datetime) -> int:
    """By the owner's function: the web role cannot delete a line, and the function none of the last three years."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT siji_drop_journal(%s, %s, %s)", [current_network_id(), before, most])
        row = cursor.fetchone()
    return int(row[0])


def _old_facts(before: datetime) -> "QuerySet[Fact]":
    rows: QuerySet[Fact] = Fact.objects.filter(state__in=_SETTLED, settled_at__lt=before)
    return rows.order_by("settled_at", "pk")


def _purge_facts(before: datetime, most: int, _at: datetime) -> int:
    found = list(_old_facts(before).values_list("pk", flat=True)[:most])
    Fact.objects.filter(pk__in=found).delete()
    return len(found)


def _export_jobs(owner: Owner) -> list[Section]:
    rows = Job.objects.filter(asked_by__in=[person.pk for person in owner.persons]).order_by("-asked_at", "-pk")
    kinds = registers.job_kinds
    cells = tuple(
        (str(kinds[row.kind].title) if row.kind in kinds else row.kind, row.asked_at, row.get_state_display())
        for row in rows
    )
    return [Section("long_work", _("Long work you asked for"), (_("What"), _("Asked for"), _("State")), cells)]


def _drop_jobs(rows: "QuerySet[Job]") -> int:
    found = list(rows)
    for job in found:
        if job.result_file:
            job.result_file.delete(save=False)
    Job.objects.filter(pk__in=[job.pk for job in found]).delete()
    return len(found)


def _erase_jobs(owner: Owner, _at: datetime) -> int:
    persons = [person.pk for person in owner.persons]
    return _drop_jobs(Job.objects.filter(asked_by__in=persons, finished_at__isnull=False))


def _old_jobs(before: datetime) -> "QuerySet[Job]":
    rows: QuerySet[Job] = Job.objects.filter(finished_at__lt=before)
    return rows.order_by("finished_at", "pk")


def _export_exports(owner: Owner) -> list[Section]:
    rows = Export.objects.filter(made_by__in=[person.pk for person in owner.persons]).order_by("-made_at", "-pk")
    heads = (_("What for"), _("When"), _("Rows"), _("Until"))
    cells = tuple((row.purpose, row.made_at, row.rows, row.expires_at) for row in rows)
    return [Section("exports", _("Lists you took out"), heads, cells)]


def _erase_exports(owner: Owner, at: datetime) -> int:
    """The files go at once; that a list was taken out, and what for, stays."""
    gone = 0
    for export in Export.objects.filter(made_by__in=[person.pk for person in owner.persons], removed_at=None):
        if export.file:
            export.file.delete(save=False)
        export.file, export.query, export.removed_at = "", "", at
        export.save(update_fields=["file", "query", "removed_at"])
        gone += 1
    return gone


def _old_exports(before: datetime) -> "QuerySet[Export]":
    rows: QuerySet[Export] = Export.objects.filter(expires_at__lt=before, removed_at__isnull=False)
    return rows.order_by("made_at", "pk")


def _purge_exports(before: datetime, most: int, _at: datetime) -> int:
    found = list(_old_exports(before).values_list("pk", flat=True)[:most])
    Export.objects.filter(pk__in=found).delete()
    return len(found)


JOURNAL = holdings.add(
    Holding(
        key="networks.journal",
        title=_("Journal"),
        what=_("Who did what to which record, and when. Never what a personal field held."),
        why=_("To answer who saw or changed a record, and to find misuse."),
        basis=DUTY,
        who_sees=_("Administrators of the library system; you see who opened your children's records."),
        models=("networks.JournalLine",),
        rows=JournalLine.objects.all,
        export=_export_journal,
        stays=_("Lines stay until their time is up, with a number in place of a name: they must show who did what."),
        retention=Retention(
            days=1095,
            shortest=1095,
            longest=3650,
            since=_("the line"),
            since_field="at",
            due=_old_lines,
            purge=_purge_lines,
        ),
        place=10,
        shown=90,
    )
)
FACTS = holdings.add(
    Holding(
        key="networks.facts",
        title=_("Facts on their way"),
        what=_("What happened and whom to tell, by numbers; phone numbers in it are sealed."),
        why=_("So that no message is lost and none is sent twice."),
        basis=SERVICE,
        who_sees=ADMINISTRATORS,
        models=("networks.Fact",),
        rows=Fact.objects.all,
        stays=_("They go by themselves within two weeks."),
        retention=Retention(
            days=14,
            shortest=7,
            longest=14,
            since=_("the handing over"),
            since_field="posted_at",
            due=_old_facts,
            purge=_purge_facts,
        ),
        place=11,
        shown=92,
    )
)
JOBS = holdings.add(
    Holding(
        key="networks.jobs",
        title=_("Long work"),
        what=_("What long work somebody asked for, how it ended, and its file."),
        why=_("So that whoever asked can follow it and fetch the result."),
        basis=SERVICE,
        who_sees=_("Whoever asked for it, and administrators."),
        models=("networks.Job",),
        rows=Job.objects.all,
        export=_export_jobs,
        erase=_erase_jobs,
        retention=Retention(
            days=30,
            shortest=7,
            longest=30,
            since=_("the end of the work"),
            since_field="asked_at",
            due=_old_jobs,
            purge=lambda before, most, _at: _drop_jobs(_old_jobs(before)[:most]),
        ),
        place=12,
        shown=93,
    )
)
EXPORTS = holdings.add(
    Holding(
        key="networks.exports",
        title=_("Lists taken out"),
        what=_("Who took out which list, what for, and how often it was fetched; the file until it expires."),
        why=_("A list with names is taken out only for a stated purpose."),
        basis=DUTY,
        who_sees=_("Whoever took it out, and administrators."),
        models=("networks.Export",),
        rows=Export.objects.all,
        export=_export_exports,
        erase=_erase_exports,
        stays=_("That a list was taken out, and what for, stays until its time is up."),
        retention=Retention(
            days=1095,
            shortest=1095,
            longest=3650,
            since=_("the end of the file"),
            since_field="made_at",
            due=_old_exports,
            purge=_purge_exports,
        ),
        place=13,
        shown=94,
    )
)
