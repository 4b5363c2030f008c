"""A member of staff opens a list of children: who comes to a session, who is in a circle."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kit.command import command
from networks.models import JournalLine
from people.messages import CHILD_READ
from people.models import Child, Person
from people.steps.readings import note_readings
from programmes.planning.models import Session
from programmes.planning.rules.wording import day_words
from programmes.signup.models import Circle

# Opened again and again at the door, it is one look.
ONE_LOOK = timedelta(hours=1)


@command
def open_list(*, session: Session, children: list[Child], by: Person, at: datetime) -> None:
    """A line for each child that this person has not just read for this session."""
    title = session.title or session.activity.title
    reason = _("Who comes to %(title)s, %(day)s") % {"title": title, "day": day_words(session.starts_at)}
    _note_once(children, reason=reason, by=by, at=at, where="roster")


@command
def open_circle(*, circle: Circle, children: list[Child], by: Person, at: datetime) -> None:
    """Who is in a circle."""
    _note_once(
        children, reason=_("Who is in the circle %(name)s") % {"name": circle.name}, by=by, at=at, where="circle"
    )


def _note_once(children: list[Child], *, reason: str, by: Person, at: datetime, where: str) -> None:
    lines = JournalLine.objects.filter(
        verb=CHILD_READ,
        actor_id=by.pk,
        subject_kind=Child._meta.label_lower,
        subject_id__in=[child.pk for child in children],
        at__gt=at - ONE_LOOK,
        reason=reason[:200],
    )
    read = set(lines.values_list("subject_id", flat=True))
    note_readings((child for child in children if child.pk not in read), by=by, reason=reason, where=where)
