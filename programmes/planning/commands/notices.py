"""Safety notices: a version that a session named is never changed, the next one takes its place."""

from datetime import datetime

from django.db.models import Max

from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import SafetyNotice, Session
from programmes.planning.rules.notices import against_notice, against_old_version
from programmes.planning.steps.books import hold_directory


@command
def write_notice(*, title: str, text: str, by: Person, at: datetime) -> SafetyNotice:
    hold_directory()
    refuse_if(against_notice(title, text, titles=_titles()))
    return _make(title.strip(), text, version=1, by=by, at=at)


@command
def change_notice(*, notice: SafetyNotice, text: str, by: Person, at: datetime) -> SafetyNotice:
    """The same row while no session names it, else its next version; the version before is closed."""
    hold_directory()
    row: SafetyNotice = SafetyNotice.objects.select_for_update().get(pk=notice.pk)
    newest = SafetyNotice.objects.filter(title=row.title).aggregate(newest=Max("version"))["newest"]
    refuse_if([*against_old_version(row.version, newest=newest), *against_notice(row.title, text, titles=())])
    if row.text == text:
        return row
    if not Session.objects.filter(safety_notice=row).exists():
        row.text = text
        row.save(update_fields=["text"])
        note("planning.notice_changed", subject=row, actor=by, changed=["text"])
        return row
    SafetyNotice.objects.filter(title=row.title, closed_at=None).update(closed_at=at)
    return _make(row.title, text, version=row.version + 1, by=by, at=at)


@command
def close_notice(*, notice: SafetyNotice, by: Person, at: datetime) -> None:
    """No session is planned with it any more."""
    if SafetyNotice.objects.filter(pk=notice.pk, closed_at=None).update(closed_at=at):
        note("planning.notice_closed", subject=notice, actor=by)


@command
def use_notice_again(*, notice: SafetyNotice, by: Person) -> None:
    if SafetyNotice.objects.filter(pk=notice.pk).exclude(closed_at=None).update(closed_at=None):
        note("planning.notice_used_again", subject=notice, actor=by)


def _make(title: str, text: str, *, version: int, by: Person, at: datetime) -> SafetyNotice:
    row: SafetyNotice = SafetyNotice.objects.create(title=title, version=version, text=text, made_at=at)
    note("planning.notice_written", subject=row, actor=by, values={"title": ["", title], "version": [None, version]})
    return row


def _titles() -> set[str]:
    return set(SafetyNotice.objects.values_list("title", flat=True))
