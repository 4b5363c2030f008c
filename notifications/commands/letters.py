"""Staff write to many: written, looked at, said yes to, or withdrawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.command import command
from kit.refusals import Refusal, refuse_if
from networks.steps.journal import note
from notifications.choices import LetterState
from notifications.models import Letter
from notifications.queries.letters import people_of
from notifications.steps.letters import send_off
from people.models import Person


@dataclass(frozen=True)
class LetterWish:
    audience: str
    subject: str
    group: str
    about: str
    title: str
    body: str
    by_sms: bool


@command
def write_letter(*, wish: LetterWish, by: Person) -> Letter:
    """It goes to nobody yet."""
    letter: Letter = Letter.objects.create(**vars(wish), written_by=by.pk)
    note("notifications.letter_written", subject=letter, actor=by)
    return letter


@command
def send_letter(*, letter: Letter, people: int, by: Person, at: datetime) -> None:
    """`people`: as many as the page asked about. If there are more or fewer by now, it asks again."""
    row = Letter.objects.select_for_update(of=("self",)).select_related("network").get(pk=letter.pk)
    now = people_of(row).count()
    refuse_if(_against_sending(row, shown=people, now=now))
    row.sent_at, row.people = at, now
    row.save(update_fields=["sent_at", "people"])
    send_off(row)
    note("notifications.letter_sent", subject=row, actor=by, values={"people": now})


@command
def withdraw_letter(*, letter: Letter, by: Person, at: datetime) -> None:
    row = Letter.objects.select_for_update().get(pk=letter.pk)
    refuse_if(_against_touching(row))
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    note("notifications.letter_withdrawn", subject=row, actor=by)


def _against_touching(row: Letter) -> Iterator[Refusal]:
    if row.state is LetterState.WITHDRAWN:
        yield Refusal("withdrawn", _("This letter was withdrawn in the meantime."), _("Write it anew."))
    elif row.state is not LetterState.WAITING:
        yield Refusal("sent", _("This letter is on its way already; nobody gets it twice."))


def _against_sending(row: Letter, *, shown: int, now: int) -> Iterator[Refusal]:
    yield from _against_touching(row)
    if not now:
        yield Refusal("nobody", _("There is nobody to send it to."), _("Withdraw it, or wait until somebody is there."))
    elif shown != now:
        words = ngettext("By now it would go to %d person.", "By now it would go to %d people.", now)
        yield Refusal("others", words % now, _("Please look once more and say yes again."))
